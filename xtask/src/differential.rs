//! Asks each ecosystem's own tool about the order of seeded random pairs of versions, and about what its
//! ranges hold, and holds our answers against it.
//!
//! An oracle is two files in `oracles/`: a small program that reads `a<TAB>b` lines and answers each with
//! `<`, `=`, `>`, or `!` where it does not take one of the two for a version – or `range<TAB>version` lines, with
//! `y`, `n` or `!` –; and a manifest that says how to
//! build and run it, what texts to try, and which differences are known, with their proof. The command
//! installs nothing: what is missing is named, with the way to install it.

mod oracle;
mod ranges;
mod tally;
mod texts;

use std::error::Error;
use std::fs;
use std::path::Path;

use oracle::{Manifest, Oracle};
use tally::Tally;

/// Pairs that are tried when nothing else is asked for.
const PAIRS: u64 = 1_000_000;

/// The seed when nothing else is asked for: the same pairs on every machine.
const SEED: u64 = 1;

/// Runs the oracles that `arguments` name, or all; whether no difference is left unexplained.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    let asked = Asked::read(arguments)?;
    let folder = root.join("xtask/src/differential/oracles");
    let build = root.join("target/differential");
    fs::create_dir_all(&build)?;

    let manifests = Manifest::all(&folder)?;
    let selected = select(&manifests, &asked.names)?;
    let mut table = vec![Tally::HEADER.to_owned()];
    let mut holds = true;
    let mut missing = Vec::new();
    for manifest in selected {
        let Some(oracle) = Oracle::prepare(manifest, &folder, &build)? else {
            missing.push(format!("{}: {}", manifest.name, manifest.install));
            continue;
        };
        eprintln!("{}: {} {}", manifest.name, manifest.tool, oracle.version);
        let tally = tally::hold(manifest, &oracle, asked.seed, asked.pairs)?;
        print!("{}", tally.differences(manifest));
        holds &= tally.unexplained() == 0;
        table.push(tally.row(manifest, &oracle.version));
    }
    println!("seed {}, {} pairs each\n", asked.seed, asked.pairs);
    println!("{}", table.join("\n"));
    if !missing.is_empty() {
        println!("\nNot run, because something is missing:");
        for line in &missing {
            println!("  {line}");
        }
        if !asked.names.is_empty() {
            return Err("an oracle that was asked for could not run".into());
        }
    }
    Ok(holds)
}

/// The manifests that the command line means: each by its own name, or all of an ecosystem as OSV spells it;
/// without a name, all.
fn select<'a>(
    manifests: &'a [Manifest],
    names: &[String],
) -> Result<Vec<&'a Manifest>, Box<dyn Error>> {
    if names.is_empty() {
        return Ok(manifests.iter().collect());
    }
    let mut selected: Vec<&Manifest> = Vec::new();
    for name in names {
        let before = selected.len();
        selected.extend(manifests.iter().filter(|manifest| manifest.name == *name));
        if selected.len() == before {
            selected.extend(
                manifests
                    .iter()
                    .filter(|manifest| manifest.ecosystem == *name),
            );
        }
        if selected.len() == before {
            let known: Vec<&str> = manifests.iter().map(|m| m.name.as_str()).collect();
            return Err(format!("no oracle `{name}`; there are: {}", known.join(", ")).into());
        }
    }
    Ok(selected)
}

/// What the command line asks for.
struct Asked {
    pairs: u64,
    seed: u64,
    names: Vec<String>,
}

impl Asked {
    fn read(arguments: &[String]) -> Result<Self, Box<dyn Error>> {
        let mut asked = Self {
            pairs: PAIRS,
            seed: SEED,
            names: Vec::new(),
        };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            let mut number = || -> Result<u64, Box<dyn Error>> {
                let text = rest
                    .next()
                    .ok_or_else(|| format!("{argument} takes a number"))?;
                Ok(text
                    .replace('_', "")
                    .parse()
                    .map_err(|_| format!("{argument} takes a number, not {text}"))?)
            };
            match argument.as_str() {
                "--pairs" => asked.pairs = number()?,
                "--seed" => asked.seed = number()?,
                flag if flag.starts_with('-') => {
                    return Err(format!(
                        "differential takes --pairs N, --seed S and ecosystems, not {flag}"
                    )
                    .into());
                }
                name => asked.names.push(name.to_owned()),
            }
        }
        Ok(asked)
    }
}
