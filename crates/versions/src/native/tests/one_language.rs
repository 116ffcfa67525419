//! Shorthand of the languages' package managers.

use super::*;

#[test]
fn npm_shorthand_ends_below_the_pre_releases_of_its_end() {
    exact(Syntax::Npm, "^1.2.3", "vers:npm/>=1.2.3|<2.0.0-0");
    exact(Syntax::Npm, "^0.2.3", "vers:npm/>=0.2.3|<0.3.0-0");
    exact(Syntax::Npm, "^0.0.3", "vers:npm/>=0.0.3|<0.0.4-0");
    exact(Syntax::Npm, "~1.2", "vers:npm/>=1.2.0-0|<1.3.0-0");
    exact(Syntax::Npm, "1.2 - 2.3", "vers:npm/>=1.2.0-0|<2.4.0-0");
    customary(Syntax::Npm, "^1.2.3", "vers:npm/>=1.2.3|<2.0.0");
    customary(Syntax::Npm, "1.2.3 - 2.3.4", "vers:npm/>=1.2.3|<=2.3.4");
    customary(Syntax::Npm, "<=2.1 >=1.1", "vers:npm/>=1.1.0|<2.2.0");
    customary(
        Syntax::Npm,
        "2.1 || 2.6",
        "vers:npm/>=2.1.0|<2.2.0|>=2.6.0|<2.7.0",
    );
    customary(Syntax::Npm, "", "vers:npm/*");
}

#[test]
fn npm_chooses_a_pre_release_only_of_the_release_that_a_bound_names() {
    let by_default = Reading::ToolDefault;
    held(
        Syntax::Npm,
        ">=1.2.3-alpha.1 <2.0.0",
        by_default,
        &["1.2.3-beta", "1.9.9"],
        &["1.2.4-beta", "2.0.0-rc.1"],
    );
    held(Syntax::Npm, "*", by_default, &["1.0.0"], &["1.0.0-rc.1"]);
    held(
        Syntax::Npm,
        "<2.0.0",
        Reading::Order,
        &["2.0.0-rc.1"],
        &["2.0.0"],
    );
}

#[test]
fn cargo_takes_a_bare_version_for_a_caret_and_an_equal_sign_for_a_series() {
    customary(Syntax::Cargo, "1.2.3", "vers:cargo/>=1.2.3|<2.0.0");
    customary(Syntax::Cargo, "=1.2", "vers:cargo/>=1.2.0|<1.3.0");
    customary(Syntax::Cargo, "0.0", "vers:cargo/>=0.0.0|<0.1.0");
    customary(Syntax::Cargo, ">=1.2, <1.5", "vers:cargo/>=1.2.0|<1.5.0");
    customary(Syntax::Cargo, "1.*", "vers:cargo/>=1.0.0|<2.0.0");
    held(
        Syntax::Cargo,
        "=1.2",
        Reading::ToolDefault,
        &["1.2.7"],
        &["1.2.7-rc.1"],
    );
}

#[test]
fn hex_joins_with_words_and_its_tilde_spares_the_last_number() {
    customary(
        Syntax::Hex,
        "~> 2.1 and != 2.3.0 or == 1.0.0",
        "vers:hex/1.0.0|>=2.1.0|!=2.3.0|<3.0.0",
    );
    customary(Syntax::Hex, "~> 2.1.3", "vers:hex/>=2.1.3|<2.2.0");
    held(
        Syntax::Hex,
        "~> 2.1",
        Reading::Order,
        &["2.9.0-rc.1"],
        &["3.0.0-rc.1"],
    );
    held(
        Syntax::Hex,
        "~> 2.1",
        Reading::ToolDefault,
        &["2.9.0"],
        &["2.9.0-rc.1"],
    );
}

#[test]
fn pub_raises_the_second_number_of_a_zero_version() {
    customary(Syntax::Pub, "^0.0.3", "vers:pub/>=0.0.3|<0.1.0");
    customary(Syntax::Pub, "^1.2.3", "vers:pub/>=1.2.3|<2.0.0");
    customary(Syntax::Pub, ">=1.0.0 <2.0.0", "vers:pub/>=1.0.0|<2.0.0");
    customary(Syntax::Pub, "any", "vers:pub/*");
    let admitted = Reading::PreReleasesAdmitted;
    held(
        Syntax::Pub,
        ">=1.0.0 <2.0.0",
        admitted,
        &["1.5.0-dev"],
        &["2.0.0-dev"],
    );
    held(
        Syntax::Pub,
        ">=2.0.0-dev <2.0.0",
        admitted,
        &["2.0.0-rc"],
        &["2.0.0"],
    );
    held(
        Syntax::Pub,
        "<2.0.0",
        Reading::Order,
        &["2.0.0-dev"],
        &["2.0.0"],
    );
}

#[test]
fn rubygems_drops_the_last_number_and_raises_the_one_before() {
    customary(Syntax::RubyGems, "~> 2.0", "vers:gem/>=2.0|<3");
    customary(Syntax::RubyGems, "~> 3.5.0", "vers:gem/>=3.5.0|<3.6");
    customary(Syntax::RubyGems, "~> 1", "vers:gem/>=1|<2");
    customary(
        Syntax::RubyGems,
        ">= 1.0, != 1.5, < 2",
        "vers:gem/>=1.0|!=1.5|<2",
    );
    customary(
        Syntax::RubyGems,
        ">=2.0.0 <=4.0.4",
        "vers:gem/>=2.0.0|<=4.0.4",
    );
    customary(Syntax::RubyGems, "", "vers:gem/*");
    held(
        Syntax::RubyGems,
        "~> 2.0",
        Reading::Order,
        &["2.9.pre"],
        &["3.0.pre", "1.9"],
    );
    held(
        Syntax::RubyGems,
        "> 1",
        Reading::ToolDefault,
        &["2"],
        &["2.rc1"],
    );
    held(
        Syntax::RubyGems,
        "> 1.a",
        Reading::ToolDefault,
        &["2.rc1"],
        &[],
    );
}

