//! How fast each reader is: megabytes of its papers in a second of processor time.
//!
//! ```console
//! $ ISOCENTER_REAL_DATA=DIR cargo bench -p isocenter-documents --bench readers
//! ```
//!
//! Papers that are made here (`made`) are read, and real ones when the variable names their folder
//! (`real`), all through the one door: recognised and read, CSAF with its tests. Processor time is that of
//! the thread, from Linux; wall time would say more about who else uses the machine. Words of the
//! command line choose formats whose name has them; `once` reads each paper one time, for a profiler.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "measures: real papers and the time that was used are read from files"
)]
#![allow(clippy::print_stdout, reason = "the table is the result")]

mod made;
mod real;

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;
use std::{env, fs};

use isocenter_documents::{ReadOptions, read};

/// Where Linux says how long this thread was on a processor, in nanoseconds, before all else.
const USED: &str = "/proc/thread-self/schedstat";

/// How often a set is measured, and how long at least each time.
const SAMPLES: usize = 7;
const LEAST: Duration = Duration::from_millis(150);

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let is_once = words.iter().any(|word| word == "once");
    let wanted: Vec<&String> = words.iter().filter(|word| *word != "once").collect();
    let real = real::papers()?;
    println!("{HEAD}");
    for format in made::FORMATS {
        if !wanted.is_empty() && !wanted.iter().any(|word| format.name.contains(*word)) {
            continue;
        }
        let made = (format.make)();
        let real = real.get(format.name).map_or(&[][..], Vec::as_slice);
        if is_once {
            let size = read_all(&made) + read_all(real);
            println!("| {} | {:.1} MB read once |", format.name, megabytes(size));
        } else {
            println!("{}", row(format, &made, real)?);
        }
    }
    Ok(())
}

const HEAD: &str = "\
| papers | bound | made: MB/CPU-s (least) | real: papers, MB | MB/CPU-s (least) | papers/CPU-s |
|---|---:|---:|---:|---:|---:|";

/// A format, and what is read of it.
pub(crate) struct Format {
    /// As the table names it.
    name: &'static str,
    /// What the project promises, in megabytes a second.
    bound: Option<u32>,
    /// Makes papers of it.
    make: fn() -> Vec<Vec<u8>>,
}

/// A row of the table.
fn row(format: &Format, made: &[Vec<u8>], real: &[Vec<u8>]) -> Result<String, Box<dyn Error>> {
    let bound = format
        .bound
        .map_or_else(String::new, |bound| bound.to_string());
    let made = measure(made)?;
    let rest = if real.is_empty() {
        "| | |".to_owned()
    } else {
        let speed = measure(real)?;
        let size: usize = real.iter().map(Vec::len).sum();
        format!(
            "{}, {:.1} | {:.0} ({:.0}) | {:.0}",
            real.len(),
            megabytes(size),
            speed.median,
            speed.least,
            speed.papers,
        )
    };
    Ok(format!(
        "| {} | {bound} | {:.0} ({:.0}) | {rest} |",
        format.name, made.median, made.least
    ))
}

/// How fast a set is read.
struct Speed {
    /// Megabytes in a second of processor time.
    median: f64,
    least: f64,
    /// Papers in a second of processor time, by the median.
    papers: f64,
}

fn measure(papers: &[Vec<u8>]) -> Result<Speed, Box<dyn Error>> {
    let size = megabytes(read_all(papers));
    let mut speeds = Vec::new();
    for _ in 0..SAMPLES {
        let begun = used()?;
        let mut passes = 0.0;
        let took = loop {
            read_all(papers);
            passes += 1.0;
            let took = used()?.saturating_sub(begun);
            if took >= LEAST {
                break took.as_secs_f64();
            }
        };
        speeds.push(passes * size / took);
    }
    speeds.sort_by(f64::total_cmp);
    let median = speeds.get(SAMPLES / 2).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "no folder holds 2^52 papers")]
    let count = papers.len() as f64;
    Ok(Speed {
        median,
        least: speeds.first().copied().unwrap_or_default(),
        papers: median * count / size,
    })
}

/// Reads every paper and answers how many bytes they have.
fn read_all(papers: &[Vec<u8>]) -> usize {
    let options = ReadOptions::default();
    for paper in papers {
        black_box(read(black_box(paper), &options));
    }
    papers.iter().map(Vec::len).sum()
}

fn megabytes(bytes: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no set has 2^52 bytes")]
    let bytes = bytes as f64;
    bytes / 1e6
}

/// The processor time of this thread, in user and system mode.
fn used() -> Result<Duration, Box<dyn Error>> {
    let text = fs::read_to_string(USED)
        .map_err(|error| format!("{USED}, which Linux has, cannot be read: {error}"))?;
    let first = text.split(' ').next().unwrap_or_default();
    Ok(Duration::from_nanos(first.parse()?))
}
