//! Answers "requirement, version" with the crate `semver`, which Cargo uses.

use std::io::{self, BufRead, BufWriter, Write};

use semver::{Version, VersionReq};

fn main() -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (range, version) = line.split_once('\t').unwrap_or_default();
        let answer = match (VersionReq::parse(range), Version::parse(version)) {
            (Ok(range), Ok(version)) if range.matches(&version) => "y",
            (Ok(_), Ok(_)) => "n",
            _ => "!",
        };
        writeln!(output, "{answer}")?;
    }
    output.flush()
}
