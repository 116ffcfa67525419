//! What a person may type: definitions only, so that completions and the manual can be made
//! without the program.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The environment variable that names the workspace.
pub(crate) const WORKSPACE_VARIABLE: &str = "ISOCENTER_WORKSPACE";

const AFTER_HELP: &str = "\
Examples:
  isocenter assess papers/                      what is exposed, on which devices, who must act
  isocenter assess papers/ --format html --out report.html
  isocenter check sbom.json mds2.xlsx           what each file is, valid or not, what is missing
  isocenter findings --verdict affected --urgency now
  isocenter show CVE-2021-44228

Exit codes: 0 done and clean, 1 done with problems to look at, 2 could not run.

Decision support for security work; not a medical device.";

const FEED_HELP: &str = "\
Examples:
  isocenter feed pull                       every feed, what is new of it
  isocenter feed pull kev epss osv:PyPI     some of them
  isocenter feed status                     what is here, how old it is

On a machine without a network:
  isocenter feed key hospital-feeds         once, on the connected machine: a pair of keys
  isocenter feed bundle create --key hospital-feeds.key --out feeds.zip
  isocenter feed trust hospital-feeds.pub   once, on the other machine
  isocenter feed import feeds.zip

No other command opens a connection.";

const IDENTITY_HELP: &str = "\
Examples:
  printf 'Debian\\t1.0~rc1-1\\t1.0-1\\n' | isocenter identity compare          <
  printf 'npm\\t^1.2.0 || >=3\\t1.9.4\\n' | isocenter identity range            yes
  printf 'SemVer\\t1.1.1k\\t1.1.1l\\n' | isocenter identity compare --explain   ? and why

An ecosystem is spelled as OSV spells it (Debian, PyPI, Maven, npm, RubyGems, Packagist, NuGet, Pub,
Hackage, CRAN, Alpine, Red Hat, crates.io, Go …), as a package URL type, or is SemVer, Windows, JVM,
Gentoo, Arch, intdot, datetime or generic. Case does not count.";

/// From the papers that the field exchanges to what a hospital must do: offline, one binary.
#[derive(Debug, Parser)]
#[command(name = "isocenter", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Where what was read is kept [default: DIR/.isocenter for `assess DIR`, else the user's
    /// data directory]
    #[arg(
        long,
        value_name = "DIR",
        global = true,
        env = WORKSPACE_VARIABLE,
        value_parser = clap::builder::OsStringValueParser::new()
    )]
    pub(crate) workspace: Option<OsString>,
    /// Who acts: recorded with every import and decision [default: the name of the user]
    #[arg(long = "as", value_name = "NAME", global = true)]
    pub(crate) actor: Option<String>,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, global = true)]
    pub(crate) color: ColorChoice,
    /// Show no progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read papers and answer: what is exposed, on which devices, how sure we are, who must act
    #[command(after_help = "\
Examples:
  isocenter assess papers/                       import the folder, print the answer
  isocenter assess papers/ --format html --out report.html
  isocenter assess --format csv --out worklist.csv   a worklist for the maintenance system
  isocenter assess --fail-on now                 exit 1 when something must be done now

The workspace of `assess DIR` is DIR/.isocenter, or the user's data directory where DIR is
read-only or shared with other users. Without PATH the workspace is assessed as it is.")]
    Assess(Assess),
    /// Say what each file is, whether it is valid, and what is missing; store nothing
    #[command(after_help = "\
Examples:
  isocenter check papers/
  isocenter check sbom.cdx.json --format json | jq '.[].problems'
  isocenter check papers/ --format sarif --out problems.sarif

Exit codes: 0 every file is known and has no problem above a note, 1 problems, 2 cannot run.")]
    Check(Check),
    /// Read papers into the workspace without assessing them
    Import(Import),
    /// List devices
    Devices(List),
    /// List releases: model and software version, with their papers
    Releases(List),
    /// List distinct components
    Components(List),
    /// List vulnerabilities that touch a release
    Vulnerabilities(List),
    /// List findings
    #[command(after_help = "\
Examples:
  isocenter findings --verdict affected --urgency now
  isocenter findings --owner manufacturer --format csv
  isocenter findings --search openssl")]
    Findings(ListFindings),
    /// List stored papers with their age and problems
    Documents(List),
    /// List the days on which support of products begins and ends
    Milestones(List),
    /// List what was seen on site
    Observations(List),
    /// List the updates that manufacturers have validated, rejected or not looked at yet
    Updates(List),
    /// Show one thing: a device, finding, vulnerability, release, component or document
    #[command(after_help = "\
