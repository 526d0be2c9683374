//! Named moments between two steps that must not be half done. A test ends the process there; elsewhere they are nothing.

/// The work got to `point`.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn reach(point: &'static str) {
    crate::testing::points::told(point);
}

/// The work got to `_point`; nobody listens in what is delivered.
#[cfg(not(any(test, feature = "testing")))]
#[inline(always)]
pub(crate) fn reach(_point: &'static str) {}
