//! Support life, observations and validated updates: real papers, hostile ones, and mutations.

use isocenter_documents::{ReadOptions, lifecycle, observations, read, updates};
use isocenter_model::lifecycle::MilestoneKind;
use isocenter_model::{Document, DocumentKind, Level, Reading};

use crate::mutation::run;

const ENDOFLIFE: &str = r#"{"schema_version":"1.2.0","total":1,"result":[{"name":"openssl","label":"OpenSSL",
    "identifiers":[{"type":"purl","id":"pkg:generic/openssl"}],"releases":[{"name":"3.0","releaseDate":"2021-09-07",
    "isEol":true,"eolFrom":"2026-09-07","latest":{"name":"3.0.17"}}]}]}"#;
const CLE: &str = r#"{"identifier":"pkg:generic/a","definitions":{"support":[{"id":"s","description":"d"}]},"events":[
    {"id":2,"type":"endOfSupport","effective":"2027-01-01T00:00:00Z","versions":[{"range":"vers:generic/<2"},"2.5"],"supportId":"s"},
    {"id":1,"type":"withdrawn","effective":"2027-01-01T00:00:00Z","eventId":2}]}"#;
const OPENEOX: &str = r#"{"statements":[{"core":{"end_of_life":"tba","end_of_security_support":"2027-12-31T12:00:00Z"},
    "productName":"CT 500","productVersion":"VB40A","vendorName":"Northlight"}]}"#;
const NOTICE: &str = "Manufacturer,Product,Version,End of Sale,End of Support\nNorthlight,CT 500,VB40A,2024-06-30,31.12.2030\n";
const OBSERVED: &str = "Asset ID,Check,Result,By,Date\nCT-1,TLS on,yes,biomed,2026-11-02\n";
const OBSERVED_JSON: &str = r#"[{"device":"CT-1","control":"TLS on","result":true,"by":"biomed","at":"2026-11-02T10:00:00Z"}]"#;
const UPDATES: &str =
    "Product,Version,KB,Validated,Date\nCT 500,VB40A,\"5034127; KB5034439\",yes,2026-02-01\n";

#[test]
fn every_release_of_endoflife_date_is_read_without_a_problem() {
    let Some(folder) = crate::real_data("lifecycle") else {
        return;
    };
    let bytes = std::fs::read(folder.join("endoflife_products_full.json")).unwrap();
    let reading = read(&bytes, &ReadOptions::default());
    assert_eq!(reading.kind, DocumentKind::Lifecycle);
    assert!(
        reading.problems.is_empty(),
        "{:?}",
        reading.problems.first()
    );
    assert_eq!(reading.summary["products"], 464);
    assert_eq!(reading.summary["releases"], 8_321);
    let Some(Document::Lifecycle(notice)) = reading.document else {
        panic!("nothing was read");
    };
    let server = notice
        .entries
        .iter()
        .find(|entry| {
            entry.product.name == "Microsoft Windows Server"
                && entry.label.as_deref() == Some("2019")
        })
        .unwrap();
    let ends: Vec<_> = server
        .milestones
        .iter()
        .filter(|milestone| milestone.kind == MilestoneKind::EndOfSecuritySupport)
        .collect();
    assert_eq!(ends.len(), 1);
    assert_eq!(format!("{:?}", ends[0].at), "Day(2029-01-09)");
}

#[test]
fn mutated_papers_on_support_life_never_break_the_reader() {
    for paper in [ENDOFLIFE, CLE, OPENEOX, NOTICE] {
        run(2_000, paper.as_bytes(), |bytes| {
            Some(lifecycle::read(bytes))
        });
        run(200, paper.as_bytes(), |bytes| {
            Some(read(bytes, &ReadOptions::default()))
        });
    }
}

#[test]
fn mutated_observations_and_updates_never_break_the_reader() {
    for paper in [OBSERVED, OBSERVED_JSON] {
        run(2_000, paper.as_bytes(), |bytes| {
            Some(observations::read(bytes))
        });
    }
    run(2_000, UPDATES.as_bytes(), |bytes| {
        Some(updates::read(bytes))
    });
}

#[test]
fn a_paper_that_is_cut_off_says_so_and_gives_no_date_that_is_not_there() {
    for paper in [ENDOFLIFE, CLE, OPENEOX] {
        for end in 1..paper.len() {
            if !paper.is_char_boundary(end) {
                continue;
            }
            let reading = lifecycle::read(&paper.as_bytes()[..end]);
            assert!(errors(&reading) > 0, "{}", &paper[..end]);
        }
    }
}

#[test]
fn a_hundred_thousand_faults_are_told_in_a_hundred() {
    let faults = vec![r#"{"type":"celebrated","effective":"x"}"#; 100_000].join(",");
    let reading = lifecycle::read(format!("{{\"events\":[{faults}]}}").as_bytes());
    assert!(reading.problems.len() < 150, "{}", reading.problems.len());
    let rows = "CT-1,,yes\n".repeat(100_000);
    let reading = observations::read(format!("device,control,result\n{rows}").as_bytes());
    assert!(reading.problems.len() < 150, "{}", reading.problems.len());
}

#[test]
fn deep_nesting_and_other_encodings_are_answered() {
    let deep = format!("{{\"events\":[{}]}}", "[".repeat(50_000));
    assert!(errors(&lifecycle::read(deep.as_bytes())) > 0);
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(ENDOFLIFE.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let reading = read(&utf16, &ReadOptions::default());
    assert_eq!(
        reading.summary.get("releases"),
        Some(&1),
        "{:?}",
        reading.problems
    );
}

fn errors(reading: &Reading) -> usize {
    reading
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .count()
}