Examples:
  isocenter show CT-3                 a device, by its asset id
  isocenter show F-1a2b3c4d5e         a finding
  isocenter show W-1a2b3c4d5e         a row of the worklist
  isocenter show CVE-2021-44228       a vulnerability: where is it?
  isocenter show openssl              a component or a release, by part of its name
  isocenter show 9f86d081             a document, by the start of its digest")]
    Show(Show),
    /// Fetch published feeds, or carry them to a machine without a network
    #[command(subcommand, after_help = FEED_HELP)]
    Feed(Feed),
    /// Ask how versions are ordered and what ranges hold, line by line
    #[command(subcommand, after_help = IDENTITY_HELP)]
    Identity(Identity),
    /// Copy the workspace into one file
    Backup(Backup),
    /// Bring a workspace back from a backup
    Restore(Restore),
    /// Bring the workspace of an older version up to this one, after making a copy
    Upgrade,
    /// Print shell completions
    #[command(
        after_help = "Example:\n  isocenter completions bash > /etc/bash_completion.d/isocenter"
    )]
    Completions(Completions),
    /// Print the manual page
    Manual,
}

/// `assess`
#[derive(Debug, Args)]
pub(crate) struct Assess {
    /// Files, folders and zip archives to read first
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = AssessFormat::Text)]
    pub(crate) format: AssessFormat,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Exit with 1 when a finding is at least this urgent
    #[arg(long, value_enum, value_name = "CLASS")]
    pub(crate) fail_on: Option<Urgency>,
}

/// What `assess` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AssessFormat {
    /// A summary for a person
    Text,
    /// Everything, documented in docs/reference/json.md
    Json,
    /// The worklist: one row per device and open finding
    Csv,
    /// A workbook with the worklist and all lists
    Xlsx,
    /// One self-contained page
    Html,
}

/// `check`
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// Files, folders and zip archives
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    pub(crate) format: CheckFormat,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// What `check` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For a person
    Text,
    /// A list of files with their problems
    Json,
    /// SARIF 2.1.0
    Sarif,
}

/// `import`
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// Files, folders and zip archives
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = ImportFormat::Text)]
    pub(crate) format: ImportFormat,
}

/// What `import` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    /// For a person
    Text,
    /// A list of files with their problems
    Json,
}

/// What every list takes.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Keep what contains this text in any column, whatever the case
    #[arg(long, short, value_name = "TEXT")]
    pub(crate) search: Option<String>,
    /// Keep this many rows
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// What to print
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// `findings`
#[derive(Debug, Args)]
pub(crate) struct ListFindings {
    /// Keep this verdict
    #[arg(long, value_enum)]
    pub(crate) verdict: Option<Verdict>,
    /// Keep what is at least this urgent
    #[arg(long, value_enum)]
    pub(crate) urgency: Option<Urgency>,
    /// Keep what this party must act on
    #[arg(long, value_enum)]
    pub(crate) owner: Option<Owner>,
    /// Keep the findings of this device, by its asset id
    #[arg(long, value_name = "ASSET")]
    pub(crate) device: Option<String>,
    /// Keep what is known to be exploited
    #[arg(long)]
    pub(crate) known_exploited: bool,
    #[command(flatten)]
    pub(crate) list: List,
}

/// What a list prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table
    Text,
    /// JSON
    Json,
    /// CSV
    Csv,
}

/// Verdicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Verdict {
    Affected,
    UnderInvestigation,
    Undetermined,
    Fixed,
    NotAffected,
}

/// Urgency classes, the most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Urgency {
    Now,
    Soon,
    Planned,
    Watch,
}

/// Who must act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Owner {
    Manufacturer,
    Hospital,
    Supplier,
}

/// `show`
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Asset id, finding, worklist row, vulnerability, part of a name, or start of a digest
    #[arg(value_name = "THING")]
    pub(crate) thing: String,
}

/// `feed`
#[derive(Debug, Subcommand)]
pub(crate) enum Feed {
    /// Fetch what is new, and read it into the workspace
    #[command(after_help = PULL_HELP)]
    Pull(Pull),
    /// Carry feeds in one signed file
    #[command(subcommand)]
    Bundle(BundleCommand),
    /// Read a bundle, or files of feeds as their publishers lay them out
    #[command(after_help = FEED_IMPORT_HELP)]
    Import(FeedImport),
    /// Say what is here of each feed, how old it is, and whether that is too old
    #[command(after_help = "Exit codes: 0 nothing is stale, 1 something is, 2 cannot run.")]
    Status(FeedStatus),
    /// Make a pair of keys for bundles: NAME.key signs, NAME.pub is handed out
    Key(FeedKey),
    /// Trust a public key: bundles that its owner signed are taken from now on
    Trust(FeedTrust),
}

const PULL_HELP: &str = "\
Examples:
  isocenter feed pull kev epss
  isocenter feed pull osv:PyPI osv:npm               two ecosystems of OSV
  isocenter feed pull --mirror https://feeds.example/   https://host/path comes from .../host/path
  isocenter feed pull --proxy http://proxy.example:3128

