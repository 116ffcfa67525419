//! Answers pairs of versions with the crate `semver`, which Cargo uses; build metadata, which it orders for
//! want of a better place, is left out as SemVer 2.0.0 (item 10) asks.

use std::io::{self, BufRead, BufWriter, Write};

use semver::Version;

fn main() -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (a, b) = line.split_once('\t').unwrap_or_default();
        let answer = match (Version::parse(a), Version::parse(b)) {
            (Ok(a), Ok(b)) => ["<", "=", ">"][(a.cmp_precedence(&b) as i8 + 1) as usize],
            _ => "!",
        };
        writeln!(output, "{answer}")?;
    }
    Ok(())
}
