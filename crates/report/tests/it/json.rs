//! JSON as programs read it.

use std::collections::BTreeSet;

use isocenter_model::assessment::FeedView;
use isocenter_report::json;
use serde_json::Value;

use crate::sample;

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn the_answer_as_json() {
    insta::assert_snapshot!(text(json::assessment(&sample::assessment()).unwrap()));
}

#[test]
fn checked_files_have_exactly_the_promised_keys() {
    insta::assert_snapshot!(text(json::checked(&sample::checked()).unwrap()), @r#"
    [
      {
        "path": "papers/polaris.cdx.json",
        "kind": "cyclonedx",
        "version": "1.6",
        "digest": "af0c6da88d2294aae24b946edfb86207db7e6f0e43c5f3604c3eeb88e3a689ea",
        "summary": {
          "components": 214,
          "vulnerabilities": 0
        },
        "problems": [
          {
            "id": "cyclonedx-purl-malformed",
            "level": "error",
            "at": "/components/3/purl",
            "message": "`pkg:` names no type; expected `pkg:type/name@version`.",
            "hint": null
          },
          {
            "id": "cyclonedx-version-missing",
            "level": "warning",
            "at": "/components/12",
            "message": "The component `Windows 10 IoT Enterprise` has no version.",
            "hint": "Ask the manufacturer for the build."
          }
        ]
      },
      {
        "path": "papers/forms.zip!/polaris.xlsx",
        "kind": "mds2",
        "version": "HN 1-2019",
        "digest": "103e787c2e1c637a9bb3bac56b5a02643b183d99f305a3df7938d391f25c0696",
        "summary": {
          "answers": 240
        },
        "problems": []
      },
      {
        "path": "papers/inventory.csv",
        "kind": "inventory",
        "version": null,
        "digest": null,
        "summary": {
          "devices": 5
        },
        "problems": [
          {
            "id": "inventory-column-dropped",
            "level": "note",
            "at": "line 1, column 9",
            "message": "The column `Cost centre` has no meaning here and was dropped.",
            "hint": null
          },
          {
            "id": "inventory-date-unreadable",
            "level": "warning",
            "at": "Devices!F7",
            "message": "`31.02.2020` is no day.",
            "hint": null
          }
        ]
      }
    ]
    "#);
}

#[test]
fn components_and_vulnerabilities_name_their_releases() {
    let releases = sample::assessment().releases;
    insta::assert_snapshot!(text(json::components(&sample::components(), &releases).unwrap()), @r#"
    {
      "schema_version": "1.0",
      "disclaimer": "Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible.",
      "components": [
        {
          "id": "c0d185ee9ff96dd5d94d0df3acacbe9af7addd7255038e24b8571366740dd031",
          "kind": "library",
          "group": "org.apache.logging.log4j",
          "name": "log4j-core",
          "version": "2.14.1",
          "purl": "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
          "cpes": [
            "cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*"
          ],
          "swid": null,
          "supplier": "The Apache Software Foundation",
          "description": "The Apache Log4j implementation",
          "licenses": [
            "Apache-2.0"
          ],
          "hashes": [
            {
              "algorithm": "SHA-256",
              "value": "ade7402a70667a727635d5c4c29495f4ff96f061f12539763f6f123973b465b0"
            }
          ],
          "properties": [
            {
              "name": "End-of-Support",
              "value": "2024-01-01"
            }
          ],
          "support": {
            "level": "no longer maintained",
            "level_written": "inactive",
            "milestones": [
              {
                "kind": "end of support",
                "at": "2024-01-01",
                "offer": null
              }
            ]
          },
          "releases": [
            "5025c7ec14e5a4e1a0346ab0767177206453ecd6454dcddbb94252d0e9c3508a"
          ],
          "release_labels": [
            "Aurora Imaging Polaris CT 5200 3.2.1"
          ]
        }
      ]
    }
    "#);
    insta::assert_snapshot!(
        text(json::vulnerabilities(&sample::vulnerabilities(), &releases).unwrap()), @r#"
    {
      "schema_version": "1.0",
      "disclaimer": "Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible.",
      "vulnerabilities": [
        {
          "id": "CVE-2021-44228",
          "aliases": [
            "GHSA-jfh8-c2jp-5v3q"
          ],
          "title": "Apache Log4j2 JNDI features do not protect",
          "description": "An attacker who controls log messages can run code.",
          "severity": "critical",
          "score": 10.0,
          "kev": "2021-12-10",
          "epss": 0.94358,
          "devices": 3,
          "releases": [
            "5025c7ec14e5a4e1a0346ab0767177206453ecd6454dcddbb94252d0e9c3508a"
          ],
          "release_labels": [
            "Aurora Imaging Polaris CT 5200 3.2.1"
          ]
        }
      ]
    }
    "#);
}

#[test]
fn a_list_holds_the_same_objects_as_the_answer() {
    let assessment = sample::assessment();
    let whole: Value = serde_json::from_slice(&json::assessment(&assessment).unwrap()).unwrap();
    let lists = [
        ("devices", "devices", json::devices(&assessment.devices)),
        ("releases", "releases", json::releases(&assessment.releases)),
        (
            "findings",
            "findings",
            json::findings(&assessment.findings, &assessment.releases),
        ),
        (
            "documents",
            "sources",
            json::documents(&assessment.sources, assessment.made),
        ),
    ];
    for (key, in_whole, bytes) in lists {
        let list: Value = serde_json::from_slice(&bytes.unwrap()).unwrap();
        assert_eq!(list[key], whole[in_whole], "{key}");
        assert_eq!(list["disclaimer"], whole["disclaimer"]);
        assert_eq!(list["schema_version"], whole["schema_version"]);
    }
}

/// Paths of all keys below `value`: `findings[].evidence[].rule`.
fn paths(value: &Value, prefix: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let path = match prefix {
                    "" => key.clone(),
                    // Names of counts are the readers' own.
                    _ if prefix.ends_with("summary") => format!("{prefix}.*"),
                    _ => format!("{prefix}.{key}"),
                };
                found.insert(path.clone());
                paths(value, &path, found);
            }
        }
        Value::Array(items) => {
            for item in items {
                paths(item, &format!("{prefix}[]"), found);
            }
        }
        _ => {}
    }
}

