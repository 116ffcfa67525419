//! What is remembered: the only SQL of Isocenter
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "memory lives on the disk: this crate opens the database and its files"
)]
