#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the binary is the edge: arguments, environment, clock and streams come in here"
)]
fn main() {}
