//! Every fact reads back as it was put, whatever of it is filled.

use isocenter_model::Digest;
use isocenter_model::applicability::{Configuration, CpeMatch, Node, Operator};
use isocenter_model::assessment::Counts;
use isocenter_model::component::{Component, ComponentKind, Hash, Property, Sbom, SbomComponent};
use isocenter_model::finding::{
    ComponentRef, Decision, Evidence, Finding, MissingFact, PartyRole, Relation, Verdict,
};
use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};
use isocenter_model::lifecycle::{Milestone, MilestoneKind, Moment, Support, SupportLevel};
use isocenter_model::problem::Place;
use isocenter_model::product::{
    ClinicalRole, Device, ProductReference, Release, VersionExpression,
};
use isocenter_model::recall::{Recall, RecallClass};
use isocenter_model::statement::{Remediation, Statement, Status};
use isocenter_model::vulnerability::{
    AffectedProduct, Bound, RangeEvent, RecordState, Reference, Score, Ssvc, VersionEntry,
    VersionSpan, VulnerabilityRecord,
};
use isocenter_store::{RecordScope, StoredPair, StoredRecord, StoredRelease, StoredStatement};

use crate::{at, paper, put, with_store, words};

#[allow(clippy::unnecessary_wraps, reason = "most fields are optional")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn component(name: &str) -> Component {
    Component {
        kind: ComponentKind::OperatingSystem,
        group: text("microsoft"),
        name: name.to_owned(),
        version: text("10.0.19044"),
        purl: text("pkg:generic/windows@10"),
        cpes: words(&["cpe:2.3:o:microsoft:windows_10:21h2:*:*:*:*:*:*:*"]),
        swid: text("swid-1"),
        supplier: text("Microsoft"),
        description: text("\u{202e}hostile \u{1b}[31m \"quotes\""),
        licenses: words(&["MIT"]),
        hashes: vec![Hash {
            algorithm: "SHA-256".to_owned(),
            value: "00".to_owned(),
        }],
        properties: vec![Property {
            name: "End-of-Support".to_owned(),
            value: "2027".to_owned(),
        }],
        support: Some(Box::new(Support {
            level: Some(SupportLevel::ActivelyMaintained),
            level_written: text("active"),
            milestones: vec![Milestone {
                kind: MilestoneKind::EndOfSupport,
                at: Moment::Day("2027-10-12".parse().unwrap()),
                offer: None,
            }],
        })),
    }
}

fn remediation() -> Remediation {
    Remediation {
        category: "vendor_fix".to_owned(),
        details: "update".to_owned(),
        url: text("https://example.org"),
    }
}

