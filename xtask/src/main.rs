//! Project commands, the same for a person and for a machine:
//!
//! | command | does |
//! |---|---|
//! | `cargo xtask tidy` | checks what the compiler cannot: floors, purity, catalogs, links, tidiness |
//! | `cargo xtask fixtures [--check]` | writes the sample hospital, or checks that it is what would be written |
//! | `cargo xtask formats [--write]` | checks or writes the tables of `docs/reference/formats.md` |
//! | `cargo xtask bench [--write]` | measures the figures of `docs/performance.md` |
//! | `cargo xtask differential [--pairs N] [--seed S] [ECOSYSTEM…]` | holds the order of versions against each ecosystem's own tool |
//! | `cargo xtask version-texts [--write \| FOLDER…]` | checks or writes the list of `docs/reference/version-texts.md`, or lists the texts of CSAF files |
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for developers: it reads the checkout, starts programs and prints"
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot go on fails")
)]

mod bench;
mod differential;
mod fixtures;
mod formats;
mod tidy;
mod version_texts;

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", [].as_slice()),
    };
    let outcome: Result<bool, Box<dyn Error>> = match command {
        "tidy" => tidy::run(root()),
        "bench" => bench::run(root(), rest),
        "differential" => differential::run(root(), rest),
        "fixtures" => fixtures::run(root(), rest),
        "formats" => formats::run(root(), rest),
        "version-texts" => version_texts::run(root(), rest),
        "help" | "--help" => {
            println!("cargo xtask tidy");
            println!("            fixtures [--check]");
            println!("            formats [--write]");
            println!("            bench [--write]");
            println!("            differential [--pairs N] [--seed S] [ECOSYSTEM...]");
            println!("            version-texts [--write | FOLDER...]");
            Ok(true)
        }
        other => Err(format!("no command `{other}`; see `cargo xtask help`").into()),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// The checkout that this program was built in.
fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest)
}
