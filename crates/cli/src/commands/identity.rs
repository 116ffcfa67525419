//! `identity`: questions about versions and names, line by line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _, Write};
use std::path::{Path, PathBuf};

use isocenter_versions::native::{self, Syntax};
use isocenter_versions::{Containment, Scheme, compare};

use super::must_exist;
use crate::arguments::{Identity, Lines};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::{Output, OutputError};

/// The longest line that is read; a longer one is answered with `?`.
const MAX_LINE: u64 = 64 << 10;

pub(crate) fn run(identity: &Identity, output: &Output) -> Result<ExitStatus, CliError> {
    match identity {
        Identity::Compare(lines) => answer(lines, output, Scheme::from_ecosystem, order_of),
        Identity::Range(lines) => answer(lines, output, Syntax::from_ecosystem, lies_in),
    }
}

/// What is printed for one line, and why where nothing was decided.
type Answer = (&'static str, Option<String>);

/// `ecosystem<TAB>a<TAB>b`
fn order_of(scheme: Scheme, a: &str, b: &str) -> Answer {
    match compare(scheme, a, b) {
        Ok(order) if order.is_lt() => ("<", None),
        Ok(order) if order.is_gt() => (">", None),
        Ok(_) => ("=", None),
        Err(why) => ("?", Some(why.to_string())),
    }
}

/// `ecosystem<TAB>range<TAB>version`
fn lies_in(syntax: Syntax, range: &str, version: &str) -> Answer {
    match native::contains(syntax, range, version) {
        Containment::In => ("yes", None),
        Containment::Out => ("no", None),
        Containment::Undetermined(reason) => ("?", Some(reason.to_string())),
    }
}

/// Lines that are no question.
#[derive(Debug, Default)]
struct Malformed {
    count: u64,
    first: Option<(PathBuf, u64)>,
}

/// Answers every line of the input with one line of output, in order.
fn answer<E>(
    lines: &Lines,
    output: &Output,
    find: impl Fn(&str) -> Option<E>,
    ask: impl Fn(E, &str, &str) -> Answer,
) -> Result<ExitStatus, CliError> {
    let stdin = PathBuf::from("-");
    let files = if lines.files.is_empty() {
        std::slice::from_ref(&stdin)
    } else {
        &lines.files
    };
    let named: Vec<PathBuf> = files
        .iter()
        .filter(|file| **file != stdin)
        .cloned()
        .collect();
    must_exist(&named)?;
    let mut malformed = Malformed::default();
    let mut out = Output::stream();
    for file in files {
        let written = if *file == stdin {
            answer_lines(
                &mut io::stdin().lock(),
                &mut out,
                file,
                lines.explain,
                &find,
                &ask,
                &mut malformed,
            )
        } else {
            let input = File::open(file).map_err(|source| CliError::Unreadable {
                path: file.clone(),
                source,
            })?;
            answer_lines(
                &mut BufReader::new(input),
                &mut out,
                file,
                lines.explain,
                &find,
                &ask,
                &mut malformed,
            )
        };
        match written {
            Ok(()) => {}
            // Whoever read the answers has seen enough.
            Err(Stopped::Writing(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
                return Ok(ExitStatus::Clean);
            }
            Err(Stopped::Writing(error)) => return Err(OutputError::Standard(error).into()),
            Err(Stopped::Reading(source)) => {
                return Err(CliError::Unreadable {
                    path: file.clone(),
                    source,
                });
            }
        }
    }
    match out.flush() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(OutputError::Standard(error).into());
        }
        _ => {}
    }
    let Some((path, line)) = malformed.first else {
        return Ok(ExitStatus::Clean);
    };
    output.notice(&format!(
        "{} {} not three fields between tabs with a known ecosystem first, and {} answered with `?`; the first is {}:{line}",
        malformed.count,
        if malformed.count == 1 { "line is" } else { "lines are" },
        if malformed.count == 1 { "was" } else { "were" },
        path.display(),
    ));
    Ok(ExitStatus::Problems)
}

enum Stopped {
    Reading(io::Error),
    Writing(io::Error),
}

fn answer_lines<E>(
    input: &mut impl BufRead,
    out: &mut impl Write,
    path: &Path,
    explain: bool,
    find: &impl Fn(&str) -> Option<E>,
    ask: &impl Fn(E, &str, &str) -> Answer,
    malformed: &mut Malformed,
) -> Result<(), Stopped> {
    let mut line = Vec::new();
    let mut number = 0;
    loop {
        line.clear();
        let length = input
            .take(MAX_LINE)
            .read_until(b'\n', &mut line)
            .map_err(Stopped::Reading)?;
        if length == 0 {
            return Ok(());
        }
        number += 1;
        let whole = line.ends_with(b"\n") || (length as u64) < MAX_LINE;
        if !whole {
            input.skip_until(b'\n').map_err(Stopped::Reading)?;
        }
        let asked = question(&line, whole).and_then(|(ecosystem, first, second)| {
            let found = find(ecosystem);
            let found = found.ok_or_else(|| format!("the order of `{ecosystem}` is not known"))?;
            Ok(ask(found, first, second))
        });
        let (answer, reason) = match asked {
            Ok(answer) => answer,
            Err(why) => {
                malformed.count += 1;
                malformed
                    .first
                    .get_or_insert_with(|| (path.to_owned(), number));
                ("?", Some(why))
            }
        };
        match reason.filter(|_| explain) {
            Some(reason) => writeln!(
                out,
                "{answer}\t{}",
                isocenter_model::text::printable(&reason)
            ),
            None => writeln!(out, "{answer}"),
        }
        .map_err(Stopped::Writing)?;
    }
}

/// The three fields of a line, or why they are none.
fn question(line: &[u8], whole: bool) -> Result<(&str, &str, &str), String> {
    if !whole {
        return Err(format!("the line is longer than {} KiB", MAX_LINE >> 10));
    }
    let text = std::str::from_utf8(line).map_err(|_| "the line is not UTF-8".to_owned())?;
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let mut fields = text.split('\t');
    let (Some(ecosystem), Some(first), Some(second), None) =
        (fields.next(), fields.next(), fields.next(), fields.next())
    else {
        return Err(format!(
            "three fields between tabs were expected, {} found",
            text.split('\t').count()
        ));
    };
    Ok((ecosystem, first, second))
}