fn full_record() -> VulnerabilityRecord {
    let entry = |span| VersionEntry {
        span,
        status: Status::Affected,
        scheme: text("semver"),
        changes: vec![("1.2".to_owned(), Status::NotAffected)],
    };
    let bound = |version: &str, inclusive| Bound {
        version: version.to_owned(),
        inclusive,
    };
    VulnerabilityRecord {
        id: "CVE-2026-0001".to_owned(),
        source: "CVE".to_owned(),
        aliases: words(&["GHSA-1"]),
        related: words(&["CVE-2025-1"]),
        state: RecordState::Rejected,
        title: text("title"),
        description: text("description"),
        published: Some(at("2026-01-01T00:00:00.123Z")),
        modified: Some(at("2026-02-01T00:00:00Z")),
        affected: vec![AffectedProduct {
            asserted_by: "CNA x".to_owned(),
            vendor: text("v"),
            product: text("p"),
            package_name: text("n"),
            collection_url: text("https://example.org"),
            ecosystem: text("Debian:12"),
            purl: text("pkg:npm/n"),
            cpes: words(&["cpe:2.3:a:v:p:*:*:*:*:*:*:*:*"]),
            platforms: words(&["Linux"]),
            default_status: Status::NotAffected,
            versions: vec![
                entry(VersionSpan::All),
                entry(VersionSpan::Exact("1".to_owned())),
                entry(VersionSpan::Text("all before noon".to_owned())),
                entry(VersionSpan::Between {
                    from: Some(bound("1", true)),
                    to: None,
                }),
                entry(VersionSpan::Between {
                    from: None,
                    to: Some(bound("2", false)),
                }),
                entry(VersionSpan::OneOf(words(&["1", "2"]))),
                entry(VersionSpan::Events(vec![
                    RangeEvent::Introduced("0".to_owned()),
                    RangeEvent::Fixed("1".to_owned()),
                    RangeEvent::LastAffected("2".to_owned()),
                    RangeEvent::Limit("3".to_owned()),
                ])),
            ],
        }],
        configurations: vec![Configuration {
            asserted_by: "NVD".to_owned(),
            tree: Node {
                operator: Operator::And,
                negate: true,
                nodes: vec![Node::default()],
                matches: vec![
                    CpeMatch {
                        vulnerable: true,
                        criteria: "cpe:2.3:a:v:p:*:*:*:*:*:*:*:*".to_owned(),
                        from: Some(bound("1", false)),
                        to: Some(bound("2", true)),
                        id: text("D9342DC4-2928-49B6-AACA-95B3DE9C994A"),
                    },
                    CpeMatch::default(),
                ],
            },
        }],
        scores: vec![Score {
            version: "3.1".to_owned(),
            vector: "CVSS:3.1/AV:N".to_owned(),
            base: 9.8,
            severity: "CRITICAL".to_owned(),
            source: "CNA x".to_owned(),
        }],
        ssvc: Some(Ssvc {
            exploitation: text("active"),
            ..Ssvc::default()
        }),
        known_exploited: Some("2026-01-02".parse().unwrap()),
        weaknesses: words(&["CWE-79"]),
        tags: words(&["disputed"]),
        references: vec![Reference {
            url: "https://example.org/1".to_owned(),
            tags: words(&["Patch"]),
        }],
        recall: Some(Recall {
            class: Some(RecallClass::Two),
            reason: text("reason"),
            status: text("Ongoing"),
            initiated: Some("2026-01-02".parse().unwrap()),
            terminated: Some("2026-01-03".parse().unwrap()),
            units: text("SN 1"),
            event: text("7"),
        }),
        remediations: vec![remediation()],
    }
}

#[test]
fn records_keep_every_field() {
    with_store(|store| async move {
        let row = paper("a", None);
        put(&store, &row).await;
        let empty = VulnerabilityRecord {
            id: "CVE-2".to_owned(),
            ..VulnerabilityRecord::default()
        };
        for record in [full_record(), empty] {
            let stored = StoredRecord {
                record: record.clone(),
                digest: row.digest,
                keys: words(&["k"]),
            };
            let mut transaction = store.begin().await.unwrap();
            transaction
                .put_records(&row.digest, RecordScope::Paper, &[stored])
                .await
                .unwrap();
            transaction.commit().await.unwrap();
            let found = store
                .records_by_alias(std::slice::from_ref(&record.id))
                .await
                .unwrap();
            let [(_, read, document)] = found.as_slice() else {
                panic!("{found:?}")
            };
            assert_eq!((read, document), (&record, &row.digest));
        }
    });
}

