//! Statements and advisories made to break a reader.

use std::fmt::Write as _;

use isocenter_documents::{ReadOptions, csaf, cyclonedx, openvex, read};
use isocenter_model::{Document, Reading};

use crate::csaf::{document, errors};
use crate::mutation::{is_safe, run, run_json};
use crate::paper::{ids, problem};

const OPENVEX: &str = r#"{"@context":"https://openvex.dev/ns/v0.2.0","@id":"https://northlight.example/vex/1","author":"Northlight <a@b.example>",
  "role":"Vendor","timestamp":"2026-01-01T00:00:00Z","last_updated":"2026-02-01T00:00:00Z","version":2,"tooling":"t","statements":[
  {"@id":"https://northlight.example/vex/1#1","version":1,"vulnerability":{"@id":"https://nvd.nist.gov/vuln/detail/CVE-2021-44228","name":"CVE-2021-44228",
    "description":"d","aliases":["GHSA-1","USN-1"]},"timestamp":"2026-01-02T00:00:00Z","supplier":"Northlight",
   "products":[{"@id":"pkg:generic/northlight/ct@5.1?arch=x","identifiers":{"purl":"pkg:generic/northlight/ct@5.1","cpe23":"cpe:2.3:a:n:ct:5.1:*:*:*:*:*:*:*","cpe22":"cpe:/a:n:ct:5.1"},
     "hashes":{"sha1":"e6b1000b94e835ffd37f4c6dcbdad43f4b48a02a"},"subcomponents":[{"@id":"pkg:npm/a@1"},{"identifiers":{"purl":"pkg:npm/b"}}]},
     {"@id":"urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#a%2Fb"}],
   "status":"not_affected","justification":"component_not_present","impact_statement":"i","status_notes":"n"},
  {"vulnerability":{"name":"CVE-2021-44228","aliases":["USN-1"]},"products":[{"@id":"pkg:npm/c"}],"status":"affected","action_statement":"Update.",
   "action_statement_timestamp":"2026-01-02T00:00:00Z"}]}"#;

const DRAFT: &str = r#"{"@context":"https://openvex.dev/ns","@id":"https://northlight.example/vex/1","author":"Northlight","timestamp":"2023-01-08T18:02:03.6-06:00",
  "version":"1","supplier":"N","statements":[{"vulnerability":"CVE-2023-12345","vuln_description":"d","products":["pkg:apk/wolfi/git@2.39.0-r1"],
  "subcomponents":["pkg:apk/wolfi/zlib"],"status":"fixed"}]}"#;

