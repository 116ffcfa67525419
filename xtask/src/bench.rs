//! Measures the figures of `docs/performance.md` on real data: the program as a person runs it, and each reader
//! by itself.
//!
//! Wall time is read here; processor time and peak memory come from GNU time, which asks the
//! system what the finished program used. Nothing is averaged away: of repeated runs the table
//! shows the median and the slowest.

use std::error::Error;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

/// Where the real data lie; they are never part of the project.
const DATA: &str = "ISOCENTER_REAL_DATA";

/// The page that holds the tables, each between two lines.
const PAGE: &str = "docs/performance.md";
const PROGRAM: Part = Part {
    begin: "<!-- cargo xtask bench --write: begin -->",
    end: "<!-- cargo xtask bench --write: end -->",
};
const READERS: Part = Part {
    begin: "<!-- cargo xtask bench --write: readers begin -->",
    end: "<!-- cargo xtask bench --write: readers end -->",
};

/// Components of the bill of materials that is made here.
const COMPONENTS: usize = 900_000;

/// What is measured, in this order: a later job finds the workspace as the earlier left it.
const JOBS: [Job; 12] = [
    Job {
        what: "import 61,712 CVE records into an empty workspace",
        arguments: &[
            "--workspace",
            "{workspace}",
            "import",
            "{data}/cve/cves.zip",
        ],
        runs: 3,
        fresh: true,
        bound: "12 s wall, 15 CPU-s, 300 MB",
    },
    Job {
        what: "import the same archive again",
        arguments: &[
            "--workspace",
            "{workspace}",
            "import",
            "{data}/cve/cves.zip",
        ],
        runs: 3,
        fresh: false,
        bound: "3 s wall",
    },
    Job {
        what: "assess the SBOM of a medical device against them",
        arguments: &[
            "--workspace",
            "{workspace}",
            "assess",
            "{data}/sbom-medical",
            "--format",
            "json",
            "--out",
            "{workspace}.json",
        ],
        runs: 5,
        fresh: false,
        bound: "0.5 s wall",
    },
    Job {
        what: "check an SBOM of 4.4 MB",
        arguments: &["check", "{data}/bench/L.cdx.json", "--format", "json"],
        runs: 9,
        fresh: false,
        bound: "0.08 CPU-s",
    },
    Job {
        what: "check an SPDX SBOM of 14 MB",
        arguments: &["check", "{data}/bench/R8k.spdx.json", "--format", "json"],
        runs: 9,
        fresh: false,
        bound: "0.2 CPU-s",
    },
    Job {
        what: "check 304 advisories (CSAF, 7 MB)",
        arguments: &[
            "check",
            "{data}/csaf/cisa-ics",
            "{data}/csaf/cisa-medical",
            "--format",
            "json",
        ],
        runs: 9,
        fresh: false,
        bound: "0.087 CPU-s: 3,500 documents a CPU-s",
    },
    Job {
        what: "check 180 SBOMs of every format (16 MB)",
        arguments: &["check", "{data}/sbom", "--format", "json"],
        runs: 5,
        fresh: false,
        bound: "",
    },
    Job {
        what: "check three SBOMs (23 MB)",
        arguments: &["check", "{data}/bench", "--format", "json"],
        runs: 5,
        fresh: false,
        bound: "",
    },
    Job {
        what: "check 14,396 OSV records in three archives (24 MB unpacked)",
        arguments: &["check", "{data}/osv", "--format", "json"],
        runs: 5,
        fresh: false,
        bound: "",
    },
    Job {
        what: "check 61,712 CVE records in an archive (240 MB unpacked)",
        arguments: &["check", "{data}/cve/cves.zip", "--format", "json"],
        runs: 3,
        fresh: false,
        bound: "",
    },
    Job {
        what: "check 15,879 NVD records in an archive of pages (24 MB unpacked)",
        arguments: &[
            "check",
            "{data}/nvd/pages_configurations.zip",
            "--format",
            "json",
        ],
        runs: 5,
        fresh: false,
        bound: "",
    },
    Job {
        what: "check a made SBOM of 900,000 components (98 MB)",
        arguments: &["check", "{made}", "--format", "json"],
        runs: 3,
        fresh: false,
        bound: "",
    },
];

/// A part of the page.
struct Part {
    begin: &'static str,
    end: &'static str,
}

struct Job {
    what: &'static str,
    /// `{data}` and `{workspace}` stand for the folders of this run, `{made}` for the file that is made for it.
    arguments: &'static [&'static str],
    runs: usize,
    /// Whether each run begins with an empty workspace.
    fresh: bool,
    /// What the project promises.
    bound: &'static str,
}

