//! Matching rules, told as scenes: things we have, what others wrote, what follows.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod configurations;
mod matching;
mod packages;
mod recalls;
mod scene;
mod statements;
