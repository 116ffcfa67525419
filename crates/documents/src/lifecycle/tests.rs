use std::fmt::Write as _;

use isocenter_model::lifecycle::{LifecycleEntry, Moment};
use isocenter_model::product::VersionExpression;
use isocenter_model::{Document, DocumentKind};

use super::read;

/// The entries in short, then the problems.
fn told(text: &str) -> String {
    assert_eq!(
        crate::recognise(text.as_bytes()),
        DocumentKind::Lifecycle,
        "{text}"
    );
    let reading = read(text.as_bytes());
    let mut lines = vec![reading.version.clone().unwrap_or_default()];
    if let Some(Document::Lifecycle(notice)) = &reading.document {
        lines.extend(notice.entries.iter().map(line));
    }
    lines.extend(
        reading
            .problems
            .iter()
            .map(|problem| format!("! {} {} {}", problem.id, problem.at, problem.message)),
    );
    lines.join("\n")
}

fn line(entry: &LifecycleEntry) -> String {
    let version = match &entry.product.version {
        VersionExpression::Unstated => "?",
        VersionExpression::All => "all",
        VersionExpression::Exact(text) | VersionExpression::Range(text) => text,
    };
    let mut line = format!("{} {version}:", entry.product.name);
    for milestone in &entry.milestones {
        let at = match &milestone.at {
            Moment::Day(day) => day.to_string(),
            Moment::Words(words) => format!("“{words}”"),
            other => format!("{other:?}"),
        };
        write!(line, " {} {at}", milestone.kind.as_str()).unwrap();
        if let Some(offer) = &milestone.offer {
            write!(line, " ({offer})").unwrap();
        }
        line += ";";
    }
    if let Some(successor) = &entry.successor {
        write!(line, " then {successor}").unwrap();
    }
    line
}

#[test]
fn endoflife_writes_a_day_or_only_whether_it_is_past() {
    insta::assert_snapshot!(told(r#"{"schema_version":"1.2.0","total":3,"result":[
        {"name":"openssl","label":"OpenSSL","identifiers":[{"type":"purl","id":"pkg:generic/openssl"},{"type":"repology","id":"openssl"}],
         "releases":[{"name":"3.0","label":"3.0 LTS","releaseDate":"2021-09-07","isLts":true,"eoasFrom":"2025-09-07","eolFrom":"2026-09-07","latest":{"name":"3.0.17"}},
                     {"name":"1.0.2","releaseDate":"2015-01-22","isEol":true,"eolFrom":null,"isEoes":false},
                     {"name":7},{"releaseDate":"2020-01-01"},
                     {"name":"x","eolFrom":"soon"}]},
        {"label":"no name"}]}"#), @"
    endoflife.date 1.2.0
    OpenSSL 3.0.*: general availability 2021-09-07; end of development 2025-09-07; end of security support 2026-09-07;
    OpenSSL 1.0.2.*: general availability 2015-01-22; end of security support Reached; end of support NotReached;
    OpenSSL x:
    ! lifecycle-count-differs /total the answer says that it has 3 products and has 2
    ! json-value-set-aside /result/0/releases/2/name the value was set aside: invalid type: integer `7`, expected a string
    ! lifecycle-release-missing /result/0/releases/2 the release has no name and was set aside
    ! lifecycle-release-missing /result/0/releases/3 the release has no name and was set aside
    ! lifecycle-date-malformed /result/0/releases/4/eolFrom 'soon' is no day; YYYY-MM-DD is expected
    ! lifecycle-product-missing /result/1 the product has no name and was set aside
    ");
}