#[test]
fn a_bill_of_materials_keeps_its_parts_their_nesting_and_each_papers_own_words() {
    with_store(|store| async move {
        let placed = |name: &str, parent| SbomComponent {
            reference: text(name),
            parent,
            scope: text("required"),
            component: component(name),
        };
        let sbom = Sbom {
            name: text("scanner-sbom"),
            serial_number: text("urn:uuid:1"),
            revision: Some(3),
            made: Some(at("2026-01-01T00:00:00Z")),
            subject: Some(placed("Scanner", None)),
            manufacturer: text("Example Medical"),
            components: vec![
                placed("a", None),
                placed("b", Some(0)),
                placed("a", Some(1)),
            ],
            services: 2,
            dependencies: vec![
                ("a".to_owned(), "b".to_owned()),
                ("a".to_owned(), "b".to_owned()),
            ],
            ..Sbom::default()
        };
        let mut other = sbom.clone();
        other.components.truncate(1);
        other.components.first_mut().unwrap().component.description = text("in other words");

        let release = StoredRelease {
            id: Digest::of(b"release"),
            release: Release {
                manufacturer: "Example Medical".to_owned(),
                model: "Scanner".to_owned(),
                version: None,
            },
            maker_key: "examplemedical".to_owned(),
            model_key: "scanner".to_owned(),
        };
        let papers = [(paper("1", None), &sbom), (paper("2", None), &other)];
        for (row, sbom) in &papers {
            let mut transaction = store.begin().await.unwrap();
            transaction.put_document(row).await.unwrap();
            transaction
                .put_releases(std::slice::from_ref(&release))
                .await
                .unwrap();
            transaction
                .put_release_documents(&row.digest, &[release.id])
                .await
                .unwrap();
            transaction
                .put_sbom(&row.digest, Some(&release.id), sbom)
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        for (row, sbom) in &papers {
            assert_eq!(store.sbom(&row.digest).await.unwrap().as_ref(), Some(*sbom));
        }
        assert_eq!(store.components().await.unwrap().len(), 2);
        assert_eq!(store.component_places().await.unwrap().len(), 4);
        assert_eq!(
            store.releases().await.unwrap(),
            std::slice::from_ref(&release)
        );
        assert_eq!(store.release_documents().await.unwrap().len(), 2);
        let sboms = store.sboms().await.unwrap();
        assert!(
            sboms.iter().all(|sbom| sbom.release == Some(release.id)),
            "{sboms:?}"
        );
        assert_eq!(store.sbom(&Digest::of(b"none")).await.unwrap(), None);
    });
}

#[test]
fn statements_keep_every_field_and_are_found_by_key() {
    with_store(|store| async move {
        let row = paper("vex", None);
        put(&store, &row).await;
        let product = |version| ProductReference {
            reference: text("CSAFPID-1"),
            vendor: text("v"),
            name: "n".to_owned(),
            version,
            purl: text("pkg:npm/n"),
            cpe: text("cpe:/a:v:n"),
            model_numbers: words(&["m"]),
            serial_numbers: words(&["s"]),
            skus: words(&["k"]),
            hashes: vec![Hash {
                algorithm: "MD5".to_owned(),
                value: "0".to_owned(),
            }],
        };
        let statement = Statement {
            vulnerability: "CVE-2026-0001".to_owned(),
            aliases: words(&["ICSMA-1"]),
            product: product(VersionExpression::Range("<2".to_owned())),
            component: Some(product(VersionExpression::All)),
            status: Status::UnderInvestigation,
            justification: text("code_not_reachable"),
            detail: text("d"),
            remediations: vec![remediation()],
            author: text("Example Medical"),
            issued: Some(at("2026-01-01T00:00:00Z")),
        };
        let bare = Statement {
            vulnerability: "X".to_owned(),
            ..Statement::default()
        };
        let stored = |statement: &Statement, key: &str| StoredStatement {
            statement: statement.clone(),
            keys: words(&[key, "both"]),
        };
        let mut transaction = store.begin().await.unwrap();
        let both = [stored(&statement, "one"), stored(&bare, "two")];
        transaction
            .put_statements(&row.digest, &both)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let found = store.statement_ids_by_keys(&words(&["one"])).await.unwrap();
        let [(key, id)] = found.as_slice() else {
            panic!("{found:?}")
        };
        assert_eq!(key, "one");
        assert_eq!(
            store.statements(&[*id]).await.unwrap(),
            [(*id, statement, row.digest)]
        );
        assert_eq!(
            store
                .statement_ids_by_keys(&words(&["both"]))
                .await
                .unwrap()
                .len(),
            2
        );
        assert_eq!(store.all_statements().await.unwrap().len(), 2);
        assert_eq!(store.statement_count().await.unwrap(), 2);
    });
}

#[test]
fn forms_keep_every_answer() {
    with_store(|store| async move {
        let row = paper("form", None);
        put(&store, &row).await;
        let values = [
            AnswerValue::Yes,
            AnswerValue::No,
            AnswerValue::NotApplicable,
            AnswerValue::SeeNote,
            AnswerValue::Text("text".to_owned()),
            AnswerValue::Date("2026-02-28".parse().unwrap()),
            AnswerValue::Blank,
        ];
        let form = DisclosureForm {
            edition: FormEdition::Hn1_2019,
            manufacturer: text("Example Medical"),
            description: None,
            models: words(&["A", "B"]),
            document_id: text("D-1"),
            software_version: text("1"),
            released: Some("2026-02-28".parse().unwrap()),
            answers: values
                .into_iter()
                .map(|value| Answer {
                    question: "SAHD-15".to_owned(),
                    printed: "SHAD-15".to_owned(),
                    value,
                    remark: text("r"),
                    note: text("Note 1"),
                    at: Place::cell("mds2-form", 3, 4),
                })
                .collect(),
            notes: vec![("Note 1".to_owned(), "text".to_owned())],
        };
        let mut transaction = store.begin().await.unwrap();
        transaction.put_form(&row.digest, &[], &form).await.unwrap();
        transaction.commit().await.unwrap();
        let forms = store.forms().await.unwrap();
        assert_eq!(forms.first().map(|stored| &stored.form), Some(&form));
    });
}

#[test]
fn devices_come_by_asset_id_the_newer_inventory_first() {
    with_store(|store| async move {
        let device = |asset: &str, site: &str| Device {
            asset_id: asset.to_owned(),
            manufacturer: "Example Medical".to_owned(),
            model: "Scanner".to_owned(),
            site: text(site),
            clinical_role: ClinicalRole::Interventional,
            installed: Some("2019-01-01".parse().unwrap()),
            planned_retirement: Some("2029-01-01".parse().unwrap()),
            ..Device::default()
        };
        let release = Digest::of(b"release");
        for (name, dated, devices) in [
            ("new", "2026-05-01T00:00:00Z", vec![device("CT-2", "new")]),
            (
                "old",
                "2026-01-01T00:00:00Z",
                vec![device("CT-2", "old"), device("CT-1", "old")],
            ),
        ] {
            let mut row = paper(name, None);
            row.dated = Some(at(dated));
            let mut transaction = store.begin().await.unwrap();
            transaction.put_document(&row).await.unwrap();
            transaction
                .put_release(&release, &Release::default(), "", "")
                .await
                .unwrap();
            let devices: Vec<_> = devices
                .into_iter()
                .map(|device| (device, release))
                .collect();
            transaction
                .put_devices(&row.digest, &devices)
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        let devices = store.devices().await.unwrap();
        let devices: Vec<_> = devices.into_iter().map(|stored| stored.device).collect();
        assert_eq!(
            devices,
            [
                device("CT-1", "old"),
                device("CT-2", "new"),
                device("CT-2", "old")
            ]
        );
    });
}

#[test]
fn a_paper_that_is_read_again_forgets_the_devices_of_its_first_reading() {
    with_store(|store| async move {
        let release = Digest::of(b"release");
        let mut row = paper("inventory", None);
        let device = |asset: &str| Device {
            asset_id: asset.to_owned(),
            ..Device::default()
        };
        for (again, asset) in [(false, "first"), (true, "second")] {
            let mut transaction = store.begin().await.unwrap();
            if again {
                row.read_with = "mapping".to_owned();
                transaction.reread_document(&row).await.unwrap();
            } else {
                transaction.put_document(&row).await.unwrap();
            }
            transaction
                .put_release(&release, &Release::default(), "", "")
                .await
                .unwrap();
            transaction
                .put_devices(&row.digest, &[(device(asset), release)])
                .await
                .unwrap();
            transaction
                .put_original(&row.digest, asset.as_bytes())
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        let devices = store.devices().await.unwrap();
        assert_eq!(devices.len(), 1);
        assert_eq!(devices.first().unwrap().device, device("second"));
        assert_eq!(store.original(&row.digest).await.unwrap(), b"second");
        assert_eq!(store.document(&row.digest).await.unwrap(), Some(row));
    });
}

#[test]
fn findings_and_counts_replace_each_other_and_keep_every_field() {
    with_store(|store| async move {
        let row = paper("a", None);
        put(&store, &row).await;
        let release = Digest::of(b"release");
        let part = |name: &str| ComponentRef {
            id: Digest::of(name.as_bytes()),
            name: name.to_owned(),
            version: text("1"),
            purl: text("pkg:npm/a"),
            cpe: text("cpe:/a:b:c"),
            kind: "library".to_owned(),
        };
        let finding = Finding {
            id: "F-0123456789".to_owned(),
            release,
            vulnerability: "CVE-2026-0001".to_owned(),
            aliases: words(&["GHSA-1"]),
            component: Some(part("a")),
            other_components: vec![part("b")],
            verdict: Verdict::Undetermined,
            matched_verdict: Some(Verdict::Affected),
            evidence: vec![Evidence {
                record: "CVE-2026-0001".to_owned(),
                source: "CVE".to_owned(),
                asserted_by: "CNA x".to_owned(),
                document: Some(row.digest),
                relation: Relation::Cpe,
                subject: "s".to_owned(),
                object: "o".to_owned(),
                range: "< 2".to_owned(),
                rule: "version-in-range".to_owned(),
                verdict: Verdict::Affected,
                explanation: "because".to_owned(),
            }],
            missing: Some(MissingFact {
                kind: "component-version".to_owned(),
                about: "a".to_owned(),
                fact: "version of a".to_owned(),
                ask: PartyRole::Manufacturer,
            }),
            remediations: vec![remediation()],
            owner: PartyRole::HealthDeliveryOrganization,
            action: "ask".to_owned(),
        };
        let counts = Counts {
            now: 1,
            soon: 2,
            planned: 3,
            watch: 4,
            undetermined: 5,
            fixed: 6,
            not_affected: 7,
        };
        for _ in 0..2 {
            let mut transaction = store.begin().await.unwrap();
            transaction
                .put_release(&release, &Release::default(), "", "")
                .await
                .unwrap();
            transaction
                .replace_findings(std::slice::from_ref(&finding))
                .await
                .unwrap();
            transaction
                .replace_release_counts(&[(release, counts)])
                .await
                .unwrap();
            transaction.commit().await.unwrap();
        }
        assert_eq!(store.findings().await.unwrap(), [finding]);
        assert_eq!(store.release_counts().await.unwrap(), [(release, counts)]);
    });
}

#[test]
fn decisions_are_appended_and_a_repetition_is_none() {
    with_store(|store| async move {
        let decision = |status: &str, when: &str| Decision {
            item: "W-0123456789".to_owned(),
            status: status.to_owned(),
            comment: text("c"),
            actor: "anna".to_owned(),
            at: at(when),
        };
        let open = decision("open", "2026-01-01T00:00:00Z");
        let done = decision("done", "2026-02-01T00:00:00Z");
        let reopened = decision("open", "2026-03-01T00:00:00Z");
        let mut transaction = store.begin().await.unwrap();
        assert!(transaction.put_decision(&open).await.unwrap());
        assert!(
            !transaction
                .put_decision(&decision("open", "2026-01-02T00:00:00Z"))
                .await
                .unwrap()
        );
        assert!(transaction.put_decision(&done).await.unwrap());
        assert!(transaction.put_decision(&reopened).await.unwrap());
        transaction.commit().await.unwrap();
        assert_eq!(store.decisions().await.unwrap(), [open, done, reopened]);
    });
}

#[test]
fn names_of_maps_are_found_by_their_package() {
    with_store(|store| async move {
        let pair = |purl: &str, cpe: &str| StoredPair {
            purl: purl.to_owned(),
            cpe: cpe.to_owned(),
        };
        let map = paper("map", Some("identity-map:1"));
        let other = paper("other", None);
        for row in [&map, &other] {
            put(&store, row).await;
        }
        let mut transaction = store.begin().await.unwrap();
        let pairs = [pair("purl:npm/a", "cpe-a"), pair("purl:npm/a", "cpe-b")];
        transaction
            .put_identity_pairs(&map.digest, &pairs)
            .await
            .unwrap();
        let pairs = [pair("purl:npm/c", "cpe-c"), pair("purl:npm/d", "cpe-d")];
        transaction
            .put_identity_pairs(&other.digest, &pairs)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        let found = async || {
            let asked = words(&["purl:npm/a", "purl:npm/b", "purl:npm/c"]);
            let mut found = store.cpes_of_packages(&asked).await.unwrap();
            found.sort();
            found
        };
        let named = |purl: &str, cpe: &str| (purl.to_owned(), cpe.to_owned());
        assert_eq!(
            found().await,
            [
                named("purl:npm/a", "cpe-a"),
                named("purl:npm/a", "cpe-b"),
                named("purl:npm/c", "cpe-c"),
            ]
        );
        assert_eq!(store.identity_pair_count().await.unwrap(), 4);

        // A newer edition puts the older one out of force.
        let newer = paper("newer map", Some("identity-map:1"));
        put(&store, &newer).await;
        let mut transaction = store.begin().await.unwrap();
        transaction.supersede("identity-map:1").await.unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(found().await, [named("purl:npm/c", "cpe-c")]);
    });
}
