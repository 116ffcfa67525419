use super::*;

fn read(text: &str) -> String {
    match parse(text) {
        Ok(ranges) => ranges
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" || "),
        Err(why) => format!("? {why}"),
    }
}

#[test]
fn what_advisories_write_is_read() {
    for (text, expected) in [
        ("Version 1.1.0 and below", "<=1.1.0"),
        ("Versions 2.0.3 and lower", "<=2.0.3"),
        ("1.4 and all prior versions", "<=1.4"),
        ("All versions prior to 3.2 SP1", "<3.2 SP1"),
        (
            "All versions prior to 3.2 Service Pack 01",
            "<3.2 Service Pack 01",
        ),
        ("<=12.1.3", "<=12.1.3"),
        ("=< 3.5.20304.x", "<=3.5.20304.x"),
        ("R5.x", "R5.x"),
        ("4.0 or later", ">=4.0"),
        ("3.0+", ">=3.0"),
        ("All versions", "*"),
        ("vers:all/*", "*"),
        ("vers:generic/>=1.0|<2.0", ">=1.0 <2.0"),
        (">= 1.0.0  | <= 1.3.1", ">=1.0.0 <=1.3.1"),
        (">= V2.0 < V2.1.4", ">=V2.0 <V2.1.4"),
        (">= V3.0 and < V4.1", ">=V3.0 <V4.1"),
        ("All versions V14 < V14 SP3", ">=V14 <V14 SP3"),
        (
            "> 4.001 | < 4.005 | > 5.011 | < 5.017",
            ">4.001 <4.005 || >5.011 <5.017",
        ),
        ("1.1 | 1.2 | 1.4", "1.1 || 1.2 || 1.4"),
        ("6.011 and 6.012", "6.011 || 6.012"),
        ("7.1, 7.2, and 7.3", "7.1 || 7.2 || 7.3"),
        ("(Release 1.3.2 1.4.0 1.4.1)", "1.3.2 || 1.4.0 || 1.4.1"),
        ("versions 1.0 through 2.3", ">=1.0 <=2.3"),
        ("Version 1.0 to 2.3", ">=1.0 <=2.3"),
        ("from 1.0 before 2.3", ">=1.0 <2.3"),
        ("prior to 3.2 and later than 2.0", ">2.0 <3.2"),
        ("3.x prior to 3.4.2", ">=3.x <3.4.2"),
        ("between 1.0 and 2.0", ">=1.0 <=2.0"),
        ("<= 2.01 (end-of-life Nov 2017)", "<=2.01"),
        ("< V4.4 SP3 HF5", "<V4.4 SP3 HF5"),
        ("<V7.4_SP1_Update_23", "<V7.4_SP1_Update_23"),
        ("<= 1.05 F", "<=1.05 F"),
        ("<= K", "<=K"),
        ("5.x.x", "5.x.x"),
        ("< 1.99 | 2.20", "<1.99 or <=2.20"),
        (
            "< 19.0.1 | < 18.0.1 | < 15.0.1",
            "<19.0.1 or <18.0.1 or <15.0.1",
        ),
        ("prior to 3.14.25 and 3.15.18", "<3.14.25 or <=3.15.18"),
        ("1.0 and prior, 2.0", "2.0 || <=1.0"),
        (
            ">= V5.2.0 < V5.3 only when running on ROX II V2.14.0",
            ">=V5.2.0 <V5.3 if: only when running on ROX II V2.14.0",
        ),
        (
            "* running on old, unsupported operating systems such as Windows 2000",
            "* if: running on old, unsupported operating systems such as Windows 2000",
        ),
        ("All versions for Windows", "* if: for Windows"),
        ("<= 4.2 (Windows only)", "<=4.2 if: Windows only"),
        ("3.2 only", "3.2"),
        ("V2.0 and V3.0 and earlier", "V2.0 || <=V3.0"),
        ("882160 Gemini Dual", "`882160 Gemini Dual`"),
        ("2nd Edition", "`2nd Edition`"),
        ("620 | 650 | 650c", "`620` || `650` || 650c"),
        ("MMT-1711 | MMT-1712", "`MMT-1711` || `MMT-1712`"),
        ("A51200", "`A51200`"),
        ("HPW2P1", "`HPW2P1`"),
        ("04088-9000-0001", "`04088-9000-0001`"),
        ("Build 1234", "Build 1234"),
        (
            "2019a | VB30A | BT06 | R101 | 2018-1",
            "2019a || VB30A || BT06 || R101 || 2018-1",
        ),
        (
            "053L000091 (global) / 054U000091 (U.S.)",
            "`053L000091` || `054U000091`",
        ),
        (
            "base units (BU)|handheld base units (HBU)",
            "`base units (BU)` || `handheld base units (HBU)`",
        ),
        ("Rev B-M", ">=B <=M"),
        ("A.01 <= C.0x | 4.0", ">=A.01 <=C.0x || 4.0"),
        ("Revisions A.01 to C.0x and 4.0", ">=A.01 <=C.0x || 4.0"),
        ("Versions K and prior", "<=K"),
        ("<=V", "<=V"),
        ("F.0.G.0 | J.3", "F.0 || G.0 || J.3"),
        ("Versions B.02 C.02 C.03", "B.02 || C.02 || C.03"),
        ("R101 R110 and R140", "R101 || R110 || R140"),
        ("R130.2 R140 and R151", "R130.2 || R140 || R151"),
        ("Versions 1.05 F and prior", "<=1.05 F"),
        (
            "ZXP425 (10-Pack) | ZXR425 (10-Pack Canada)",
            "`ZXP425 (10-Pack)` || `ZXR425 (10-Pack Canada)`",
        ),
        ("Versions 11 12 13 and 20", "11 || 12 || 13 || 20"),
        ("and  5.028", "5.028"),
        ("14. x", "14.x"),
        ("4.24.", "4.24"),
        ("<=1.006_", "<=1.006"),
        ("FW_1.2.10.10", "1.2.10.10"),
        ("vD25 and prior", "<=D25"),
        ("software versions VB10 through VB40A", ">=VB10 <=VB40A"),
        ("all versions below VF11_HF01", "<VF11_HF01"),
        ("VB30A-VB50", ">=VB30A <=VB50"),
        ("XA30A-SP01", "XA30A-SP01"),
        ("prior to R2.1 SP3", "<R2.1 SP3"),
        ("v8.2.1.x and earlier", "<=v8.2.1.x"),
        ("1.x to 3.x", ">=1.x <=3.x"),
        ("4.0-4.3.2", ">=4.0 <=4.3.2"),
        ("2.03-08", "2.03-08"),
        ("1.4.2.0-9d9eff4", "1.4.2.0-9d9eff4"),
        ("3.1, 3.2 and 3.3", "3.1 || 3.2 || 3.3"),
        ("all versions of 5.x before 5.2.3", ">=5.x <5.2.3"),
        ("Versions 1.3.4 through to 1.5.3", ">=1.3.4 <=1.5.3"),
        ("from 1.0 up to, but not including, 2.0", ">=1.0 <2.0"),
        (
            "running software Versions 4107600010.23 and prior",
            "<=4107600010.23",
        ),
        (
            "versions prior to 3.5.16.0 are affected by this vulnerability",
            "<3.5.16.0",
        ),
        (
            "Version 8.10.0.0: 8.10.0.12 and below",
            ">=8.10.0.0 <=8.10.0.12",
        ),
        ("V4.7: < V4.7 HF27", ">=V4.7 <V4.7 HF27"),
        ("16.02.xxxx: All versions", "16.02.xxxx"),
        (
            "21c: prior to 21.7; 19c: prior to 19.1",
            ">=21c <21.7 || >=19c <19.1",
        ),
        ("11.5, 11.6 IF1, 12.0 FP1", "11.5 || 11.6 IF1 || 12.0 FP1"),
        ("4.5.0 to 4.5.3 (4.5 series)", ">=4.5.0 <=4.5.3"),
        ("All versions of 3.7 series", "3.7.x"),
        ("7.41.0 to and including 7.73.0", ">=7.41.0 <=7.73.0"),
        ("2.08 (EXC1000GX)", "2.08 if: EXC1000GX"),
        ("18.0.0 (53049)", "18.0.0"),
        (
            "2024 13.0.0 Build 92 4.10.171",
            "`2024 13.0.0 Build 92 4.10.171`",
        ),
        ("E9 113.2", "`E9 113.2`"),
        ("2.0 (and earlier)", "<=2.0"),
        ("< 6.70(ABVS.1)", "<6.70(ABVS.1)"),
        ("<= R 4.2-07P3", "<=4.2-07P3"),
        ("2023.3 (Build 9342)", "2023.3 Build 9342"),
        ("3 (Based on FDT 1.2.x)", "3"),
        ("9.97 CDI3B4B", "9.97 CDI3B4B"),
        ("vers:all/<V3.19 P006", "<V3.19 P006"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_understood_whole_is_not_read() {
    for text in [
        "< P007",
        "build 200422 and prior",
        "< V3.X.14",
        "prior to xx.35.4030",
        "FortiOS 6.0.7 and below",
        "10 Version 1607 for 32-bit Systems",
        "<=4.04E_v10.95.210.01",
        "< 8/30/2024",
        "manufactured prior to August 28",
        "<= 3.0 including 3.0 SP1",
        "1.0 for X and 2.0 for Y",
        "3.0 | 4.0 if patched",
        "< november 29 2017",
        "<May_1_2024",
        "unspecified",
        "<= 7.20 (7.50 and 7.60 may also be affected)",
        "5 digits of serial number <= 24031",
        ">= 1.0 | >= 2.4",
        ">= 4.5.0 | =< 3.5.20304",
        "NMC2 <= 6.9.6",
        "Inform II Base Unit NEW with Software 04.00.00 or newer",
        "Rev J-M | (X3/MX100 for Rev M only)",
        "<with_Nozomi_Guardian_/_CMC_23.4.1",
        "",
    ] {
        assert!(parse(text).is_err(), "{text}: {}", read(text));
    }
}

#[test]
fn a_name_in_place_of_a_version_never_says_out() {
    let models = parse("MMT-508 MiniMed pump | 650").unwrap();
    assert_eq!(
        contains(&models, Some(Scheme::Generic), "mmt-508 minimed pump"),
        Containment::In
    );
    assert_eq!(
        contains(&models, Some(Scheme::Generic), "1.2"),
        Containment::Undetermined(Reason::Named)
    );
}

#[test]
fn ends_of_unnamed_branches_decide_only_what_lies_below_or_above_all_of_them() {
    let branches = parse("prior to 1.99, 2.20 or 2.40").unwrap();
    let answer = |version| contains(&branches, Some(Scheme::Generic), version);
    assert_eq!(answer("1.98"), Containment::In);
    assert_eq!(answer("2.30"), Containment::Undetermined(Reason::Branches));
    assert_eq!(answer("2.41"), Containment::Out);
}

#[test]
fn a_condition_leaves_the_inside_open_and_the_outside_outside() {
    let ranges = parse(">= 5.2 < 5.3 only when running on ROX II").unwrap();
    let answer = |version| contains(&ranges, Some(Scheme::Generic), version);
    assert_eq!(
        answer("5.2.1"),
        Containment::Undetermined(Reason::Condition("only when running on ROX II".to_owned()))
    );
    assert_eq!(answer("5.3"), Containment::Out);
}

#[test]
fn a_listed_version_says_nothing_of_one_that_is_stated_more_or_less_exactly() {
    let listed = parse("4.0 | 6.1.5").unwrap();
    let answer = |version| contains(&listed, Some(Scheme::Generic), version);
    for version in ["4.0.5", "4.0 SP1", "6", "6.1"] {
        assert_eq!(
            answer(version),
            Containment::Undetermined(Reason::Precision),
            "{version}"
        );
    }
    for version in ["4.1", "4.05", "6.1.50", "7"] {
        assert_ne!(answer(version), Containment::In, "{version}");
    }
    assert_eq!(answer("4.1"), Containment::Out);
    assert_eq!(
        contains(&listed, Some(Scheme::SemVer), "4.0.5"),
        Containment::Out,
        "an ecosystem's own versions are exact"
    );
}

#[test]
fn a_vers_is_held_in_the_order_it_names_and_prose_in_the_callers() {
    let covers = |text, version| covers(text, Some(Scheme::Generic), version).unwrap();
    assert_eq!(covers("vers:deb/<1.0~rc1", "1.0~beta1"), Containment::In);
    assert_eq!(covers("vers:npm/1.0|>=2.0|<3.0", "2.5.0"), Containment::In);
    assert_eq!(covers("vers:all/*", "1"), Containment::In);
    assert_eq!(covers("vers:all/<V3.2", "3.1"), Containment::In);
    assert_eq!(covers("prior to 3.2", "3.2"), Containment::Out);
}

#[test]
fn a_range_in_prose_answers_like_any_other() {
    let ranges = parse("All versions prior to 3.2 SP1").unwrap();
    let answer = |version| contains(&ranges, Some(Scheme::Generic), version);
    assert_eq!(answer("3.1 SP4"), Containment::In);
    assert_eq!(answer("3.2"), Containment::In);
    assert_eq!(answer("3.2 SP1"), Containment::Out);
    assert!(matches!(answer("3.2 HF2"), Containment::Undetermined(_)));
    let series = parse("R5.x | 6.1").unwrap();
    assert_eq!(
        contains(&series, Some(Scheme::Generic), "R5.2.1"),
        Containment::In
    );
    assert_eq!(
        contains(&series, Some(Scheme::Generic), "5.9"),
        Containment::In
    );
    assert_eq!(
        contains(&series, Some(Scheme::Generic), "7.0"),
        Containment::Out
    );
}
