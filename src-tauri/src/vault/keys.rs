//! Recovery keys on the screen, and changing the practice's key.

use std::time::Instant;

use baton_core::vault::{self, Passphrase, RecoveryChallenge, Unlocked, VaultError};
use tauri::{AppHandle, Manager, Runtime};

use super::{Door, Purpose, Shown, announcing, lock, lock_up, sit_down};
use crate::desk::{AtDesk, Desk};
use crate::error::{Answer, CommandError, ErrorCode};

impl Door {
    /// The key was typed back: a new practice opens, a renewed key counts, a change of the practice's key may begin.
    ///
    /// # Errors
    /// Those of writing `vault.json`.
    pub fn confirmed<R: Runtime>(&self, app: &AppHandle<R>) -> Answer<()> {
        let Some(shown) = lock(&self.shown).take() else { return Ok(()) };
        match shown.purpose {
            Purpose::Creation(_, unlocked) => sit_down(app, unlocked, shown.about, false),
            Purpose::Renewal(renewal) => {
                app.state::<Desk>().with_open(|open| Ok(renewal.commit(&open.unlocked).map(drop)?))?;
            }
            Purpose::Rotation(rotation, _) => {
                *lock(&self.shown) = Some(Shown { purpose: Purpose::Rotation(rotation, true), ..shown });
            }
        }
        Ok(())
    }

    /// A recovery key that was prepared while the practice is open is let go.
    pub fn forget_prepared(&self) {
        let mut shown = lock(&self.shown);
        if !matches!(&*shown, Some(Shown { purpose: Purpose::Creation(..), .. })) {
            *shown = None;
        }
    }

    /// Works with the open practice and its owner's passphrase, asked again, at most as often as the tries allow.
    ///
    /// # Errors
    /// Those of `work` and of the passphrase.
    pub fn confirming<T>(
        &self,
        desk: &Desk,
        passphrase: String,
        work: impl FnOnce(&Unlocked, &Passphrase) -> Result<T, VaultError>,
    ) -> Answer<T> {
        let passphrase = zeroize::Zeroizing::new(passphrase);
        desk.with_open(|open| {
            lock(&self.attempts).check(Instant::now())?;
            let done = Passphrase::new(&passphrase).and_then(|own| work(&open.unlocked, &own));
            lock(&self.attempts).learn(&done, Instant::now());
            Ok(done?)
        })
    }

    /// Makes a recovery key that takes the place of the one before once it was typed back.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn prepare_recovery(&self, desk: &Desk, passphrase: String) -> Answer<()> {
        self.prepare(desk, passphrase, |open, own| {
            vault::prepare_recovery(&self.machine, open, own).map(Purpose::Renewal)
        })
    }

    /// Makes a new key for the practice, whose recovery key is typed back first.
    ///
    /// # Errors
    /// Those of the vault.
    pub fn prepare_rotation(&self, desk: &Desk, passphrase: String) -> Answer<()> {
        self.prepare(desk, passphrase, |open, own| {
            vault::prepare_rotation(&self.machine, open, own)
                .map(|rotation| Purpose::Rotation(Box::new(rotation), false))
        })
    }

    fn prepare(
        &self,
        desk: &Desk,
        passphrase: String,
        make: impl FnOnce(&Unlocked, &Passphrase) -> Result<Purpose, VaultError>,
    ) -> Answer<()> {
        let shown = self.confirming(desk, passphrase, |open, own| {
            let (purpose, about, made_on) = (make(open, own)?, open.describe()?, open.practice().today());
            let mut shown =
                Shown { challenge: RecoveryChallenge { first: 1, second: 2 }, about, made_on, purpose };
            shown.challenge = shown.key().challenge()?;
            Ok(shown)
        })?;
        *lock(&self.shown) = Some(shown);
        Ok(())
    }

    /// Changes the practice's key. Nobody looks at the desk meanwhile: what is asked waits for the new practice.
    ///
    /// # Errors
    /// [`ErrorCode::Missing`] if its recovery key was not typed back; those of the vault. If the practice had to be
    /// locked, the page is told.
    pub fn rotate<R: Runtime>(&self, app: &AppHandle<R>) -> Answer<Vec<vault::Handed>> {
        let desk = app.state::<Desk>();
        desk.with_open(|_| Ok(()))?;
        let prepared = lock(&self.shown).take();
        let rotation = match prepared {
            Some(Shown { purpose: Purpose::Rotation(rotation, true), .. }) => rotation,
            other => {
                *lock(&self.shown) = other;
                return Err(CommandError::new(
                    ErrorCode::Missing,
                    "Print the new recovery key and type two of its parts back first.",
                ));
            }
        };
        let handed = desk.change(|at| {
            let AtDesk::Open(open) = at else { return Err(CommandError::locked()) };
            let rotated = vault::rotate(&self.machine, &open.unlocked, *rotation)?;
            let about = rotated.unlocked.describe()?;
            *at = AtDesk::Open(announcing(app, rotated.unlocked, about, false));
            Ok(rotated.handed)
        });
        // An earlier day that was looked at was one of the practice under its former key.
        desk.look_at_today();
        let locked = desk.with_open(|open| Ok(open.unlocked.describe()?)).is_err();
        if handed.is_err() && locked {
            // The failure that led here is what counts.
            let _ = lock_up(app);
        }
        handed
    }
}
