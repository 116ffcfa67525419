//! Sets in brackets, package relations and lists.

use super::*;

#[test]
fn maven_sets_are_alternatives_and_a_bare_version_excludes_nothing() {
    customary(
        Syntax::Maven,
        "[1.0,2.0),(2.5,)",
        "vers:maven/>=1.0|<2.0|>2.5",
    );
    customary(Syntax::Maven, "[1.0]", "vers:maven/1.0");
    customary(Syntax::Maven, "(,1.0]", "vers:maven/<=1.0");
    let soft = parse(Syntax::Maven, "1.0").unwrap();
    assert_eq!(soft.contains("1.0", Reading::Order), In);
    assert_eq!(
        soft.contains("2.0", Reading::Order),
        Containment::Undetermined(Reason::Preference("1.0".to_owned()))
    );
    assert_eq!(soft.contains("2.0", Reading::ToolDefault), In);
    assert!(soft.vers().is_err());
    customary(
        Syntax::Maven,
        ">= 2.13.0, < 2.16.0",
        "vers:maven/>=2.13.0|<2.16.0",
    );
}

#[test]
fn nuget_takes_a_bare_version_for_a_minimum_and_a_star_for_a_series() {
    customary(Syntax::NuGet, "1.0", "vers:nuget/>=1.0");
    customary(Syntax::NuGet, "[1.0.0, 2.0.0)", "vers:nuget/>=1.0.0|<2.0.0");
    customary(Syntax::NuGet, "1.*", "vers:nuget/>=1|<2");
    customary(Syntax::NuGet, "[1.*, 1.5)", "vers:nuget/>=1|<1.5");
    customary(
        Syntax::NuGet,
        "1.2.3-beta*",
        "vers:nuget/>=1.2.3-beta|<=1.2.3",
    );
    held(
        Syntax::NuGet,
        "1.*",
        Reading::ToolDefault,
        &["1.9"],
        &["1.9-rc"],
    );
    held(
        Syntax::NuGet,
        "1.*-*",
        Reading::ToolDefault,
        &["1.9-rc"],
        &[],
    );
    refused(
        Syntax::NuGet,
        "(1.0)",
        "no range of NuGet: expected a comma, or a single version between `[` and `]` at character 5",
    );
}

#[test]
fn go_requirements_are_minimums_and_retractions_are_closed() {
    customary(Syntax::Go, "v1.2.3", "vers:golang/>=v1.2.3");
    customary(
        Syntax::Go,
        "require example.com/m v1.2.3 // indirect",
        "vers:golang/>=v1.2.3",
    );
    customary(
        Syntax::Go,
        "exclude example.com/m v1.2.3",
        "vers:golang/!=v1.2.3",
    );
    customary(
        Syntax::Go,
        "retract [v1.0.0, v1.0.5]",
        "vers:golang/>=v1.0.0|<=v1.0.5",
    );
    customary(Syntax::Go, "retract v1.0.0", "vers:golang/v1.0.0");
    customary(
        Syntax::Go,
        ">=1.0.0 <1.2.3||>=2.0.0",
        "vers:golang/>=1.0.0|<1.2.3|>=2.0.0",
    );
}

#[test]
fn debian_reads_the_obsolete_signs_as_dpkg_does_in_a_relation_only() {
    customary(
        Syntax::Debian,
        "libc6 (>= 2.23), libc6 (<< 2.24)",
        "vers:deb/>=2.23|<2.24",
    );
    customary(Syntax::Debian, "x11 (<< 1) | x11 (>> 2)", "vers:deb/<1|>2");
    customary(Syntax::Debian, "(<< 3:1.1.25~)", "vers:deb/<3:1.1.25~");
    customary(Syntax::Debian, "dpkg (< 1.0)", "vers:deb/<=1.0");
    customary(Syntax::Debian, "< 1.0", "vers:deb/<1.0");
    assert!(parse(Syntax::Debian, "libc6 (>= 1), libfoo (<< 2)").is_err());
}

#[test]
fn rpm_bounds_without_a_release_mean_every_release() {
    customary(Syntax::Rpm, "openssl >= 1:1.1.1-8", "vers:rpm/>=1:1.1.1-8");
    customary(Syntax::Rpm, "(foo >= 1 with foo < 2)", "vers:rpm/>=1|<2");
    customary(Syntax::Rpm, "foo < 1 or foo > 2", "vers:rpm/<1|>2");
    held(
        Syntax::Rpm,
        "foo = 1.2",
        Reading::Order,
        &["1.2-3.el9"],
        &["1.3-1"],
    );
    // The bound without a release reaches beyond the one with a release.
    customary(Syntax::Rpm, ">= 1.2-3, <= 1.2", "vers:rpm/>=1.2-3|<=1.2");
}

#[test]
fn nginx_branches_end_and_its_mainline_does_not() {
    customary(
        Syntax::Nginx,
        "0.7.52-0.8.39",
        "vers:nginx/>=0.7.52|<=0.8.39",
    );
    customary(
        Syntax::Nginx,
        "1.1.4-1.2.8, 1.3.9-1.4.0",
        "vers:nginx/>=1.1.4|<=1.2.8|>=1.3.9|<=1.4.0",
    );
    customary(
        Syntax::Nginx,
        "1.20.1+, 1.23.0+",
        "vers:nginx/>=1.20.1|<1.21.0|>=1.23.0",
    );
    customary(
        Syntax::Nginx,
        "nginx/Windows 0.7.52-1.2.0",
        "vers:nginx/>=0.7.52|<=1.2.0",
    );
    customary(Syntax::Nginx, "all", "vers:nginx/*");
    customary(
        Syntax::OpenSsl,
        "1.0.2, 1.0.2a,3.0.1",
        "vers:openssl/1.0.2|1.0.2a|3.0.1",
    );
}
