//! Ends the process at a chosen write, so that a test can see what an import leaves behind.

/// Counts a write boundary and, in a build with the feature `failpoints`, ends the process at the one that the
/// environment variable `ISOCENTER_FAILPOINT` numbers. Any other build does nothing here.
#[cfg(feature = "failpoints")]
pub(crate) fn reach() {
    use std::sync::LazyLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    static REACHED: AtomicU64 = AtomicU64::new(0);
    static CHOSEN: LazyLock<Option<u64>> = LazyLock::new(|| {
        std::env::var("ISOCENTER_FAILPOINT")
            .ok()
            .and_then(|number| number.parse().ok())
    });
    let reached = REACHED.fetch_add(1, Ordering::Relaxed) + 1;
    if *CHOSEN == Some(reached) {
        std::process::abort();
    }
}

#[cfg(not(feature = "failpoints"))]
pub(crate) fn reach() {}
