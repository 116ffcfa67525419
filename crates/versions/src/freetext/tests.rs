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
        ("< 1.99 | 2.20", "<1.99 || 2.20"),
        ("V2.0 and V3.0 and earlier", "V2.0 || <=V3.0"),
        ("882160 Gemini Dual", "`882160 Gemini Dual`"),
        ("2nd Edition", "`2nd Edition`"),
        ("620 | 650 | 650c", "`620` || `650` || 650c"),
        (
            "base units (BU)|handheld base units (HBU)",
            "`base units (BU)` || `handheld base units (HBU)`",
        ),
        ("Rev B-M", ">=B <=M"),
        ("A.01 <= C.0x | 4.0", ">=A.01 <=C.0x || 4.0"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_understood_whole_is_not_read() {
    for text in [
        "< 19.0.1 | < 18.0.1 | < 15.0.1",
        ">= V5.2.0 < V5.3 only when running on ROX II V2.14.0",
        "* running on old, unsupported operating systems such as Windows 2000",
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
