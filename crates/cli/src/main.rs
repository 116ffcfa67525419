//! The binary `isocenter`: parses arguments, opens the workspace, prints results. No decision
//! about a device is made here.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the command line is where the world begins: files, clock, environment, terminal"
)]
#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")
)]

mod arguments;
mod commands;
mod error;
mod exit;
mod output;
mod progress;

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::Arguments;
use crate::exit::ExitStatus;
use crate::output::Output;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output::new(&arguments.global);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let outcome = match runtime {
        Ok(runtime) => runtime.block_on(commands::run(arguments, &output)),
        Err(error) => Err(error::CliError::Runtime(error)),
    };
    let status = outcome.unwrap_or_else(|error| {
        Output::error(output.colors_errors(), &error, error.hint().as_deref());
        ExitStatus::CannotRun
    });
    status.into()
}
