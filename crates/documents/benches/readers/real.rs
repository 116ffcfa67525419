//! Real papers, which are no part of the project.

use std::collections::BTreeMap;
use std::error::Error;
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use isocenter_documents::recognise;
use isocenter_model::DocumentKind;
use zip::ZipArchive;

/// The variable that names their folder.
const DATA: &str = "ISOCENTER_REAL_DATA";

/// Folders and archives that are read, below that folder.
const PARTS: &[&str] = &[
    "bench",
    "csaf/cisa-ics",
    "csaf/cisa-medical",
    "cve/cves.zip",
    "dicom",
    "epss",
    "identity",
    "kev",
    "lifecycle",
    "nvd",
    "osv/Bitnami/all.zip",
    "osv/Go/all.zip",
    "osv/PyPI/all.zip",
    "sbom",
    "sbom-imaging",
    "sbom-medical",
    "vex",
];

/// Records of one archive that are kept: enough to measure, and not all of CVE.
const MOST_MEMBERS: usize = 10_000;

/// Papers of each format, by its name in the table.
type Papers = BTreeMap<&'static str, Vec<Vec<u8>>>;

/// The papers that there are; none without the variable.
pub(crate) fn papers() -> Result<Papers, Box<dyn Error>> {
    let mut papers = Papers::new();
    let Some(root) = env::var_os(DATA).map(PathBuf::from) else {
        return Ok(papers);
    };
    for part in PARTS {
        let path = root.join(part);
        if path.is_dir() {
            let mut files: Vec<PathBuf> = fs::read_dir(&path)?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<_, _>>()?;
            files.sort();
            for file in files {
                take(&file, &mut papers)?;
            }
        } else if path.is_file() {
            take(&path, &mut papers)?;
        }
    }
    Ok(papers)
}

fn take(file: &Path, papers: &mut Papers) -> Result<(), Box<dyn Error>> {
    let bytes = fs::read(file)?;
    if file.extension() != Some(OsStr::new("zip")) {
        sort_in(file, bytes, papers);
        return Ok(());
    }
    let mut archive = ZipArchive::new(std::io::Cursor::new(bytes))?;
    let step = archive.len().div_ceil(MOST_MEMBERS).max(1);
    for index in (0..archive.len()).step_by(step) {
        let mut member = Vec::new();
        archive.by_index(index)?.read_to_end(&mut member)?;
        sort_in(file, member, papers);
    }
    Ok(())
}

/// Puts a paper to those of its format; one of another format is none that is measured.
fn sort_in(file: &Path, bytes: Vec<u8>, papers: &mut Papers) {
    let is_xml = bytes.trim_ascii_start().starts_with(b"<");
    let is_json = bytes.trim_ascii_start().starts_with(b"{");
    let name = match recognise(&bytes) {
        DocumentKind::CycloneDx if is_xml => "CycloneDX XML",
        DocumentKind::CycloneDx => "CycloneDX JSON",
        DocumentKind::Spdx if is_json && memchr::memmem::find(&bytes, b"\"@graph\"").is_some() => {
            "SPDX 3 JSON-LD"
        }
        DocumentKind::Spdx if is_json => "SPDX JSON",
        DocumentKind::Spdx if is_yaml(file) => "SPDX YAML",
        DocumentKind::Spdx => "SPDX tag-value",
        DocumentKind::Csaf if file.parent().is_some_and(|folder| folder.ends_with("vex")) => {
            "CSAF VEX"
        }
        DocumentKind::Csaf => "CSAF",
        DocumentKind::OpenVex => "OpenVEX",
        DocumentKind::Cve => "CVE",
        DocumentKind::Nvd => "NVD",
        DocumentKind::Osv => "OSV",
        DocumentKind::OpenFdaRecall => "openFDA",
        DocumentKind::Kev => "KEV",
        DocumentKind::Epss => "EPSS",
        DocumentKind::Lifecycle => "endoflife.date",
        DocumentKind::IdentityMap => "identity map",
        DocumentKind::Dicom => "DICOM",
        DocumentKind::Swid => "SWID",
        DocumentKind::Nmap => "nmap",
        _ => return,
    };
    papers.entry(name).or_default().push(bytes);
}

fn is_yaml(file: &Path) -> bool {
    let extension = file.extension().and_then(OsStr::to_str);
    matches!(extension, Some("yaml" | "yml"))
}