/// The reference documents every field that is written, and no other.
#[test]
fn every_field_is_documented() {
    let assessment = sample::assessment();
    let releases = &assessment.releases;
    let outputs = [
        json::assessment(&assessment),
        json::checked(&sample::checked()),
        json::components(&sample::components(), releases),
        json::vulnerabilities(&sample::vulnerabilities(), releases),
        json::documents(&assessment.sources, assessment.made),
        json::feeds(&[FeedView::default()], assessment.made),
        json::lifecycle(&[sample::lifecycle()]),
        json::observations(&[sample::observation()]),
        json::updates(&[sample::update()]),
    ];
    let mut written = BTreeSet::new();
    for output in outputs {
        let value: Value = serde_json::from_slice(&output.unwrap()).unwrap();
        paths(&value, "", &mut written);
    }
    // `documents` holds the objects of `sources`, and says so instead of listing them twice.
    written.retain(|path| !path.starts_with("documents[]"));
    let reference = include_str!("../../../../docs/reference/json.md");
    let documented: BTreeSet<String> = reference
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .filter(|(path, _)| !path.starts_with("isocenter "))
        .map(|(path, _)| path.to_owned())
        .collect();
    let undocumented: Vec<_> = written.difference(&documented).collect();
    assert!(undocumented.is_empty(), "not documented: {undocumented:#?}");
    let unwritten: Vec<_> = documented.difference(&written).collect();
    assert!(
        unwritten.is_empty(),
        "documented, never written: {unwritten:#?}"
    );
}
