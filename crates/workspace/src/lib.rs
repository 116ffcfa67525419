//! The use cases: import, assess, list, back up
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the use cases read papers from the disk and own the clock"
)]
