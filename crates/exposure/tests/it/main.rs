//! Matching rules, told as scenes: things we have, what others wrote, what follows.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

mod matching;
mod scene;
mod statements;
