//! The program as its users meet it: through the binary.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test that cannot unwrap has failed, and these tests are about files and processes"
)]

mod answers;
mod commands;
mod expected;
mod readme;
mod session;
mod worklist;
