//! Everything in one log: a month in a practice, tampering with it, its reviews, and what left about patients.

mod disclosures;
mod doubt;
mod log;
mod reviews;
mod sign_ins;

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use baton_core::Practice;
use baton_core::audit::{
    self, AuditError, Basis, Correction, LogAction, LogQuery, LogResult, LogRow, NewDisclosure, Recipient,
    SignOff, check, correct, disclose, disclosures, due, reviews, sign_off,
};
use baton_core::exchange::export::{
    AccountingOrder, LogOrder, PatientIdentity, RegisterFormat, RegisterOrder, accounting, log_file, register,
};
use baton_core::foundation::id::{PatientId, ProfileId, ReferralId};
use baton_core::history;
use baton_core::insights::Period;
use baton_core::network;
use baton_core::referrals::care::Purpose;
use baton_core::referrals::referral;
use baton_core::retention::{Decision, ErasureRequest, LookedFor, erase};
use baton_core::store::{Event, Label, StoreError};
use baton_core::testing::{PASSPHRASE, day, machine, new_practice, practice};
use baton_core::vault::{
    Doubt, Machine, Moment, OnDoubt, Passphrase, ProfileForm, Role, Unlocked, VaultError, add_profile,
    back_up, change_passphrase, create, describe, unlock, unlock_first,
};

use crate::world::{self, Told, tell};

const NAME: &str = "ZZPHI Achterberg";

/// A computer with a practice on it; days pass by opening it on another.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().expect("a folder") };
        let created =
            create(&place.on("2026-10-05"), &place.practice(), &new_practice(), &phrase(PASSPHRASE));
        created.expect("created").unlocked.lock().expect("locked");
        place
    }

    fn practice(&self) -> PathBuf {
        self.folder.path().join("practice")
    }

    fn on(&self, today: &str) -> Machine {
        machine(self.folder.path(), today)
    }

    fn profile(&self) -> ProfileId {
        describe(&self.practice()).expect("described").profiles[0].id
    }

    fn try_open(&self, today: &str, passphrase: &str, on_doubt: OnDoubt) -> Result<Unlocked, VaultError> {
        unlock(&self.on(today), &self.practice(), self.profile(), &phrase(passphrase), on_doubt)
    }

    fn open(&self, today: &str) -> Unlocked {
        self.try_open(today, PASSPHRASE, OnDoubt::Refuse).expect("unlocked")
    }

    fn sign_ins(&self) -> PathBuf {
        self.practice().join("sign-ins.txt")
    }
}

fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text).expect("fits")
}

fn lines(practice: &Practice) -> Vec<LogRow> {
    audit::page(practice, &LogQuery { limit: 500, ..LogQuery::default() }).expect("a log").rows
}

fn of(practice: &Practice, action: LogAction) -> Vec<LogRow> {
    let query = LogQuery { action: Some(action), limit: 500, ..LogQuery::default() };
    audit::page(practice, &query).expect("a log").rows
}

fn a_referral(practice: &Practice) -> (ReferralId, PatientId) {
    tell(practice, |tx| {
        let patient = world::patient(tx, NAME, Some("4711"));
        Ok((
            world::referral(tx, &Told { received: "2026-10-06", patient: Some(patient), ..Told::default() }),
            patient,
        ))
    })
}

fn to(basis: Basis) -> Recipient {
    Recipient {
        name: "County health department".into(),
        address: String::new(),
        purpose: "Reporting".into(),
        basis,
    }
}

fn export_with_patients(practice: &Practice, target: &std::path::Path, basis: Basis) {
    let order = RegisterOrder {
        format: RegisterFormat::Csv,
        period: None,
        patients: PatientIdentity::Included {
            to: to(basis),
            authorised_for: (basis == Basis::Authorisation).then_some(Purpose::Marketing),
        },
    };
    register(practice, &order, target, &mut |_, _| ControlFlow::Continue(())).expect("exported");
}

fn october() -> SignOff {
    let period = Period::new(day("2026-10-01"), day("2026-10-31")).expect("a month");
    SignOff { period, findings: "Nothing out of the ordinary.".into() }
}