A file that has not changed is not sent again, and one that broke off is taken up where it broke off. The proxy
is taken from https_proxy and no_proxy where --proxy does not name one; certificates are checked against those
that the system trusts. A key for NVD's API, which allows ten times the speed, is taken from
ISOCENTER_NVD_API_KEY.

Exit codes: 0 every feed was fetched and read, 1 some were not, 2 cannot run.";

const FEED_IMPORT_HELP: &str = "\
A bundle is taken when a trusted key signed it, it is not too old, and no newer one was taken before. Any other
file or folder is read as `isocenter import` reads it.

Exit codes: 0 all was read, 1 some files were not, 2 the bundle was not taken.";

/// `feed pull`
#[derive(Debug, Args)]
pub(crate) struct Pull {
    /// Which feeds; all of them without a name. `isocenter feed status` lists them
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// Fetch from a mirror: https://host/path comes from BASE/host/path
    #[arg(long, value_name = "BASE")]
    pub(crate) mirror: Option<String>,
    /// Go through this proxy
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// Fetch only; read nothing into the workspace
    #[arg(long)]
    pub(crate) download_only: bool,
}

/// `feed bundle`
#[derive(Debug, Subcommand)]
pub(crate) enum BundleCommand {
    /// Write the feeds that were fetched into one signed file
    Create(BundleCreate),
}

/// `feed bundle create`
#[derive(Debug, Args)]
pub(crate) struct BundleCreate {
    /// Which feeds; all that were fetched without a name
    #[arg(value_name = "NAME")]
    pub(crate) names: Vec<String>,
    /// The secret key that signs: of `isocenter feed key`, or minisign's. The password of a protected key is taken
    /// from ISOCENTER_KEY_PASSWORD
    #[arg(long, value_name = "FILE")]
    pub(crate) key: PathBuf,
    /// The file to write
    #[arg(long, short, value_name = "FILE")]
    pub(crate) out: PathBuf,
}

/// `feed import`
#[derive(Debug, Args)]
pub(crate) struct FeedImport {
    /// A bundle, or files and folders
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Take a bundle that is at most so many days old
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub(crate) max_age: u32,
    /// Take a bundle though a newer one was taken before
    #[arg(long)]
    pub(crate) accept_older: bool,
}

/// `feed status`
#[derive(Debug, Args)]
pub(crate) struct FeedStatus {
    /// What to print
    #[arg(long, value_enum, default_value_t = ImportFormat::Text)]
    pub(crate) format: ImportFormat,
}

/// `feed key`
#[derive(Debug, Args)]
pub(crate) struct FeedKey {
    /// Where to write NAME.key and NAME.pub
    #[arg(value_name = "NAME")]
    pub(crate) name: PathBuf,
}

/// `feed trust`
#[derive(Debug, Args)]
pub(crate) struct FeedTrust {
    /// A public key, as `isocenter feed key` or minisign writes it
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `identity`
#[derive(Debug, Subcommand)]
pub(crate) enum Identity {
    /// Read `ecosystem<TAB>a<TAB>b` lines; print `<`, `=`, `>` or `?` for each
    #[command(after_help = COMPARE_HELP)]
    Compare(Lines),
    /// Read `ecosystem<TAB>range<TAB>version` lines; print `yes`, `no` or `?` for each
    #[command(after_help = RANGE_HELP)]
    Range(Lines),
}

const COMPARE_HELP: &str = "\
Example:
  isocenter identity compare pairs.tsv | sort | uniq -c

`?` says that the two have no order: a version that its ecosystem cannot read, or a pair of which nobody can
say which comes first. --explain adds the reason behind a tab.

Exit codes: 0 every line was a question, 1 some were not, 2 cannot run.";

const RANGE_HELP: &str = "\
Example:
  isocenter identity range --explain questions.tsv

A range is written as its ecosystem writes it (npm `^1.2 || 3.x`, PyPI `>=1,<2`, Maven `[1,2)`, RubyGems
`~> 1.2`, Debian `<< 2:1.0-1` …) or as VERS (`vers:npm/>=1.0.0|<2.0.0`). The answer is about order alone:
whether the range holds the version, not whether a package manager would choose it.

Exit codes: 0 every line was a question, 1 some were not, 2 cannot run.";

/// Questions of one line each.
#[derive(Debug, Args)]
pub(crate) struct Lines {
    /// Files with questions; standard input without any, or for `-`
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Say behind each `?` why nothing was decided
    #[arg(long)]
    pub(crate) explain: bool,
}

/// `backup`
#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write; must not exist
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `restore`
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// A file that `backup` wrote
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `completions`
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_definitions_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_says_what_it_does() {
        for command in Arguments::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }
}
