use isocenter_model::{Level, Reading};

fn read(edition: &str, members: &str) -> Reading {
    let text = format!(
        r#"{{"bomFormat": "CycloneDX", "specVersion": "{edition}", "version": 1, {members}}}"#
    );
    crate::cyclonedx::read(text.as_bytes())
}

/// The errors, as id and place.
fn errors(edition: &str, members: &str) -> Vec<String> {
    read(edition, members)
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| format!("{} {}", problem.id, problem.at))
        .collect()
}

#[track_caller]
fn check(edition: &str, members: &str, expected: &[&str]) {
    assert_eq!(errors(edition, members), expected, "{edition} {members}");
}

#[test]
fn what_is_not_read_is_held_against_the_schema_of_the_edition() {
    let of_component = |member: &str| {
        format!(r#""components": [{{"type": "library", "name": "a", "version": "1", {member}}}]"#)
    };
    for (edition, member, expected) in [
        ("1.4", r#""copyright": "x", "modified": false"#, None),
        (
            "1.4",
            r#""copyright": 5"#,
            Some("cyclonedx-value-malformed /components/0/copyright"),
        ),
        (
            "1.4",
            r#""modified": "no""#,
            Some("cyclonedx-value-malformed /components/0/modified"),
        ),
        (
            "1.4",
            r#""mime-type": "text""#,
            Some("cyclonedx-value-malformed /components/0/mime-type"),
        ),
        (
            "1.4",
            r#""evidence": {"licenses": [], "place": 1}"#,
            Some("cyclonedx-property-unknown /components/0/evidence/place"),
        ),
        // Until 1.3 the schema allows any member.
        ("1.3", r#""evidence": {"licenses": [], "place": 1}"#, None),
        // One form in 1.5, a list of it as well since 1.6.
        (
            "1.5",
            r#""evidence": {"identity": {"field": "name"}}"#,
            None,
        ),
        (
            "1.6",
            r#""evidence": {"identity": [{"field": "name"}]}"#,
            None,
        ),
        (
            "1.5",
            r#""evidence": {"identity": [{"field": "name"}]}"#,
            Some("cyclonedx-value-malformed /components/0/evidence/identity"),
        ),
        (
            "1.6",
            r#""evidence": {"identity": {"field": "shape"}}"#,
            Some("cyclonedx-word-unknown /components/0/evidence/identity/field"),
        ),
        (
            "1.6",
            r#""evidence": {"identity": [{"field": "name", "confidence": 1.5}]}"#,
            Some("cyclonedx-value-malformed /components/0/evidence/identity/0/confidence"),
        ),
        (
            "1.6",
            r#""tags": ["a", "b", 3]"#,
            Some("cyclonedx-value-malformed /components/0/tags/2"),
        ),
    ] {
        check(edition, &of_component(member), expected.as_slice());
    }
}

#[test]
fn lists_forms_and_conditions_of_the_schema_are_kept_to() {
    for (edition, members, expected) in [
        (
            "1.5",
            r#""compositions": [{"aggregate": "complete"}, {"aggregate": "complete"}]"#,
            vec!["cyclonedx-value-malformed /compositions/1"],
        ),
        (
            "1.5",
            r#""compositions": [{"assemblies": ["a"]}]"#,
            vec!["cyclonedx-property-missing /compositions/0/aggregate"],
        ),
        (
            "1.5",
            r#""metadata": {"lifecycles": [{"phase": "build", "name": "x"}]}"#,
            vec!["cyclonedx-value-malformed /metadata/lifecycles/0"],
        ),
        (
            "1.5",
            r#""metadata": {"lifecycles": [{"phase": "build"}, {"name": "x"}]}"#,
            vec![],
        ),
        (
            "1.4",
            r#""signature": {"algorithm": "ES256", "value": "x", "publicKey": {"kty": "EC", "crv": "P-256", "x": "a"}}"#,
            vec!["cyclonedx-property-missing /signature/publicKey/y"],
        ),
        (
            "1.6",
            r#""metadata": {"manufacturer": {"name": "A", "url": "https://a.example", "contact": [{"email": ""}]}}"#,
            vec!["cyclonedx-value-malformed /metadata/manufacturer/url"],
        ),
        (
            "1.6",
            r#""metadata": {"lifecycles": 5}"#,
            vec!["cyclonedx-value-malformed /metadata/lifecycles"],
        ),
    ] {
        check(edition, members, &expected);
    }
}

#[test]
fn what_came_with_a_later_edition_is_reported_once() {
    check(
        "1.3",
        r#""components": [{"type": "library", "name": "a", "version": "1", "tags": 5}]"#,
        &[],
    );
    check(
        "1.5",
        r#""components": [{"type": "library", "name": "a", "version": "1", "tags": 5}]"#,
        &["cyclonedx-property-of-later-edition /components/0/tags"],
    );
}

#[test]
fn a_message_says_what_stands_where_what_is_expected() {
    let reading = read("1.6", r#""metadata": {"lifecycles": {}}"#);
    let problem = reading
        .problems
        .iter()
        .find(|problem| problem.id == "cyclonedx-value-malformed")
        .unwrap();
    assert_eq!(
        problem.message,
        "an object stands where a list is expected; the schema of CycloneDX 1.6 does not allow it"
    );
}
