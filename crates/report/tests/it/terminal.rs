//! Pages as a person at a prompt reads them.

use isocenter_model::assessment::{Assessment, DISCLAIMER};
use isocenter_model::document::CheckedFile;
use isocenter_report::terminal::{self, Style};

use crate::sample;

const PLAIN: Style = Style {
    color: false,
    width: 100,
    unicode: true,
};

/// The page without the lines that every page ends in, which it must have.
fn body(page: &str) -> String {
    let words: Vec<&str> = page.split_whitespace().collect();
    assert!(
        words.join(" ").ends_with(DISCLAIMER),
        "no disclaimer at the end of:\n{page}"
    );
    let (body, _) = page.rsplit_once("\n\n").unwrap();
    format!("{body}\n")
}

#[test]
fn the_summary_says_what_to_do_first_and_who() {
    insta::assert_snapshot!(body(&terminal::summary(&sample::assessment(), &PLAIN)), @"
    Isocenter 0.1.0 · assessment of 2026-11-23 08:30 UTC

    5 devices · 3 releases · 5 findings · 4 papers
    Devices by their most pressing finding:
      3 now · 1 undetermined · 1 not examined

    Findings
      now           1  ████████████████████████████████████████
      soon          0
      planned       1  ████████████████████████████████████████
      watch         0
      undetermined  1  ████████████████████████████████████████
      1 fixed · 1 not affected

    Do first
      1. Install Polaris CT 5200 3.2.2 with the manufacturer.
         now · manufacturer must act · 3 devices · 1 finding · 86.2 points
      2. Ask the manufacturer for the build of Windows 10 IoT Enterprise.
         soon · hospital must act · 1 device · 1 finding · 12.0 points

    Find out: each fact settles findings that nobody can decide without it
      1. build of Windows 10 IoT Enterprise: settles 1 finding on 1 device (ask the manufacturer)

    Before you rely on it
      ! EPSS scores are 40 days old: fetch newer ones before you plan by them.
      ! Fjord US 7 1.4 has no bill of materials: nothing inside was examined.

    Next
      isocenter show F-3dbbf07e50                       the evidence for the most pressing finding
      isocenter show CT-1                               the device that it is on
      isocenter assess --format html --out report.html  everything, to read and print
      isocenter assess --format csv --out worklist.csv  a worklist for your maintenance system
    ");
}

#[test]
fn checked_files_say_what_is_wrong_and_where() {
    insta::assert_snapshot!(body(&terminal::checked(&sample::checked(), &PLAIN)), @"
    papers/polaris.cdx.json
      CycloneDX SBOM 1.6 · 214 components · 1.2 MB · sha256 af0c6da88d22
      error    cyclonedx-purl-malformed  /components/3/purl
               `pkg:` names no type; expected `pkg:type/name@version`.
      warning  cyclonedx-version-missing  /components/12
               The component `Windows 10 IoT Enterprise` has no version.
               hint: Ask the manufacturer for the build.

    papers/forms.zip!/polaris.xlsx
      MDS2 disclosure form HN 1-2019 · 240 answers · 81.9 kB · sha256 103e787c2e1c
      no problems

    papers/inventory.csv
      device inventory · 5 devices · 0 B
      note     inventory-column-dropped  line 1, column 9
               The column `Cost centre` has no meaning here and was dropped.
      warning  inventory-date-unreadable  Devices!F7
               `31.02.2020` is no day.

    3 files · 1 error · 2 warnings · 1 note
    ");
}

#[test]
fn long_rows_of_equal_things_are_counted() {
    let checked = &sample::checked()[0];
    let with = |path: &str, problems: usize| CheckedFile {
        path: path.to_owned(),
        problems: vec![checked.problems[0].clone(); problems],
        ..checked.clone()
    };
    let style = Style {
        color: false,
        width: 80,
        unicode: true,
    };
    let many = terminal::checked(&[with("papers/a.json", 103)], &style);
    assert!(
        many.contains("and 100 more cyclonedx-purl-malformed"),
        "{many}"
    );
    let clean: Vec<CheckedFile> = (0..70)
        .map(|n| with(&format!("cves/{n}.json"), 0))
        .collect();
    let page = terminal::checked(&clean, &style);
    assert!(
        page.contains("cves/0.json to 69.json") && page.contains("70 files, each a"),
        "{page}"
    );
    assert!(page.lines().count() < 12, "{page}");
}

#[test]
fn lists_fit_the_terminal() {
    let assessment = sample::assessment();
    let releases = &assessment.releases;
    insta::assert_snapshot!(body(&terminal::devices(&assessment.devices, &PLAIN)), @"
    device  model            version  site          role            now  soon  plan  watch  undet
    ARC-1   Boreal Archive       8.0  unstated      support           0     0     0      0      1
    CT-1    Polaris CT 5200    3.2.1  North Campus  diagnostic        1     0     1      0      0
    CT-2    Polaris CT 5200    3.2.1  unstated      interventional    1     0     1      0      0
    CT-3    POLARIS CT5200     3.2.1  unstated      unknown           1     0     1      0      0
    US-1    Fjord US 7           1.4  unstated      diagnostic        -     -     -      -      -

    5 devices
    ");
    insta::assert_snapshot!(body(&terminal::releases(releases, &PLAIN)), @"
    id            release            devices  papers      parts  exposure  now  soon  plan  watch  undet
    5025c7ec14e5  Polaris CT 5200…         3  SBOM, MDS2    214  7.0         1     0     1      0      0
    7f13fb90272e  Boreal Archive 8…        1  SBOM           38  unknown     0     0     0      0      1
    21af2830c887  Fjord US 7 1.4           1  none            0  unknown     -     -     -      -      -

    3 releases
    ");
    insta::assert_snapshot!(
        body(&terminal::components(&sample::components(), releases, &PLAIN)), @"
    id            component               version  kind     identity               in
    c0d185ee9ff9  org.apache.logging.lo…   2.14.1  library  pkg:maven/org.apache…  Polaris CT 5200 3.2.1

    1 component
    ");
    insta::assert_snapshot!(
        body(&terminal::vulnerabilities(&sample::vulnerabilities(), releases, &PLAIN)), @"
    id              severity       exploited since    EPSS  devices  title              in
    CVE-2021-44228  critical 10.0  2021-12-10       94.4 %        3  Apache Log4j2 JN…  Polaris CT 5200…

    1 vulnerability
    ");
    insta::assert_snapshot!(
        body(&terminal::findings(&assessment.findings, releases, &PLAIN)), @"
    id            urgency       points  vulnerability   component     who acts      devices  release
    F-3dbbf07e50  now             86.2  CVE-2021-44228  log4j-core…   manufacturer        3  Polaris CT…
    F-46b6bee1dc  undetermined    12.0  CVE-2020-1472   Windows 10…   manufacturer        1  Boreal Arc…
    F-e00b6efd17  planned         22.9  CVE-2022-0778   openssl 1.1…  manufacturer        3  Polaris CT…
    F-3d7d4d8d87  fixed                 CVE-2018-25032  zlib 1.2.12   manufacturer        1  Boreal Arc…
    F-f54cb96a10  not affected          CVE-2021-23841  the device…   hospital            3  Polaris CT…

    5 findings
    ");
    insta::assert_snapshot!(
        body(&terminal::documents(&assessment.sources, assessment.made, &PLAIN)), @"
    digest        kind                            name              from            age       problems
    af0c6da88d22  CycloneDX SBOM 1.6              polaris.cdx.json  Aurora Imaging  83 days   1 warning
    103e787c2e1c  MDS2 disclosure form HN 1-2019  polaris.xlsx      Aurora Imaging  660 days  none
    036a529c0cee  CycloneDX SBOM 1.4              archive.cdx.json  unstated        undated   none
    766a5ac16385  EPSS scores                     epss.csv.gz       FIRST           40 days   none

    4 documents
    ");
}

#[test]
fn the_page_of_a_device_shows_its_findings() {
    let assessment = sample::assessment();
    insta::assert_snapshot!(
        body(&terminal::device(&assessment.devices[1], &assessment, &PLAIN)), @r"
    CT-1
    now: today or at the next safe moment

    maker              Aurora Imaging
    model              Polaris CT 5200
    software version   3.2.1
    release            Aurora Imaging Polaris CT 5200 3.2.1 (5025c7ec14e5)
    serial number      PC-10077
    UDI                (01)09506000117843(21)PC-10077
    system             CT room 1
    site               North Campus
    department         Radiology
    segment            VLAN 310
    IP address         10.31.0.11
    MAC address        02:00:5e:00:53:01
    AE title           CT1
    modality           CT
    clinical role      diagnostic
    installed          2021-03-15
    retires            2031-03-31
    images             1,204 files, 2026-01-07 to 2026-10-30 (CT, SR)
    stations           CTROOM1
    institutions       North Campus
    device UIDs        1.2.826.0.1.99
    UDIs in images     (01)09506000117843(21)PC-10077
    software in images 3.2.1; OS 10.0.19044
    captured with      Example Capture Grabber 2 1.4
    written with       OFFIS_DCMTK_362 1.2.276.0.7230010.3.0.3.6.2 CT1
    seen by scan       2026-11-20 09:00 UTC at 10.31.0.11, 02:00:5E:00:53:01, ct1.imaging.example
    open 104/tcp       dicom; takes associations under any called title
    open 443/tcp       http Apache httpd 2.4.6 (CentOS) over TLS
    behaves like       Linux 3.10 - 4.11 (100 %)
    findings           1 now · 0 soon · 1 planned · 0 watch · 0 undetermined · 0 fixed · 1 not affected
    exposure           7.0 points by its MDS2 form
                       CONN-1.2.1 Yes: wired network
                       RMOT-1 Yes: remote service access

    Findings
    id            urgency       points  vulnerability   component     who acts      devices  release
    F-3dbbf07e50  now             86.2  CVE-2021-44228  log4j-core…   manufacturer        3  Polaris CT…
    F-e00b6efd17  planned         22.9  CVE-2022-0778   openssl 1.1…  manufacturer        3  Polaris CT…
    F-f54cb96a10  not affected          CVE-2021-23841  the device…   hospital            3  Polaris CT…
    ");
}

#[test]
fn the_page_of_a_release_shows_its_papers_and_exposure() {
    let assessment = sample::assessment();
    insta::assert_snapshot!(
        body(&terminal::release(&assessment.releases[0], &assessment, &PLAIN)), @"
    Aurora Imaging Polaris CT 5200 3.2.1
    now: today or at the next safe moment

    id                 5025c7ec14e5a4e1a0346ab0767177206453ecd6454dcddbb94252d0e9c3508a
    devices            CT-1, CT-2, CT-3
    bill of materials  214 components
    paper              CycloneDX SBOM polaris.cdx.json (af0c6da88d22)
    paper              MDS2 disclosure form polaris.xlsx (103e787c2e1c)
    findings           1 now · 0 soon · 1 planned · 0 watch · 0 undetermined · 0 fixed · 1 not affected
    exposure           7.0 points by its MDS2 form
                       CONN-1.2.1 Yes: wired network
                       RMOT-1 Yes: remote service access

    Findings
    id            urgency       points  vulnerability   component     who acts      devices  release
    F-3dbbf07e50  now             86.2  CVE-2021-44228  log4j-core…   manufacturer        3  Polaris CT…
    F-e00b6efd17  planned         22.9  CVE-2022-0778   openssl 1.1…  manufacturer        3  Polaris CT…
    F-f54cb96a10  not affected          CVE-2021-23841  the device…   hospital            3  Polaris CT…
    ");
    insta::assert_snapshot!(
        body(&terminal::release(&assessment.releases[2], &assessment, &PLAIN)), @"
    Aurora Imaging Fjord US 7 1.4
    not examined: no bill of materials; silence is not safety

    id                 21af2830c887159ce09e21342be0324b770531c4c14d3578c728b59f531849b9
    devices            US-1
    bill of materials  none received: nothing inside was examined
    findings           0 now · 0 soon · 0 planned · 0 watch · 0 undetermined · 0 fixed · 0 not affected
    exposure           unknown, taken as 8.0 points
                       no MDS2 form: how reachable it is, is unknown

    No findings
    ");
}

#[test]
fn the_page_of_a_finding_shows_the_sum_and_the_evidence() {
    let assessment = sample::assessment();
    insta::assert_snapshot!(
        body(&terminal::finding(&assessment.findings[0], &assessment, &PLAIN)), @"
    F-3dbbf07e50 CVE-2021-44228: Apache Log4j2 JNDI features do not protect
    affected · now (today or at the next safe moment), 86.2 points · manufacturer must act

    action             Install Polaris CT 5200 3.2.2 with the manufacturer.
    release            Aurora Imaging Polaris CT 5200 3.2.1 (5025c7ec14e5)
    devices            CT-1, CT-2, CT-3
    component          org.apache.logging.log4j/log4j-core 2.14.1
    purl               pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1
    component id       b4216d851fa7
    also in            org.apache.logging.log4j/log4j-core 2.13.3
    also known as      GHSA-jfh8-c2jp-5v3q
    severity           critical 10.0
    vector             3.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H
    known exploited    listed 2021-12-10
    EPSS               94.4 %
    description        An attacker who controls log messages can run code.
    offered            vendor fix: Polaris CT 5200 3.2.2 replaces the library.
                       https://example.org/polaris-3.2.2

    Urgency, term by term
    known exploited      35.0  listed 2021-12-10, used by ransomware
    EPSS                 14.2  94.4 %
    CVSS                 20.0  10.0 (CVSS 3.1)
    exposure              7.0  CONN-1.2.1 Yes: wired network
    clinical role        10.0  diagnostic
    sum                  86.2  now

    Evidence, the deciding piece first
    1. CVE (CNA) says affected of CVE-2021-44228
       CVE-2021-44228 speaks of this version.
       same by purl: pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1 =
       pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1; versions before the corrected version; rule
       version-in-range; document f101684f8d4f
    ");
    insta::assert_snapshot!(
        body(&terminal::finding(&assessment.findings[1], &assessment, &PLAIN)), @"
    F-46b6bee1dc CVE-2020-1472: Netlogon Elevation of Privilege Vulnerability
    undetermined · if affected it would be watch, 12.0 points · manufacturer must act

    action             Ask the manufacturer for the build of Windows 10 IoT Enterprise.
    missing fact       build of Windows 10 IoT Enterprise (ask the manufacturer)
    release            Aurora Imaging Boreal Archive 8.0 (7f13fb90272e)
    devices            ARC-1
    component          Windows 10 IoT Enterprise (no version)
    CPE                cpe:2.3:o:microsoft:windows_10:-:*:*:*:*:*:*:*
    component id       c550ae720b8e
    severity           critical 10.0
    known exploited    listed 2021-11-03
    EPSS               unknown

    Urgency, term by term
    CVSS                 12.0  unscored, taken as 6
    sum                  12.0  undetermined

    Evidence, the deciding piece first
    1. CVE (CNA) says undetermined of CVE-2020-1472
       CVE-2020-1472 speaks of this version.
       same by purl: Windows 10 IoT Enterprise = Windows 10 IoT Enterprise; versions before the
       corrected version; rule version-in-range; document f101684f8d4f
    ");
    insta::assert_snapshot!(
        body(&terminal::finding(&assessment.findings[2], &assessment, &PLAIN)), @"
    F-e00b6efd17 CVE-2022-0778: Infinite loop in BN_mod_sqrt()
    under investigation · planned (goes into the plan), 22.9 points · manufacturer must act

    action             Ask the manufacturer for a release with the correction.
    release            Aurora Imaging Polaris CT 5200 3.2.1 (5025c7ec14e5)
    devices            CT-1, CT-2, CT-3
    component          openssl 1.1.1k
    purl               pkg:generic/openssl@1.1.1k
    component id       c711f4714ef0
    severity           high 7.5
    known exploited    not listed
    EPSS               6.1 %
    without statement  the matches alone say affected

    Urgency, term by term
    EPSS                  0.9  6.1 %
    CVSS                 15.0  7.5 (CVSS 3.1)
    exposure              7.0  CONN-1.2.1 Yes: wired network
    sum                  22.9  planned

    Evidence, the deciding piece first
    1. VEX AUR-2026-004 (Aurora Imaging) says under investigation of CVE-2022-0778
       The manufacturer says that it is looking into it.
       same by product name: Aurora Imaging Polaris CT 5200 3.2.1 = Aurora Imaging Polaris CT 5200;
       versions 3.2.1; rule statement-overrides; document 5d3932f4a2ad
    2. CVE (CNA) says under investigation of CVE-2022-0778
       CVE-2022-0778 speaks of this version.
       same by purl: pkg:generic/openssl@1.1.1k = pkg:generic/openssl@1.1.1k; versions before the
       corrected version; rule version-in-range; document f101684f8d4f
    ");
}

#[test]
fn the_pages_of_a_component_a_flaw_and_a_document() {
    let assessment = sample::assessment();
    let component = &sample::components()[0];
    insta::assert_snapshot!(
        body(&terminal::component(component, &assessment, &PLAIN)), @"
    org.apache.logging.log4j/log4j-core 2.14.1

    id                 c0d185ee9ff96dd5d94d0df3acacbe9af7addd7255038e24b8571366740dd031
    kind               library
    version            2.14.1
    purl               pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1
    CPE                cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*
    supplier           The Apache Software Foundation
    description        The Apache Log4j implementation
    licences           Apache-2.0
    hash               SHA-256 ade7402a70667a727635d5c4c29495f4ff96f061f12539763f6f123973b465b0
    property           End-of-Support: 2024-01-01
    support            no longer maintained
    end of support     2024-01-01
    in release         Aurora Imaging Polaris CT 5200 3.2.1

    No findings
    ");
    let vulnerability = &sample::vulnerabilities()[0];
    insta::assert_snapshot!(
        body(&terminal::vulnerability(vulnerability, &assessment, &PLAIN)), @"
    CVE-2021-44228: Apache Log4j2 JNDI features do not protect

    also known as      GHSA-jfh8-c2jp-5v3q
    severity           critical 10.0
    known exploited    listed 2021-12-10
    EPSS               94.4 %
    open on            3 devices
    description        An attacker who controls log messages can run code.
    in release         Aurora Imaging Polaris CT 5200 3.2.1

    Findings
    id            urgency  points  vulnerability   component          who acts      devices  release
    F-3dbbf07e50  now        86.2  CVE-2021-44228  log4j-core 2.14.1  manufacturer        3  Polaris CT…
    ");
    let source = &assessment.sources[0];
    insta::assert_snapshot!(
        body(&terminal::document(source, assessment.made, &PLAIN)), @"
    polaris.cdx.json

    kind               CycloneDX SBOM 1.6
    digest             af0c6da88d2294aae24b946edfb86207db7e6f0e43c5f3604c3eeb88e3a689ea
    from               Aurora Imaging
    dated              2026-09-01 00:00 UTC (age: 83 days)
    imported           2026-11-23 08:00 UTC by biomed
    components         214
    problems           1 warning

    warning  cyclonedx-version-missing  /components/12
      The component `Windows 10 IoT Enterprise` has no version.
      hint: Ask the manufacturer for the build.
    ");
}

/// Every page, for rules that hold on all of them.
fn pages(assessment: &Assessment, style: &Style) -> Vec<String> {
    let releases = &assessment.releases;
    let made = assessment.made;
    vec![
        terminal::summary(assessment, style),
        terminal::checked(&sample::checked(), style),
        terminal::devices(&assessment.devices, style),
        terminal::releases(releases, style),
        terminal::components(&sample::components(), releases, style),
        terminal::vulnerabilities(&sample::vulnerabilities(), releases, style),
        terminal::findings(&assessment.findings, releases, style),
        terminal::documents(&assessment.sources, made, style),
        terminal::device(&assessment.devices[1], assessment, style),
        terminal::release(&assessment.releases[0], assessment, style),
        terminal::finding(&assessment.findings[0], assessment, style),
        terminal::component(&sample::components()[0], assessment, style),
        terminal::vulnerability(&sample::vulnerabilities()[0], assessment, style),
        terminal::document(&assessment.sources[0], made, style),
    ]
}

#[test]
fn colour_adds_nothing_that_plain_text_does_not_say() {
    let assessment = sample::assessment();
    let colored = Style {
        color: true,
        ..PLAIN
    };
    for (plain, colored) in pages(&assessment, &PLAIN)
        .into_iter()
        .zip(pages(&assessment, &colored))
    {
        assert!(!plain.contains('\u{1b}'));
        assert!(colored.contains('\u{1b}'));
        let mut stripped = String::new();
        let mut rest = colored.as_str();
        while let Some((before, after)) = rest.split_once('\u{1b}') {
            stripped.push_str(before);
            rest = after.split_once('m').unwrap().1;
        }
        stripped.push_str(rest);
        assert_eq!(stripped, plain);
    }
}

#[test]
fn pages_keep_to_the_width_and_to_ascii_when_asked() {
    let mut assessment = sample::assessment();
    assessment.formula = String::new();
    let narrow = Style {
        color: false,
        width: 72,
        unicode: false,
    };
    for page in pages(&assessment, &narrow) {
        assert!(page.is_ascii(), "not ASCII: {page}");
        assert!(page.ends_with('\n'));
        for line in page.lines() {
            assert!(line == line.trim_end(), "blanks at the end of {line:?}");
        }
    }
    for page in pages(&assessment, &PLAIN) {
        for line in page.lines() {
            assert!(line.chars().count() <= 100, "too long: {line}");
        }
    }
}

#[test]
fn hostile_names_do_not_reach_the_terminal() {
    let hostile = "\u{1b}]0;owned\u{7}\u{202e}txt\u{9b}2J\r\nFAKE";
    let mut assessment = sample::assessment();
    for view in &mut assessment.devices {
        view.device.asset_id = hostile.to_owned();
        view.device.model = hostile.to_owned();
        view.device.site = Some(hostile.to_owned());
        view.note = Some(hostile.to_owned());
    }
    for view in &mut assessment.releases {
        view.release.model = hostile.to_owned();
        view.exposure.reasons = vec![hostile.to_owned()];
    }
    for view in &mut assessment.findings {
        view.title = Some(hostile.to_owned());
        view.description = Some(hostile.to_owned());
        view.vector = Some(hostile.to_owned());
        view.finding.action = hostile.to_owned();
        view.finding.vulnerability = hostile.to_owned();
        view.finding.aliases = vec![hostile.to_owned()];
        if let Some(part) = &mut view.finding.component {
            part.name = hostile.to_owned();
            part.purl = Some(hostile.to_owned());
        }
        for piece in &mut view.finding.evidence {
            piece.explanation = hostile.to_owned();
            piece.range = hostile.to_owned();
        }
        for term in &mut view.urgency.terms {
            term.value = hostile.to_owned();
            term.name = hostile.to_owned();
        }
        for offered in &mut view.finding.remediations {
            offered.category = hostile.to_owned();
            offered.url = Some(hostile.to_owned());
        }
    }
    for source in &mut assessment.sources {
        source.name = hostile.to_owned();
        source.origin = Some(hostile.to_owned());
        source.actor = hostile.to_owned();
        source.version = Some(hostile.to_owned());
        source.summary = vec![(hostile.to_owned(), 1)];
    }
    for action in &mut assessment.actions {
        action.text = hostile.to_owned();
    }
    for group in &mut assessment.missing {
        group.text = hostile.to_owned();
    }
    assessment.cautions = vec![hostile.to_owned()];
    for page in pages(&assessment, &PLAIN) {
        for character in ['\u{1b}', '\u{7}', '\u{202e}', '\u{9b}', '\r'] {
            assert!(!page.contains(character), "{character:?} in:\n{page}");
        }
        assert!(!page.contains("\nFAKE"), "a forged line in:\n{page}");
    }
}
