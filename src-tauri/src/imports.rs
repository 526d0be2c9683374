//! The import that is being prepared: the file as it was read, and what was decided so far. Nothing of it is written
//! before the person says so, and locking lets it go.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use baton_core::Practice;
use baton_core::exchange::import::reading::{
    Limits, MappingProfile, Overrides, ReadError, Source, Understood, UnderstoodView, open_source, read_rows,
    understand,
};
use baton_core::exchange::import::{
    self, Choice, Decisions, ImportFile, ImportPlan, ImportSummary, PlanGroup, PlanPage, PlanView, Progress,
};
use serde::Serialize;

use crate::error::{Answer, CommandError, ErrorCode};

/// The import on the desk.
#[derive(Debug, Default)]
pub struct ImportDesk(Mutex<Option<Work>>);

/// A file on its way in.
struct Work {
    source: Source,
    overrides: Overrides,
    understood: Understood,
    recognised: Option<String>,
    decisions: Decisions,
    plan: Option<Arc<ImportPlan>>,
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work")
    }
}

/// What was understood of a file, and the saved mapping that was recognised by its header.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    /// What was understood.
    pub understood: UnderstoodView,
    /// The decisions so far.
    pub overrides: Overrides,
    /// The saved mapping that reads this file.
    pub recognised: Option<String>,
}

/// Hears how far the work is: done, of how many.
pub type Told<'a> = &'a mut dyn FnMut(u32, u32) -> ControlFlow<()>;

impl ImportDesk {
    /// Lets everything go.
    pub fn clear(&self) {
        *self.lock() = None;
    }

    /// Reads a file and says what was understood. A mapping saved for its header is used.
    pub fn open(&self, practice: &Practice, own_name: &str, path: &Path) -> Answer<ImportView> {
        let source = open_source(path, &Limits::default())?;
        let mut overrides = Overrides { own_names: vec![own_name.to_owned()], ..Overrides::default() };
        let mut understood = understand(&source, &overrides)?;
        let mut recognised = None;
        if let Some(saved) = import::find_profile(practice, &understood.view.fingerprint)? {
            // A mapping another version wrote in its own way is not followed; the guess stands.
            if let Ok(profile) = serde_json::from_str::<MappingProfile>(&saved.definition) {
                overrides = Overrides { own_names: overrides.own_names, ..profile.overrides() };
                understood = understand(&source, &overrides)?;
                recognised = Some(saved.name);
            }
        }
        let work =
            Work { source, overrides, understood, recognised, decisions: Decisions::none(), plan: None };
        let view = work.view();
        *self.lock() = Some(work);
        Ok(view)
    }

    /// The file on the desk, if any.
    pub fn view(&self) -> Option<ImportView> {
        self.lock().as_ref().map(Work::view)
    }

    /// Reads the same file with other decisions about how to read it.
    pub fn reread(&self, overrides: Overrides) -> Answer<ImportView> {
        self.with(|work| {
            let overrides = Overrides { own_names: work.overrides.own_names.clone(), ..overrides };
            work.understood = understand(&work.source, &overrides)?;
            work.overrides = overrides;
            work.plan = None;
            work.decisions = Decisions::none();
            Ok(work.view())
        })
    }

    /// Decides the fate of every row.
    pub fn plan(&self, practice: &Practice, told: Told<'_>) -> Answer<PlanView> {
        self.with(|work| work.make_plan(practice, told))
    }

    /// A page of the preview.
    pub fn page(&self, group: PlanGroup, after: Option<u32>, limit: u32) -> Answer<PlanPage> {
        Ok(self.planned()?.page(group, after, limit))
    }

    /// Takes a decision about a row and plans again.
    pub fn decide(
        &self,
        practice: &Practice,
        record: u32,
        choice: Choice,
        told: Told<'_>,
    ) -> Answer<PlanView> {
        self.with(|work| {
            let mut overrides = work.overrides.clone();
            if choice.apply_to(&mut overrides, record) {
                let understood = understand(&work.source, &overrides)?;
                let before = (
                    std::mem::replace(&mut work.understood, understood),
                    std::mem::replace(&mut work.overrides, overrides),
                );
                return work.make_plan(practice, told).inspect_err(|_| {
                    (work.understood, work.overrides) = before;
                });
            }
            work.decisions.decide(record, choice);
            let Some(plan) = &work.plan else { return Err(nothing()) };
            let again = import::plan(
                practice,
                &plan_file(work),
                plan.shared_read(),
                &work.decisions,
                &mut |at: Progress| told(at.done, at.total),
            )?;
            let view = again.view();
            work.plan = Some(Arc::new(again));
            Ok(view)
        })
    }

    /// Writes what the plan says, as one action.
    pub fn commit(&self, practice: &Practice, told: Told<'_>) -> Answer<ImportSummary> {
        let plan = self.planned()?;
        Ok(import::commit(practice, &plan, &mut |at: Progress| told(at.done, at.total))?.value)
    }

    /// The rows that stayed out, as a workbook.
    pub fn rejects(&self) -> Answer<Vec<u8>> {
        Ok(import::rejects_workbook(&*self.planned()?)?)
    }

    /// Saves how this file was read, to be recognised by its header next time.
    pub fn save_profile(&self, practice: &Practice, name: &str) -> Answer<()> {
        self.with(|work| {
            let profile = MappingProfile::of(&work.understood);
            let definition = serde_json::to_string(&profile)
                .map_err(|_| CommandError::new(ErrorCode::Failed, "The mapping could not be saved."))?;
            import::save_profile(practice, name, &profile.fingerprint, &definition)?;
            work.recognised = Some(name.trim().to_owned());
            Ok(())
        })
    }

    fn planned(&self) -> Answer<Arc<ImportPlan>> {
        self.with(|work| work.plan.clone().ok_or_else(nothing))
    }

    fn with<T>(&self, see: impl FnOnce(&mut Work) -> Answer<T>) -> Answer<T> {
        see(self.lock().as_mut().ok_or_else(nothing)?)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Work>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Work {
    fn make_plan(&mut self, practice: &Practice, told: Told<'_>) -> Answer<PlanView> {
        let total = self.understood.view.records;
        let read = read_rows(
            &self.source,
            &self.understood,
            &self.understood.mapping,
            practice.today(),
            &mut |done| told(done, total),
        )?;
        let file = plan_file(self);
        let plan = import::plan(practice, &file, Arc::new(read), &self.decisions, &mut |at: Progress| {
            told(at.done, at.total)
        })?;
        let view = plan.view();
        self.plan = Some(Arc::new(plan));
        Ok(view)
    }

    fn view(&self) -> ImportView {
        ImportView {
            understood: self.understood.view.clone(),
            overrides: self.overrides.clone(),
            recognised: self.recognised.clone(),
        }
    }
}

fn plan_file(work: &Work) -> ImportFile {
    ImportFile { name: work.source.file_name.clone(), sha256: work.source.sha256.to_vec() }
}

fn nothing() -> CommandError {
    CommandError::new(ErrorCode::Missing, "Choose the file again; it was let go when Baton was locked.")
}

impl From<ReadError> for CommandError {
    fn from(error: ReadError) -> Self {
        let code =
            if matches!(error, ReadError::Cancelled) { ErrorCode::Cancelled } else { ErrorCode::Unreadable };
        Self::new(code, error.to_string())
    }
}
