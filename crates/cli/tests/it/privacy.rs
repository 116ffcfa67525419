//! Of images nothing but the equipment comes out of the program, in whatever form it is asked.

use std::io::{Cursor, Read as _};
use std::path::Path;

use crate::dicom_planted::planted;
use crate::session::Session;

/// Fails when a marker is among the bytes, or among those of the members of an XLSX file.
#[track_caller]
fn is_discreet(what: &str, bytes: &[u8]) {
    let holds = |bytes: &[u8]| bytes.windows(7).any(|window| window == b"PLANTED");
    assert!(!holds(bytes), "{what}: {}", String::from_utf8_lossy(bytes));
    if bytes.starts_with(b"PK\x03\x04") {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        for index in 0..zip.len() {
            let mut member = Vec::new();
            zip.by_index(index)
                .unwrap()
                .read_to_end(&mut member)
                .unwrap();
            assert!(!holds(&member), "{what}");
        }
    }
}

fn are_discreet(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            are_discreet(&path);
        } else {
            is_discreet(&path.display().to_string(), &std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn no_planted_marker_comes_out_of_the_program_or_stays_in_it() {
    let session = Session::new();
    for image in planted() {
        session.write(&format!("images/{}", image.name), &image.bytes);
    }
    let workspace = ["--workspace", "kept", "--as", "anna"];
    let run = |arguments: &[&str]| {
        let answer = session.run(&[&workspace[..], arguments].concat());
        let what = arguments.join(" ");
        assert!(answer.code < 2, "{what}: {}", answer.stderr);
        is_discreet(&what, &answer.stdout);
        is_discreet(&what, answer.stderr.as_bytes());
        answer
    };
    for format in ["text", "json", "sarif"] {
        run(&["check", "images", "--format", format]);
    }
    for format in ["text", "json"] {
        run(&["import", "images", "--format", format]);
    }
    for format in ["text", "json", "csv", "xlsx", "html"] {
        let out = format!("out/answer.{format}");
        std::fs::create_dir_all(session.path("out")).unwrap();
        run(&["assess", "images", "--format", format, "--out", &out]);
    }
    for list in [
        "devices",
        "releases",
        "components",
        "vulnerabilities",
        "findings",
        "documents",
    ] {
        for format in ["text", "json", "csv"] {
            run(&[list, "--format", format]);
        }
    }
    let shown = run(&["show", "US-ROOM-3"]);
    assert!(shown.text().contains("OS 10"), "{}", shown.text());
    let documents = run(&["documents", "--format", "json"]).json();
    for document in documents["documents"].as_array().unwrap() {
        run(&["show", &document["digest"].as_str().unwrap()[..12]]);
    }
    run(&["backup", "out/backup.sqlite"]);
    for folder in ["kept", "out"] {
        are_discreet(&session.path(folder));
    }
}