/// What one run of the program used.
#[derive(Debug, Clone, Copy)]
struct Used {
    /// Seconds from start to end.
    wall: f64,
    /// Seconds of processor time, of the program and of the system for it.
    cpu: f64,
    /// Most memory held at once, in megabytes of a million bytes.
    peak: f64,
}

/// Measures, prints the table, and with `--write` puts it into the page.
pub(crate) fn run(root: &Path, arguments: &[String]) -> Result<bool, Box<dyn Error>> {
    let write = match arguments {
        [] => false,
        [flag] if flag == "--write" => true,
        other => return Err(format!("bench takes --write only, not {}", other.join(" ")).into()),
    };
    let Some(data) = env::var_os(DATA).map(PathBuf::from) else {
        return Err(format!("{DATA} is not set: there is nothing to measure on").into());
    };
    let program = build(root)?;
    let folder = root.join("target/bench");
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(MADE), bill_of_materials())?;
    let mut table = String::from(
        "| job | runs | wall, median (slowest) | CPU, median (most) | peak memory | bound |\n\
         |---|---|---|---|---|---|\n",
    );
    for job in &JOBS {
        let mut runs = Vec::new();
        for number in 1..=job.runs {
            let used = measure(job, &program, &data, &folder)?;
            println!(
                "{}, run {number}: {:.2} s wall, {:.2} CPU-s, {:.0} MB",
                job.what, used.wall, used.cpu, used.peak
            );
            runs.push(used);
        }
        let wall = spread(&runs, |used| used.wall);
        let cpu = spread(&runs, |used| used.cpu);
        let peak = spread(&runs, |used| used.peak);
        writeln!(
            table,
            "| {} | {} | {:.2} s ({:.2}) | {:.2} s ({:.2}) | {:.0} MB | {} |",
            job.what, job.runs, wall.0, wall.1, cpu.0, cpu.1, peak.1, job.bound
        )?;
    }
    let used_by_program = format!("{}\n\n{table}", machine()?);
    println!("\n{used_by_program}");
    let table = readers(root)?;
    let used_by_readers = format!("{}\n\n{table}", machine()?);
    println!("\n{used_by_readers}");
    if write {
        let path = root.join(PAGE);
        let page = fs::read_to_string(&path)?;
        let page = replaced(&page, &PROGRAM, &used_by_program)?;
        let page = replaced(&page, &READERS, &used_by_readers)?;
        fs::write(&path, page)?;
        println!("written to {PAGE}");
    }
    Ok(true)
}

/// The table that the benchmark of the readers prints.
fn readers(root: &Path) -> Result<String, Box<dyn Error>> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["bench", "--package", "isocenter-documents"])
        .args(["--bench", "readers"])
        .current_dir(root)
        .env_remove("CARGO_TARGET_DIR")
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err("the benchmark of the readers failed".into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The name of the workspace, in the folder of the measurement.
const WORKSPACE: &str = "workspace";

/// The name of the file that is made, in the folder of the measurement.
const MADE: &str = "made.cdx.json";

/// A bill of materials as large as no device has one.
fn bill_of_materials() -> String {
    let mut text =
        r#"{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":["#.to_owned();
    for number in 0..COMPONENTS {
        let comma = if number == 0 { "" } else { "," };
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "{comma}\n{{\"type\":\"library\",\"bom-ref\":\"{number}\",\"name\":\"part-{number}\",\
             \"version\":\"1.0\",\"purl\":\"pkg:npm/part-{number}@1.0\"}}"
        );
    }
    text.push_str("]}");
    text
}

/// Builds the program as it is released; its path.
fn build(root: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let done = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["build", "--release", "--package", "isocenter-cli"])
        .current_dir(root)
        .env_remove("CARGO_TARGET_DIR")
        .status()?;
    if !done.success() {
        return Err("the release build failed".into());
    }
    Ok(root.join("target/release/isocenter"))
}

fn measure(job: &Job, program: &Path, data: &Path, folder: &Path) -> Result<Used, Box<dyn Error>> {
    let workspace = folder.join(WORKSPACE);
    if job.fresh && workspace.exists() {
        fs::remove_dir_all(&workspace)?;
    }
    let report = folder.join("used.txt");
    let begun = Instant::now();
    let status = Command::new("/usr/bin/time")
        .args(["--quiet", "--format", "%U %S %M", "--output"])
        .arg(&report)
        .arg(program)
        .args(
            job.arguments
                .iter()
                .map(|argument| filled(argument, data, folder)),
        )
        .env_remove("ISOCENTER_WORKSPACE")
        .stdin(Stdio::null())
        .stdout(fs::File::create(folder.join("stdout.txt"))?)
        .stderr(fs::File::create(folder.join("stderr.txt"))?)
        .status()
        .map_err(|error| {
            format!("cannot start /usr/bin/time ({error}); on Debian: apt-get install time")
        })?;
    let wall = begun.elapsed().as_secs_f64();
    // 1 says that a paper has problems, which real papers have.
    if !matches!(status.code(), Some(0 | 1)) {
        let message = fs::read_to_string(folder.join("stderr.txt"))?;
        return Err(format!("`{}` ended with {status}: {message}", job.what).into());
    }
    let used = fs::read_to_string(&report)?;
    let figures: Vec<f64> = used
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    let [own, for_it, kibibytes] = figures[..] else {
        return Err(format!("GNU time reported `{}`", used.trim()).into());
    };
    Ok(Used {
        wall,
        cpu: own + for_it,
        peak: kibibytes * 1024.0 / 1e6,
    })
}

