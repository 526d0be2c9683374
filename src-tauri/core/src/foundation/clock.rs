//! Time is passed in: the only place that asks the machine what time it is.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

/// Tells the time. Rules receive a date; operations receive a clock.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[allow(clippy::disallowed_methods, reason = "the one place that asks the machine")]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock that stands still, for tests and the sample practice.
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Arc::new(move || at))
    }

    /// A clock that stands still at noon UTC of `day`.
    pub fn on(day: NaiveDate) -> Self {
        Self::fixed(day.and_time(chrono::NaiveTime::MIN).and_utc() + chrono::Duration::hours(12))
    }

    /// A clock that stands where `ms` (UTC milliseconds since 1970) says, for stories that take a year.
    #[cfg(any(test, feature = "testing"))]
    pub fn told_by(ms: Arc<std::sync::atomic::AtomicI64>) -> Self {
        let at = move || {
            DateTime::from_timestamp_millis(ms.load(std::sync::atomic::Ordering::SeqCst)).unwrap_or_default()
        };
        Self(Arc::new(at))
    }

    /// UTC milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        (self.0)().timestamp_millis()
    }

    /// Today in the practice's time zone.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        (self.0)().with_timezone(&zone).date_naive()
    }

    /// The instant itself.
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}