#[test]
fn python_compares_by_order_and_chooses_by_pep_440() {
    customary(Syntax::Pep440, "~=2.2", "vers:pypi/>=2.2|<3");
    customary(Syntax::Pep440, "~=2.2.0", "vers:pypi/>=2.2.0|<2.3");
    exact(Syntax::Pep440, "==1.1.*", "vers:pypi/>=1.1.dev0|<1.2.dev0");
    customary(Syntax::Pep440, ">=1,!=1.5.*", "vers:pypi/>=1|<1.5|>=1.6");
    customary(
        Syntax::Pep440,
        ">=1.0a1,<1.0.5||>=1.1b1,<1.1.1",
        "vers:pypi/>=1.0a1|<1.0.5|>=1.1b1|<1.1.1",
    );
    let admitted = Reading::PreReleasesAdmitted;
    held(
        Syntax::Pep440,
        "<2.0",
        Reading::Order,
        &["2.0rc1", "2.0.dev1"],
        &["2.0"],
    );
    held(
        Syntax::Pep440,
        "<2.0",
        admitted,
        &["1.9rc1"],
        &["2.0rc1", "2.0.dev1"],
    );
    held(
        Syntax::Pep440,
        ">1.7",
        Reading::Order,
        &["1.7.post1"],
        &["1.7", "1.7+local"],
    );
    held(Syntax::Pep440, ">1.7", admitted, &["1.7.1"], &["1.7.post1"]);
    held(
        Syntax::Pep440,
        "==1.0",
        Reading::Order,
        &["1.0+cpu", "1.0.0"],
        &["1.0.1"],
    );
    held(
        Syntax::Pep440,
        ">=1",
        Reading::ToolDefault,
        &["2"],
        &["2rc1"],
    );
    held(
        Syntax::Pep440,
        ">=1a1",
        Reading::ToolDefault,
        &["2rc1"],
        &[],
    );
    held(Syntax::Pep440, "===1.0", admitted, &["1.0"], &["1.0.0"]);
}

#[test]
fn composer_sets_its_bounds_at_development_versions_when_it_chooses() {
    customary(Syntax::Composer, "~1.2", "vers:composer/>=1.2|<2");
    customary(Syntax::Composer, "~1.2.3", "vers:composer/>=1.2.3|<1.3");
    customary(Syntax::Composer, "^0.3", "vers:composer/>=0.3|<0.4");
    customary(Syntax::Composer, "1.0 - 2.0", "vers:composer/>=1.0|<2.1");
    customary(
        Syntax::Composer,
        "1.0.* || >=2.0,<3.0",
        "vers:composer/>=1.0|<1.1|>=2.0|<3.0",
    );
    exact(Syntax::Composer, "^1.2", "vers:composer/>=1.2-dev|<2-dev");
    let admitted = Reading::PreReleasesAdmitted;
    held(
        Syntax::Composer,
        ">=1.0 <2.0",
        admitted,
        &["1.0-beta1"],
        &["2.0-beta1"],
    );
    held(
        Syntax::Composer,
        ">=1.0 <2.0",
        Reading::Order,
        &["2.0-beta1"],
        &["1.0-beta1"],
    );
    held(
        Syntax::Composer,
        "^1.2",
        Reading::ToolDefault,
        &["1.3.0"],
        &["1.3.0-beta1"],
    );
    held(
        Syntax::Composer,
        "^1.2@beta",
        Reading::ToolDefault,
        &["1.3.0-beta1"],
        &["1.3.0-dev"],
    );
    held(
        Syntax::Composer,
        "dev-main",
        Reading::Order,
        &["dev-main"],
        &[],
    );
}

#[test]
fn conan_ends_at_its_lowest_pre_release() {
    customary(Syntax::Conan, "~2.5.1", "vers:conan/>=2.5.1|<2.6-");
    customary(
        Syntax::Conan,
        "[>1 <2.0 || ^3.2, include_prerelease]",
        "vers:conan/>1|<2.0|>=3.2|<4-",
    );
    customary(Syntax::Conan, "1.2.*", "vers:conan/>=1.2|<1.3-");
    let admitted = Reading::PreReleasesAdmitted;
    held(
        Syntax::Conan,
        ">=1.0 <2.0",
        admitted,
        &["1.0-rc1"],
        &["2.0-rc1"],
    );
    held(
        Syntax::Conan,
        "<2.0",
        Reading::Order,
        &["2.0-rc1"],
        &["2.0"],
    );
    held(
        Syntax::Conan,
        ">1",
        Reading::ToolDefault,
        &["2"],
        &["2-rc1"],
    );
    held(
        Syntax::Conan,
        ">1, include_prerelease",
        Reading::ToolDefault,
        &["2-rc1"],
        &[],
    );
}

#[test]
fn cabal_raises_the_second_number() {
    customary(Syntax::Hackage, "^>= 1.2.3", "vers:hackage/>=1.2.3|<1.3");
    customary(Syntax::Hackage, "^>= 1", "vers:hackage/>=1|<1.1");
    customary(
        Syntax::Hackage,
        ">= 1.2 && < 1.3 || == 1.5.*",
        "vers:hackage/>=1.2|<1.3|>=1.5|<1.6",
    );
    customary(Syntax::Hackage, "== {1.0, 1.2}", "vers:hackage/1.0|1.2");
    customary(Syntax::Hackage, "-any", "vers:hackage/*");
    customary(Syntax::Hackage, "-none", "vers:none/*");
}
