//! From a passphrase to a key: Argon2id v1.3, as costly as this computer bears.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::error::VaultError;
use super::passphrase::Passphrase;

/// What one guess costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Cost {
    /// Memory in KiB.
    pub(super) m: u32,
    /// Passes.
    pub(super) t: u32,
    /// Lanes.
    pub(super) p: u32,
}

/// What unlocking should take on the computer where the passphrase is set.
const AT_LEAST: Duration = Duration::from_millis(500);
const AIM: Duration = Duration::from_millis(750);

impl Cost {
    /// Never less than this (OWASP's least for Argon2id).
    pub(super) const FLOOR: Self = Self { m: 19 * 1024, t: 2, p: 1 };
    /// Never more than this is read from a file: a crafted file must not eat the machine.
    const CEILING: Self = Self { m: 1024 * 1024, t: 20, p: 8 };
    /// Where measuring starts.
    const START: Self = Self { m: 64 * 1024, t: 3, p: 1 };

    /// Whether a file may ask for this.
    pub(super) fn is_sane(self) -> bool {
        let within = |value, floor, ceiling| (floor..=ceiling).contains(&value);
        within(self.m, Self::FLOOR.m, Self::CEILING.m)
            && within(self.t, Self::FLOOR.t, Self::CEILING.t)
            && within(self.p, Self::FLOOR.p, Self::CEILING.p)
    }

    /// Measures this computer: unlocking shall take 0.5 to 1 second here.
    pub(super) fn calibrate() -> Result<Self, VaultError> {
        let probe = Passphrase::new("calibration")?;
        let begun = Instant::now();
        derive(&probe, &[0; 16], Self::START)?;
        Ok(Self::for_speed(begun.elapsed()))
    }

    /// The cost for a computer that needs `start` for the starting cost: more passes first, then more memory.
    fn for_speed(start: Duration) -> Self {
        let start = start.max(Duration::from_millis(1));
        let per_pass = start / Self::START.t;
        let mut cost = Self::START;
        let mut passes = per_pass;
        while passes * cost.t < AT_LEAST && cost.t < Self::CEILING.t {
            cost.t = u32::try_from(AIM.as_nanos() / passes.as_nanos().max(1))
                .unwrap_or(u32::MAX)
                .clamp(Self::START.t, Self::CEILING.t);
            if passes * cost.t >= AT_LEAST || cost.m >= Self::CEILING.m {
                break;
            }
            cost.m *= 2;
            passes *= 2;
            cost.t = Self::START.t;
        }
        cost
    }
}

/// The key that wraps the master key. The memory it took is wiped before it is given back.
pub(super) fn derive(
    passphrase: &Passphrase,
    salt: &[u8; 16],
    cost: Cost,
) -> Result<Zeroizing<[u8; 32]>, VaultError> {
    if !cost.is_sane() {
        return Err(VaultError::VaultFileChanged);
    }
    let params = Params::new(cost.m, cost.t, cost.p, Some(32)).map_err(|_| VaultError::VaultFileChanged)?;
    let mut memory = Memory::with_blocks(params.block_count())?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(passphrase.bytes(), salt, key.as_mut_slice(), &mut memory.0[..])
        .map_err(|_| VaultError::NotEnoughMemory)?;
    Ok(key)
}

/// Argon2's working memory, wiped when dropped.
struct Memory(Vec<Block>);

impl Memory {
    fn with_blocks(count: usize) -> Result<Self, VaultError> {
        let mut blocks = Vec::new();
        blocks.try_reserve_exact(count).map_err(|_| VaultError::NotEnoughMemory)?;
        blocks.resize(count, Block::new());
        Ok(Self(blocks))
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Zeroize::zeroize);
    }
}

#[cfg(test)]
mod tests {
    use super::super::hex;
    use super::*;

    #[test]
    fn the_key_of_a_passphrase_is_frozen() {
        let passphrase = Passphrase::new("lantern orbit velvet canyon maple").expect("fits");
        let key = derive(&passphrase, &[3; 16], Cost::FLOOR).expect("derived");
        assert_eq!(hex::encode(key.as_slice()).as_str(), include_str!("vectors/passphrase_key.txt").trim());
    }

    #[test]
    fn costs_below_the_floor_and_above_the_ceiling_are_refused_at_once() {
        let begun = Instant::now();
        for cost in [
            Cost { m: 19 * 1024 - 1, ..Cost::FLOOR },
            Cost { t: 1, ..Cost::FLOOR },
            Cost { m: 1 << 31, ..Cost::FLOOR },
            Cost { t: 21, ..Cost::FLOOR },
            Cost { p: 9, ..Cost::FLOOR },
            Cost { p: 0, ..Cost::FLOOR },
        ] {
            let passphrase = Passphrase::new("x").expect("fits");
            assert!(
                matches!(derive(&passphrase, &[0; 16], cost), Err(VaultError::VaultFileChanged)),
                "{cost:?}"
            );
        }
        assert!(begun.elapsed() < Duration::from_millis(50));
    }

    #[test]
    fn a_faster_computer_gets_more_passes_and_then_more_memory_and_a_slow_one_is_spared() {
        let cases = [
            (2_000, Cost::START),
            (600, Cost::START),
            (177, Cost { t: 12, ..Cost::START }),
            (20, Cost { m: 256 * 1024, t: 20, p: 1 }),
        ];
        for (milliseconds, expected) in cases {
            let cost = Cost::for_speed(Duration::from_millis(milliseconds));
            assert!(cost.is_sane());
            assert_eq!(cost, expected, "{milliseconds} ms");
        }
        assert!(Cost::for_speed(Duration::ZERO).is_sane());
    }

    #[test]
    fn whatever_the_computer_unlocking_takes_half_a_second_to_one_or_is_at_a_bound() {
        for milliseconds in 1..=3000_u32 {
            let cost = Cost::for_speed(Duration::from_millis(milliseconds.into()));
            assert!(cost.is_sane() && cost.p == 1);
            assert!(
                cost.m >= Cost::START.m && cost.t >= Cost::START.t,
                "{milliseconds} ms: never less than this"
            );
            // Argon2's work is memory times passes.
            let work = |cost: Cost| u64::from(cost.m) * u64::from(cost.t);
            let takes = u64::from(milliseconds) * work(cost) / work(Cost::START);
            let slow = cost == Cost::START && milliseconds > 1000;
            let fast = cost.m >= Cost::CEILING.m || takes >= 500;
            assert!((takes <= 1000 || slow) && fast, "{milliseconds} ms: {cost:?} takes {takes} ms");
        }
    }

    #[test]
    fn this_computer_is_measured_into_that_second() {
        let cost = Cost::calibrate().expect("measured");
        let passphrase = Passphrase::new("calibration").expect("fits");
        let quickest = (0..3)
            .map(|_| {
                let begun = Instant::now();
                derive(&passphrase, &[1; 16], cost).expect("derived");
                begun.elapsed()
            })
            .min();
        // What else runs here can only make the measuring too pessimistic: the quickest of three is judged with room.
        let quickest = quickest.expect("three");
        assert!(quickest >= Duration::from_millis(200), "{cost:?} takes {quickest:?}");
        assert!(
            quickest <= Duration::from_millis(1500) || cost == Cost::START,
            "{cost:?} takes {quickest:?}"
        );
    }
}
