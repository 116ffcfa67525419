//! Support life, observations and validated updates: from a folder into lists.

use crate::session::Session;

#[test]
fn notices_observations_and_updates_are_kept_and_listed() {
    let session = Session::new();
    session.write(
        "papers/eol.json",
        r#"{"schema_version":"1.2.0","result":{"name":"openssl","label":"OpenSSL","identifiers":[{"type":"purl","id":"pkg:generic/openssl"}],
            "releases":[{"name":"3.0","releaseDate":"2021-09-07","eolFrom":"2026-09-07"}]}}"#,
    );
    session.write(
        "papers/notice.csv",
        "Manufacturer,Product,Version,End of Security Updates,End of Support\nNorthlight,CT 500,VB40A,2027-12-31,2030-12-31\n",
    );
    session.write(
        "papers/round.csv",
        "Asset ID,Check,Result,By,Date\nCT-1,TLS on,yes,biomed,2026-11-02\nCT-1,Default account removed,no,biomed,2026-11-02\n",
    );
    session.write(
        "papers/patches.csv",
        "Product,Version,KB,Validated,Date\nCT 500,VB40A,KB5034127,yes,2026-02-01\n",
    );
    let check = session.run(&["check", "papers"]).ends(0).text();
    for word in [
        "life-cycle dates",
        "observations on site",
        "validated updates",
    ] {
        assert!(check.contains(word), "{check}");
    }
    session
        .run(&["--workspace", "space", "import", "papers"])
        .ends(0);
    let list = |command: &str| {
        session
            .run(&["--workspace", "space", command])
            .ends(0)
            .text()
            .lines()
            .take_while(|line| !line.starts_with("Decision support"))
            .map(|line| line.trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n")
    };
    insta::assert_snapshot!(list("milestones"), @"
    product  version  milestone                when        then  maker
    OpenSSL  3.0      general availability     2021-09-07        unstated
    OpenSSL  3.0      end of security support  2026-09-07        unstated
    CT 500   VB40A    end of security support  2027-12-31        Northlight
    CT 500   VB40A    end of support           2030-12-31        Northlight

    4 milestones
    ");
    insta::assert_snapshot!(list("observations"), @"
    device  control                  result   method  by      at
    CT-1    TLS on                   present          biomed  2026-11-02
    CT-1    Default account removed  absent           biomed  2026-11-02

    2 observations
    ");
    insta::assert_snapshot!(list("updates"), @"
    update     product  version  status    date        remark
    KB5034127  CT 500   VB40A    approved  2026-02-01

    1 update
    ");
    let json = session
        .run(&[
            "--workspace",
            "space",
            "updates",
            "--format",
            "json",
            "--search",
            "kb50",
        ])
        .ends(0)
        .json();
    assert_eq!(json["updates"][0]["status"], "approved");
    let again = session
        .run(&["--workspace", "space", "import", "papers"])
        .ends(0);
    assert!(again.stderr.contains("4 already known"), "{}", again.stderr);
}

#[test]
fn a_fix_in_a_manufacturers_advisory_is_listed_with_the_validated_updates() {
    let session = Session::with_hospital();
    session
        .run(&["--workspace", "space", "import", "hospital/advisories"])
        .ends(0);
    let arguments = ["--workspace", "space", "updates", "--format", "json"];
    let json = session.run(&arguments).ends(0).json();
    insta::assert_snapshot!(serde_json::to_string_pretty(&json["updates"]).unwrap(), @r#"
    [
      {
        "date": null,
        "manufacturer": "Tarnfield Ultrasound Inc.",
        "product": "Lark P5",
        "remark": "https://tarnfield.example/lark-p5/4.2.0",
        "status": "approved",
        "update": "Update to software 4.2.0.",
        "version": "vers:semver/<4.2.0"
      }
    ]
    "#);
}

#[test]
fn a_newer_edition_of_a_notice_replaces_the_older_one() {
    let session = Session::new();
    let notice = |day: &str| format!("Product,End of Support\nCT 500,{day}\n");
    session.write("papers/notice.csv", notice("2030-12-31"));
    session
        .run(&["--workspace", "space", "import", "papers"])
        .ends(0);
    session.write("papers/notice.csv", notice("2029-12-31"));
    session
        .run(&["--workspace", "space", "import", "papers"])
        .ends(0);
    let text = session
        .run(&["--workspace", "space", "milestones"])
        .ends(0)
        .text();
    assert!(
        text.contains("2029-12-31") && !text.contains("2030-12-31"),
        "{text}"
    );
}
