//! CVE records, and what is published of them: known exploited ones, scores.

use std::fmt::Write;

pub(super) fn records() -> Vec<Vec<u8>> {
    (10_000..11_000).map(record).collect()
}

/// One in the size and shape of the list's average: about 3.9 kB, a third of it references, two containers, a
/// handful of versions.
fn record(number: usize) -> Vec<u8> {
    let mut references = String::new();
    for index in 0..8 {
        write!(
            references,
            r#"{{"url":"https://vendor{index}.example/advisories/{number}/overview","name":"Advisory {index}","tags":["vendor-advisory","x_transferred"]}},"#
        )
        .unwrap_or_default();
    }
    let references = references.trim_end_matches(',');
    let text = "A heap overflow in the parser of the service lets a remote attacker run code with the rights of the service. ".repeat(3);
    format!(
        r#"{{"dataType":"CVE_RECORD","containers":{{
"adp":[{{"title":"CVE Program Container","references":[{references}],"providerMetadata":{{"orgId":"af854a3a","shortName":"CVE","dateUpdated":"2024-08-03T10:00:00.000Z"}}}},
{{"title":"CISA ADP Vulnrichment","metrics":[
 {{"cvssV3_1":{{"scope":"UNCHANGED","version":"3.1","baseScore":9.8,"attackVector":"NETWORK","baseSeverity":"CRITICAL","vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","integrityImpact":"HIGH","userInteraction":"NONE"}}}},
 {{"other":{{"type":"ssvc","content":{{"id":"CVE-2024-{number}","role":"CISA Coordinator","options":[{{"Exploitation":"none"}},{{"Automatable":"yes"}},{{"Technical Impact":"total"}}],"version":"2.0.3","timestamp":"2024-08-02T10:00:00.0Z"}}}}}}],
 "affected":[{{"cpes":["cpe:2.3:a:acme:service:*:*:*:*:*:*:*:*"],"vendor":"acme","product":"service","versions":[{{"status":"affected","version":"0","lessThan":"7.2.{number}","versionType":"custom"}}],"defaultStatus":"unknown"}}],
 "providerMetadata":{{"orgId":"134c704f","shortName":"CISA-ADP","dateUpdated":"2024-08-02T10:00:00.0Z"}}}}],
"cna":{{"title":"Heap overflow in the parser","source":{{"discovery":"EXTERNAL"}},"credits":[{{"lang":"en","value":"A researcher","type":"finder"}}],
 "affected":[{{"vendor":"Acme","product":"Service","platforms":["Windows","Linux"],"versions":[
  {{"status":"affected","version":"6.0","lessThan":"6.4.1","versionType":"semver","changes":[{{"at":"6.3.9","status":"unaffected"}}]}},
  {{"status":"affected","version":"7.0","lessThanOrEqual":"7.2.{number}","versionType":"semver"}},
  {{"status":"affected","version":"5.9.1"}},{{"status":"unaffected","version":"7.3.0"}},{{"status":"affected","version":"< 4.0"}}],"defaultStatus":"unaffected"}}],
 "datePublic":"2024-08-01T00:00:00.000Z","references":[{references}],
 "descriptions":[{{"lang":"en","value":"{text}","supportingMedia":[{{"type":"text/html","value":"<p>{text}</p>","base64":false}}]}}],
 "problemTypes":[{{"descriptions":[{{"lang":"en","type":"CWE","cweId":"CWE-787","description":"CWE-787 Out-of-bounds Write"}}]}}],
 "providerMetadata":{{"orgId":"9119a7d8","shortName":"acme","dateUpdated":"2024-08-01T10:00:00.000Z"}}}}}},
"cveMetadata":{{"cveId":"CVE-2024-{number}","state":"PUBLISHED","dateUpdated":"2024-08-03T10:00:00.000Z","dateReserved":"2024-07-01T10:00:00.000Z","assignerOrgId":"9119a7d8","datePublished":"2024-08-01T10:00:00.000Z","assignerShortName":"acme"}},
"dataVersion":"5.1"}}"#
    )
    .into_bytes()
}

/// CISA's catalog of those that are known to be exploited.
pub(super) fn catalog() -> Vec<Vec<u8>> {
    let mut rows = String::new();
    for number in 10_000..11_500 {
        write!(
            rows,
            r#"{{"cveID":"CVE-2024-{number}","vendorProject":"Acme","product":"Service","vulnerabilityName":"Acme Service Overflow","dateAdded":"2024-08-01","shortDescription":"The service holds an overflow that lets a remote attacker run code.","requiredAction":"Apply mitigations per vendor instructions, or discontinue use of the product.","dueDate":"2024-08-22","knownRansomwareCampaignUse":"Unknown","notes":"https://vendor.example","cwes":["CWE-787"]}},"#
        )
        .unwrap_or_default();
    }
    let catalog = format!(
        r#"{{"title":"Catalog","catalogVersion":"2024.08.01","dateReleased":"2024-08-01T00:00:00Z","count":1500,"vulnerabilities":[{}]}}"#,
        rows.trim_end_matches(',')
    );
    vec![catalog.into_bytes()]
}

/// FIRST's table of scores.
pub(super) fn scores() -> Vec<Vec<u8>> {
    let mut table =
        "#model_version:v2025.03.14,score_date:2025-08-25T00:00:00+0000\ncve,epss,percentile\n"
            .to_owned();
    for number in 10_000..110_000 {
        writeln!(table, "CVE-2024-{number},0.0{number},0.1{number}").unwrap_or_default();
    }
    vec![table.into_bytes()]
}