#[test]
fn one_product_of_endoflife_is_read_as_all_of_them_are() {
    insta::assert_snapshot!(told(r#"{"schema_version":"1.2.0","last_modified":"2026-11-01T00:00:00+00:00","result":
        {"name":"windows","label":"Microsoft Windows","releases":[{"name":"10-1809-e-lts","eolFrom":"2029-01-09"}]}}"#), @"
    endoflife.date 1.2.0
    Microsoft Windows 10-1809-e-lts: end of security support 2029-01-09;
    ");
}

#[test]
fn a_cle_event_counts_for_each_version_until_it_is_withdrawn() {
    insta::assert_snapshot!(told(r#"{"$schema":"https://example.com/cle.v1.0.0.json","identifier":"pkg:generic/dcm-server","updatedAt":"2026-01-02T00:00:00Z",
        "definitions":{"support":[{"id":"std","description":"Standard support"}]},
        "events":[
          {"id":6,"type":"withdrawn","effective":"2026-01-02T00:00:00Z","published":"2026-01-02T00:00:00Z","eventId":3},
          {"id":5,"type":"supersededBy","effective":"2026-01-01T00:00:00Z","versions":[{"version":"1.0"}],"supersededByVersion":"2.0"},
          {"id":4,"type":"endOfSupport","effective":"2027-01-01T00:00:00Z","versions":[{"range":"vers:generic/<2"},"2.5"],"supportId":"std"},
          {"id":3,"type":"endOfLife","effective":"2025-01-01T00:00:00Z"},
          {"id":2,"type":"endOfDevelopment","effective":"2026-01-01T00:00:00Z","supportId":"gold"},
          {"id":1,"type":"released","effective":"2019-01-01T00:00:00Z","version":"1.0"},
          {"type":"celebrated","effective":"2019-01-01T00:00:00Z"},
          {"type":"endOfLife","effective":"never"}]}"#), @"
    CLE 1.0.0
    pkg:generic/dcm-server 1.0: superseded 2026-01-01; then 2.0
    pkg:generic/dcm-server vers:generic/<2: end of security support 2027-01-01 (Standard support);
    pkg:generic/dcm-server 2.5: end of security support 2027-01-01 (Standard support);
    pkg:generic/dcm-server all: end of development 2026-01-01 (gold);
    pkg:generic/dcm-server 1.0: general availability 2019-01-01;
    ! lifecycle-offer-undefined /events/4/supportId the support offer 'gold' is not defined
    ! lifecycle-event-unknown /events/6/type 'celebrated' is no event of CLE 1.0.0; the event was set aside
    ! lifecycle-date-malformed /events/7/effective 'never' is no time; the event was set aside
    ");
}

#[test]
fn openeox_binds_its_core_to_products_or_says_that_it_does_not() {
    insta::assert_snapshot!(told(r#"{"$schema":"https://docs.oasis-open.org/openeox/tbd/schema/shell.json","statements":[
        {"core":{"$schema":"x","end_of_life":"tba","end_of_security_support":"2027-12-31T12:00:00Z","last_updated":"2026-02-01T12:00:00Z"},
         "productName":"CT 500","productVersion":"VB40A","vendorName":"Northlight"},
        {"core":{"end_of_life":"2025-01-01T00:00:00Z","end_of_security_support":"2026-01-01T00:00:00Z","general_availability":"2030-01-01T00:00:00Z"},
         "product":{"hardware":{"product_name":"MR 3","vendor_name":"Northlight"},"software":{"product_version":"2.1"}}},
        {"core":{"end_of_life":"tba"}}]}"#), @"
    OpenEoX 1.0
    CT 500 VB40A: end of security support 2027-12-31; end of support ToBeAnnounced;
    MR 3 2.1: general availability 2030-01-01; end of security support 2026-01-01; end of support 2025-01-01;
    ! lifecycle-order /statements/1/core the general availability of 2030-01-01 does not stand in the order of a life
    ! lifecycle-order /statements/1/core the end of support of 2025-01-01 does not stand in the order of a life
    ! lifecycle-product-missing /statements/2 the statement names no product and was set aside
    ");
    insta::assert_snapshot!(told(r#"{"end_of_life":"2025-12-31T12:00:00Z","end_of_security_support":"2025-12-31T12:00:00Z","last_updated":"2025-02-01T12:00:00Z"}"#), @"
    OpenEoX 1.0
     ?: end of security support 2025-12-31; end of support 2025-12-31;
    ! lifecycle-product-missing / the document is core information that names no product
    ");
}

#[test]
fn a_table_of_notices_is_read_with_its_words() {
    insta::assert_snapshot!(told("Life cycle overview 2026\n\nManufacturer,Product,Software Version,End of Sale,End of Security Updates,EOS,Successor,Colour\n\
        Northlight,CT 500,VB40A,2024-06-30,2027-12-31,31.12.2030,CT 700,blue\nWorkstations\nNorthlight,Viewer,,,until hardware support ends,03/04/2027,,\nNorthlight,Old,,,,,,\n"), @"
    table
    CT 500 VB40A: end of sales 2024-06-30; end of security support 2027-12-31; end of support 2030-12-31; then CT 700
    Viewer ?: end of security support “until hardware support ends”; end of support Within { first: 2027-03-04, last: 2027-04-03 };
    Old ?:
    ! lifecycle-columns-unknown line 3 1 column is not read: “Colour”
    ! lifecycle-date-unclear line 6 “03/04/2027” is no day that can be told
    ! lifecycle-dates-missing line 7 the row for Old states no date
    ");
}