fn filled(argument: &str, data: &Path, folder: &Path) -> OsString {
    for (mark, path) in [
        ("{data}", data),
        ("{workspace}", &folder.join(WORKSPACE)),
        ("{made}", &folder.join(MADE)),
    ] {
        if let Some(rest) = argument.strip_prefix(mark) {
            let mut filled = path.as_os_str().to_owned();
            filled.push(rest);
            return filled;
        }
    }
    argument.into()
}

/// Median and largest.
fn spread(runs: &[Used], figure: impl Fn(&Used) -> f64) -> (f64, f64) {
    let mut figures: Vec<f64> = runs.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    (
        figures.get(figures.len() / 2).copied().unwrap_or_default(),
        figures.last().copied().unwrap_or_default(),
    )
}

/// The machine, the day and the command, in one sentence.
fn machine() -> Result<String, Box<dyn Error>> {
    let first = |path: &str, key: &str| -> Result<String, Box<dyn Error>> {
        let text = fs::read_to_string(path)?;
        let line = text.lines().find(|line| line.starts_with(key));
        let value = line.and_then(|line| line.split(':').nth(1));
        Ok(value.unwrap_or("unknown").trim().to_owned())
    };
    let said = |program: &str, arguments: &[&str]| -> Result<String, Box<dyn Error>> {
        let output = Command::new(program).args(arguments).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let load = fs::read_to_string("/proc/loadavg")?;
    let memory = first("/proc/meminfo", "MemTotal")?;
    let kibibytes: f64 = memory.trim_end_matches(" kB").parse()?;
    let release = said("uname", &["-r"])?;
    let kernel: Vec<&str> = release.split('.').take(2).collect();
    Ok(format!(
        "Measured on {} with `cargo xtask bench` (release profile, {}) on {} cores of {}, {:.0} GB of \
         memory, Linux {}; load average of the five minutes before the end {}.",
        said("date", &["-u", "+%F"])?,
        said("rustc", &["--version"])?,
        std::thread::available_parallelism()?,
        first("/proc/cpuinfo", "model name")?,
        kibibytes * 1024.0 / 1e9,
        kernel.join("."),
        load.split(' ').nth(1).unwrap_or("unknown"),
    ))
}

/// `page` with `table` between the two marks of a part.
fn replaced(page: &str, part: &Part, table: &str) -> Result<String, Box<dyn Error>> {
    let Part { begin, end } = part;
    let lost = || format!("{PAGE} lacks the lines `{begin}` and `{end}`");
    let (before, rest) = page.split_once(begin).ok_or_else(lost)?;
    let (_, after) = rest.split_once(end).ok_or_else(lost)?;
    Ok(format!("{before}{begin}\n\n{table}\n{end}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_text_between_the_marks_is_replaced() {
        for part in [PROGRAM, READERS] {
            let Part { begin, end } = part;
            let page = format!("before\n{begin}\nold\n{end}\nafter\n");
            assert_eq!(
                replaced(&page, &part, "new\n").unwrap(),
                format!("before\n{begin}\n\nnew\n\n{end}\nafter\n")
            );
            assert!(replaced("no marks", &part, "new").is_err());
        }
    }

    #[test]
    fn the_median_and_the_largest_are_shown() {
        let used = |wall| Used {
            wall,
            cpu: 0.0,
            peak: 0.0,
        };
        let runs = [used(3.0), used(1.0), used(2.0)];
        let (median, largest) = spread(&runs, |used| used.wall);
        assert!((median - 2.0).abs() < f64::EPSILON);
        assert!((largest - 3.0).abs() < f64::EPSILON);
    }

    #[test]
    fn folders_are_filled_in_at_the_front_only() {
        let (data, folder) = (Path::new("d"), Path::new("f"));
        assert_eq!(filled("{data}/a", data, folder), "d/a");
        assert_eq!(filled("{workspace}.json", data, folder), "f/workspace.json");
        assert_eq!(filled("{made}", data, folder), "f/made.cdx.json");
        assert_eq!(filled("check", data, folder), "check");
    }
}
