//! One ecosystem's own tool: what its manifest says, and the program that answers.

use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader, BufWriter, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::{self, JoinHandle};

use isocenter_versions::Scheme;
use isocenter_versions::native::Syntax;
use serde::Deserialize;

use super::ranges::Ranges;
use super::texts::Texts;

/// What a file `oracles/NAME.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// The file's stem, by which the command line asks for it.
    #[serde(skip)]
    pub(crate) name: String,
    /// The ecosystem as OSV spells it: the order of ours that is held against the tool.
    pub(crate) ecosystem: String,
    /// What answers, in a person's words.
    pub(crate) tool: String,
    /// Which of our questions is held against it.
    #[serde(default)]
    pub(crate) ours: Ours,
    /// How to install what it needs.
    pub(crate) install: String,
    /// A shell command that prints the tool's version and fails where the tool is missing.
    version: String,
    /// A shell command that builds the program, if it needs one.
    build: Option<String>,
    /// A shell command that answers pairs.
    run: String,
    pub(crate) texts: Texts,
    /// What ranges to ask about, if the tool is asked about ranges instead of pairs.
    pub(crate) ranges: Option<Ranges>,
    #[serde(default)]
    pub(crate) known: Vec<Known>,
}

/// Which of our questions is held against the tool.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Ours {
    /// The order of two versions.
    #[default]
    Compare,
    /// On which side of a bound a version lies, as ranges see it.
    Between,
}

/// A difference that is understood: a fault of the tool or a policy of ours.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    /// A pattern (regular expression) that one of the two texts has.
    pub(crate) pattern: String,
    /// Why the answers differ, in one sentence.
    pub(crate) why: String,
    /// Where that can be read: the tool's source, a standard's clause.
    pub(crate) proof: String,
}

impl Manifest {
    /// Every manifest in a folder, by name.
    pub(crate) fn all(folder: &Path) -> Result<Vec<Self>, Box<dyn Error>> {
        let mut manifests = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "toml") {
                continue;
            }
            let mut manifest: Self = toml::from_str(&fs::read_to_string(&path)?)
                .map_err(|error| format!("{}: {error}", path.display()))?;
            manifest.name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            manifests.push(manifest);
        }
        manifests.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(manifests)
    }

    /// Our order for it.
    pub(crate) fn scheme(&self) -> Result<Scheme, Box<dyn Error>> {
        Scheme::from_ecosystem(&self.ecosystem)
            .ok_or_else(|| format!("{}: no order for {}", self.name, self.ecosystem).into())
    }

    /// Our range syntax for it.
    pub(crate) fn syntax(&self) -> Result<Syntax, Box<dyn Error>> {
        Syntax::from_ecosystem(&self.ecosystem)
            .ok_or_else(|| format!("{}: no ranges for {}", self.name, self.ecosystem).into())
    }
}

/// A tool that is there and built.
pub(crate) struct Oracle {
    pub(crate) version: String,
    command: Shell,
}

impl Oracle {
    /// Builds the tool's program; `None` where the tool is not installed.
    pub(crate) fn prepare(
        manifest: &Manifest,
        sources: &Path,
        build: &Path,
    ) -> Result<Option<Self>, Box<dyn Error>> {
        let shell = |script: &str| Shell::new(script, sources, build);
        let version = shell(&manifest.version)
            .command()
            .stderr(Stdio::null())
            .output()?;
        if !version.status.success() {
            return Ok(None);
        }
        if let Some(script) = &manifest.build {
            let output = shell(script).command().output()?;
            if !output.status.success() {
                let why = String::from_utf8_lossy(&output.stderr).into_owned();
                return Err(format!("{}: cannot build its oracle\n{why}", manifest.name).into());
            }
        }
        Ok(Some(Self {
            version: String::from_utf8_lossy(&version.stdout).trim().to_owned(),
            command: shell(&manifest.run),
        }))
    }

    /// Feeds pairs to the tool; the answers come as they are ready.
    pub(crate) fn ask(
        &self,
        pairs: impl Iterator<Item = (String, String)> + Send + 'static,
    ) -> Result<Answers, Box<dyn Error>> {
        let mut child = self
            .command
            .command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("the oracle has no pipes".into());
        };
        // It reads while it writes, so the questions need a thread of their own.
        let feeder = thread::spawn(move || {
            let mut input = BufWriter::new(input);
            for (a, b) in pairs {
                writeln!(input, "{a}\t{b}")?;
            }
            input.flush()
        });
        Ok(Answers {
            child,
            feeder,
            lines: BufReader::new(output).lines(),
        })
    }
}

/// The answers of a running tool, one for each pair.
pub(crate) struct Answers {
    child: Child,
    feeder: JoinHandle<std::io::Result<()>>,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Answers {
    /// The next answer: `<`, `=` or `>` for two versions, `y` or `n` for a range and a version, or `!`.
    pub(crate) fn next(&mut self) -> Result<char, Box<dyn Error>> {
        let line = self
            .lines
            .next()
            .ok_or("the oracle stopped before the last pair")??;
        match line.as_str() {
            "<" | "=" | ">" | "y" | "n" | "!" => Ok(line.chars().next().unwrap_or('!')),
            other => Err(format!("the oracle answered {other:?}").into()),
        }
    }

    /// Waits for the tool to end well.
    pub(crate) fn finish(mut self) -> Result<(), Box<dyn Error>> {
        self.feeder
            .join()
            .map_err(|_| "the feeder of the oracle failed")??;
        let status = self.child.wait()?;
        if status.success() {
            Ok(())
        } else {
            Err(format!("the oracle ended with {status}").into())
        }
    }
}

/// A shell command that knows where sources and built programs lie.
struct Shell {
    script: String,
    environment: [(&'static str, std::path::PathBuf); 3],
}

impl Shell {
    fn new(script: &str, sources: &Path, build: &Path) -> Self {
        let own = build.join("venv/bin/python");
        let python = if own.exists() { own } else { "python3".into() };
        Self {
            script: script.to_owned(),
            environment: [
                ("ORACLES", sources.to_owned()),
                ("BUILD", build.to_owned()),
                ("PYTHON", python),
            ],
        }
    }

    fn command(&self) -> Command {
        let mut command = Command::new("sh");
        command
            .arg("-ec")
            .arg(&self.script)
            .env("LC_ALL", "C.UTF-8")
            .envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}