const VEX: &str = r#"{"bomFormat":"CycloneDX","specVersion":"1.6","serialNumber":"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79","version":2,
  "metadata":{"timestamp":"2026-01-01T00:00:00Z","supplier":{"name":"Northlight"},"component":{"type":"device","bom-ref":"d","name":"CT","version":"5.1"}},
  "components":[{"type":"library","bom-ref":"a","name":"a","version":"1","purl":"pkg:npm/a@1"}],
  "vulnerabilities":[{"bom-ref":"v","id":"CVE-2026-1","source":{"name":"NVD"},"references":[{"id":"GHSA-1","source":{"name":"G"}}],
    "ratings":[{"source":{"name":"NVD"},"score":7.5,"severity":"high","method":"CVSSv31","vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}],
    "cwes":[835],"description":"d","recommendation":"r","workaround":"w","advisories":[{"url":"https://northlight.example"}],"published":"2026-01-01T00:00:00Z",
    "analysis":{"state":"exploitable","justification":"code_not_reachable","response":["update","will_not_fix"],"detail":"d","lastUpdated":"2026-01-02T00:00:00Z"},
    "affects":[{"ref":"a","versions":[{"version":"1","status":"affected"},{"range":"vers:npm/>=1|<2","status":"unaffected"}]},
      {"ref":"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#b%20c"}]},
    {"id":"CVE-2026-2","affects":[{"ref":"d"},{"ref":"urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/2#a"}]}]}"#;

/// An advisory with a bit of everything.
fn advisory(version: &str) -> String {
    let score = match version {
        "2.0" => {
            r#""scores":[{"products":["c"],"cvss_v3":{"version":"3.1","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N","baseScore":7.5,"baseSeverity":"HIGH"},
            "cvss_v2":{"version":"2.0","vectorString":"AV:N/AC:L/Au:N/C:P/I:N/A:N","baseScore":5.0}}],"cwe":{"id":"CWE-835","name":"Loop with Unreachable Exit Condition ('Infinite Loop')"}"#
        }
        _ => {
            r#""metrics":[{"products":["c"],"source":"https://a.example","content":{"epss":{"percentile":"0.5","probability":"0.1","timestamp":"2026-01-01T00:00:00Z"},
            "qualitative_severity_rating":"high","cvss_v4":{"version":"4.0","vectorString":"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N","baseScore":8.7,"baseSeverity":"HIGH"},
            "ssvc_v2":{"schemaVersion":"2.0.0","timestamp":"2026-01-01T00:00:00Z","selections":[{"key":"E","namespace":"ssvc","version":"1.1.0","values":[{"key":"A"}]}]}}}],
            "cwes":[{"id":"CWE-835","name":"Loop with Unreachable Exit Condition ('Infinite Loop')","version":"4.16"}]"#
        }
    };
    document(
        version,
        "csaf_vex",
        r#"{"branches":[{"category":"vendor","name":"N","branches":[{"category":"product_name","name":"CT","branches":[
            {"category":"product_version","name":"1.0","product":{"product_id":"a","name":"CT 1.0","product_identification_helper":{"purl":"pkg:generic/ct@1.0",
              "cpe":"cpe:2.3:a:n:ct:1.0:*:*:*:*:*:*:*","hashes":[{"filename":"f","file_hashes":[{"algorithm":"sha256","value":"402fa523b96591d4450ace90e32d9f779fcfd938903e1c5bf9d3701860b8f856"}]}],
              "model_numbers":["A*"],"serial_numbers":["?1"],"skus":["1"],"sbom_urls":["https://a.example"],"x_generic_uris":[{"namespace":"https://a.example","uri":"https://a.example/1"}]}}},
            {"category":"product_version_range","name":"vers:generic/>=1.0|<2.0","product":{"product_id":"b","name":"CT"}}]}]}],
          "full_product_names":[{"product_id":"os","name":"OS"}],
          "product_groups":[{"group_id":"g","product_ids":["a","b"],"summary":"s"}],
          "relationships":[{"category":"installed_on","product_reference":"a","relates_to_product_reference":"os","full_product_name":{"product_id":"c","name":"CT on OS"}}]}"#,
        &format!(
            r#"[{{"cve":"CVE-2026-1001","ids":[{{"system_name":"N","text":"N-1"}}],"title":"t","notes":[{{"category":"description","text":"d"}}],
              "acknowledgments":[{{"names":["A"],"organization":"O","summary":"s","urls":["https://a.example"]}}],
              "product_status":{{"known_affected":["c"],"fixed":["b"],"known_not_affected":["a"],"recommended":["b"]}},
              "flags":[{{"label":"component_not_present","product_ids":["a"],"date":"2026-01-01T00:00:00Z"}}],
              "involvements":[{{"party":"vendor","status":"completed"}}],
              "threats":[{{"category":"impact","details":"i","group_ids":["g"]}},{{"category":"exploit_status","details":"e"}}],
              "remediations":[{{"category":"vendor_fix","details":"u","group_ids":["g"],"product_ids":["c"],"url":"https://a.example","restart_required":{{"category":"system"}}}}],
              "references":[{{"category":"external","summary":"s","url":"https://a.example"}}],{score}}}]"#
        ),
    )
}

#[test]
fn mutated_statements_never_break_the_reader() {
    for paper in [OPENVEX, DRAFT] {
        run(1_000, paper.as_bytes(), |bytes| Some(openvex::read(bytes)));
        run_json(1_500, paper, |bytes| Some(openvex::read(bytes)));
    }
    run(1_000, VEX.as_bytes(), |bytes| Some(cyclonedx::read(bytes)));
    run_json(2_000, VEX, |bytes| Some(cyclonedx::read(bytes)));
}

#[test]
fn mutated_advisories_never_break_the_reader() {
    assert_eq!(errors(&csaf::read(advisory("2.0").as_bytes())), "");
    for version in ["2.0", "2.1"] {
        let paper = advisory(version);
        run(1_000, paper.as_bytes(), |bytes| Some(csaf::read(bytes)));
        run_json(1_500, &paper, |bytes| Some(csaf::read(bytes)));
    }
}

#[test]
fn a_text_cut_anywhere_says_so() {
    let advisory = advisory("2.0");
    for (paper, read) in [
        (OPENVEX, openvex::read as fn(&[u8]) -> Reading),
        (VEX, cyclonedx::read),
        (&advisory, csaf::read),
    ] {
        for length in (0..paper.len()).step_by(7) {
            let reading = read(&paper.as_bytes()[..length]);
            assert_eq!(reading.document, None, "{length}");
            let expected = if length == 0 {
                "json-empty"
            } else {
                "json-truncated"
            };
            assert_eq!(ids(&reading), [expected], "{length}");
        }
    }
}

/// Names the same large text beside as many products as fit.
#[track_caller]
fn check_bounded(paper: &str, id: &str) {
    assert!(paper.len() < 8 << 20, "{}", paper.len());
    let reading = read(paper.as_bytes(), &ReadOptions::default());
    problem(&reading, id);
    is_safe(&reading);
    let count = match &reading.document {
        Some(Document::Advisory(advisory)) => advisory.statements.len(),
        Some(Document::Sbom(sbom)) => {
            sbom.statements.len()
                + sbom
                    .records
                    .iter()
                    .map(|record| record.affected.len())
                    .sum::<usize>()
        }
        other => panic!("{other:?}"),
    };
    assert!(count > 0 && count < 10_000, "{count}");
}

#[test]
fn statements_that_would_fill_any_memory_are_set_aside() {
    let long = "x".repeat(1 << 20);
    let list = |each: &dyn Fn(usize) -> String| {
        let each: Vec<String> = (0..20_000).map(each).collect();
        each.join(",")
    };
    let products = list(&|number| format!(r#"{{"@id":"pkg:npm/{number}"}}"#));
    let said = |flaw: &str, notes: &str, supplier: &str| {
        format!(
            r#"{{"@context":"https://openvex.dev/ns/v0.2.0","statements":[{{"vulnerability":{{"name":"{flaw}"}},"status":"fixed",
                "status_notes":"{notes}","supplier":"{supplier}","products":[{products}]}}]}}"#
        )
    };
    check_bounded(&said("CVE-2026-1", &long, ""), "openvex-too-large");
    check_bounded(&said(&long, "", ""), "openvex-too-large");
    assert_eq!(
        openvex::read(said("CVE-2026-1", "", &long).as_bytes()).summary["statements"],
        20_000
    );
    // An older statement on the same products is made before it gives way.
    let older = format!(
        r#"{{"@context":"https://openvex.dev/ns/v0.2.0","statements":[
            {{"vulnerability":{{"name":"CVE-2026-1"}},"status":"fixed","products":[{products}],"timestamp":"2026-01-02T00:00:00Z"}},
            {{"vulnerability":{{"name":"CVE-2026-1"}},"status":"fixed","products":[{products}],"timestamp":"2026-01-01T00:00:00Z","status_notes":"{long}"}}]}}"#
    );
    problem(&openvex::read(older.as_bytes()), "openvex-too-large");
    let parts = list(&|number| format!(r#""pkg:npm/{number}""#));
    let draft = format!(
        r#"{{"@context":"https://openvex.dev/ns","statements":[{{"vulnerability":"CVE-2026-1","status":"fixed","products":[{parts}],"subcomponents":[{parts}]}}]}}"#
    );
    problem(&openvex::read(draft.as_bytes()), "openvex-too-large");

    let vex = |analysis: &str, name: &str, affects: &str| {
        format!(
            r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{{"type":"library","bom-ref":"a","name":"{name}"}}],
                "vulnerabilities":[{{"id":"CVE-2026-1",{analysis}"affects":[{affects}]}}]}}"#
        )
    };
    let links = list(&|number| {
        format!(r#"{{"ref":"urn:cdx:f08a6ccd-4dce-4759-bd84-c626675d60a7/1#{number}"}}"#)
    });
    let analysis = format!(r#""analysis":{{"state":"in_triage","detail":"{long}"}},"#);
    check_bounded(&vex(&analysis, "a", &links), "cyclonedx-too-large");
    let versions = list(&|number| format!(r#"{{"version":"{number}"}}"#));
    check_bounded(
        &vex(
            &analysis,
            "a",
            &format!(r#"{{"ref":"a","versions":[{versions}]}}"#),
        ),
        "cyclonedx-too-large",
    );
    let parts = list(&|_| r#"{"ref":"a"}"#.to_owned());
    check_bounded(&vex("", &long, &parts), "cyclonedx-too-large");
}

#[test]
fn a_flaw_of_a_hundred_thousand_names_is_read_in_time() {
    let mut names = String::new();
    for number in 0..100_000 {
        write!(names, r#",{{"id":"A-{number}","source":{{"name":"N"}}}}"#).unwrap();
    }
    let vex = format!(
        r#"{{"bomFormat":"CycloneDX","specVersion":"1.6","vulnerabilities":[{{"id":"CVE-2026-1","references":[{}],"affects":[{{"ref":"a"}}]}}]}}"#,
        &names[1..]
    );
    let reading = cyclonedx::read(vex.as_bytes());
    let Some(Document::Sbom(sbom)) = &reading.document else {
        panic!("{:?}", reading.problems);
    };
    assert_eq!(sbom.records[0].aliases.len(), 100_000);
    let aliases: Vec<String> = (0..100_000)
        .map(|number| format!(r#""A-{number}""#))
        .collect();
    let flaw = format!(
        r#"{{"vulnerability":{{"name":"CVE-2026-1","aliases":[{}]}},"products":[{{"@id":"pkg:npm/a"}}],"status":"fixed"}}"#,
        aliases.join(",")
    );
    let document = format!(
        r#"{{"@context":"https://openvex.dev/ns/v0.2.0","statements":[{flaw},{flaw},{flaw}]}}"#
    );
    let reading = openvex::read(document.as_bytes());
    let Some(Document::Advisory(advisory)) = &reading.document else {
        panic!("{:?}", reading.problems);
    };
    assert_eq!(advisory.records[0].aliases.len(), 100_000);
}
