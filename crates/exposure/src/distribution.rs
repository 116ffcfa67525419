//! A distribution's package belongs to one release of one distribution.

use std::sync::LazyLock;

use isocenter_identity::cpe::Cpe;
use isocenter_model::vulnerability::AffectedProduct;
use serde::Deserialize;

use crate::subject::Subject;

#[derive(Debug, Deserialize)]
struct Catalog {
    distribution: Vec<Distribution>,
}

#[derive(Debug, Deserialize)]
struct Distribution {
    vendor: String,
    product: String,
}

/// `None` only if the shipped catalog were broken, which a test rules out.
static CATALOG: LazyLock<Option<Catalog>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../catalogs/distributions.toml")).ok());

fn is_distribution(cpe: &Cpe) -> bool {
    let (Some(vendor), Some(product)) = (cpe.vendor(), cpe.product()) else {
        return false;
    };
    CATALOG.as_ref().is_some_and(|catalog| {
        catalog.distribution.iter().any(|one| {
            one.vendor.eq_ignore_ascii_case(&vendor) && one.product.eq_ignore_ascii_case(&product)
        })
    })
}

/// Whether an entry that names the subject's package may be about the subject's release of the
/// distribution. Only an entry that names a distribution by CPE or ecosystem, and another release of it
/// or another product of its maker, is surely not.
pub(crate) fn may_agree(subject: &Subject, affected: &AffectedProduct) -> bool {
    if let Some((_, theirs)) = affected
        .ecosystem
        .as_deref()
        .and_then(|ecosystem| ecosystem.split_once(':'))
    {
        return agree(stated_release(subject).as_deref(), theirs);
    }
    let Some(ours) = release(subject) else {
        return true;
    };
    let names: Vec<Cpe> = affected
        .cpes
        .iter()
        .filter_map(|text| Cpe::parse(text).ok())
        .collect();
    if names.is_empty() {
        return true;
    }
    names.iter().any(|cpe| {
        is_distribution(cpe)
            && cpe
                .version()
                .is_none_or(|version| major(&version).is_none_or(|theirs| theirs == ours))
    })
}

/// Whether two spellings of a release may mean the same one: `12` and `12.5`, `22.04` and `22.04:LTS`, but not
/// `22.04` and `22.10`. One without a number (`sid`) is compared with nothing.
fn agree(ours: Option<&str>, theirs: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> {
        let start = text.find(|letter: char| letter.is_ascii_digit());
        let rest = start.and_then(|start| text.get(start..)).unwrap_or("");
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
        rest.get(..end.unwrap_or(rest.len()))
            .unwrap_or("")
            .split('.')
            .map_while(|part| part.parse().ok())
            .collect()
    };
    let Some(ours) = ours else { return true };
    let (ours, theirs) = (numbers(ours), numbers(theirs));
    ours.iter().zip(&theirs).all(|(one, other)| one == other)
}

/// The release of the distribution as the package URL states it (`12` of `debian-12`), else by number.
fn stated_release(subject: &Subject) -> Option<String> {
    let purl = subject.purl.as_ref()?;
    let stated = purl
        .qualifier("distro")
        .and_then(|distro| distro.split_once('-'))
        .map(|(_, number)| number.to_owned());
    stated.or_else(|| release(subject).map(|number| number.to_string()))
}

/// The release number of the distribution that a package was built for: from the `distro`
/// qualifier (`rhel-8.7`, `debian-12`), else from the RPM release (`17.el8_7`).
fn release(subject: &Subject) -> Option<u32> {
    let purl = subject.purl.as_ref()?;
    if !subject.is_distribution_package() {
        return None;
    }
    let stated = purl
        .qualifier("distro")
        .and_then(|distro| distro.split_once('-').and_then(|(_, number)| major(number)));
    stated.or_else(|| {
        let version = subject.version.as_deref()?;
        let (_, tail) = version.split_once(".el")?;
        major(tail)
    })
}

fn major(text: &str) -> Option<u32> {
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use isocenter_model::component::Component;

    use super::*;

    fn package(version: &str, qualifier: &str) -> Subject {
        Subject::component(&Component {
            name: "openssh".to_owned(),
            version: Some(version.to_owned()),
            purl: Some(format!("pkg:rpm/redhat/openssh@{version}{qualifier}")),
            ..Component::default()
        })
    }

    #[track_caller]
    fn check(subject: &Subject, cpes: &[&str], agrees: bool) {
        let affected = AffectedProduct {
            cpes: cpes.iter().map(|cpe| (*cpe).to_owned()).collect(),
            ..AffectedProduct::default()
        };
        assert_eq!(may_agree(subject, &affected), agrees);
    }

    #[test]
    fn a_package_of_one_release_is_not_judged_by_another_releases_entry() {
        let eight = package("8.0p1-17.el8_7", "");
        check(&eight, &["cpe:/o:redhat:enterprise_linux:9::baseos"], false);
        check(&eight, &["cpe:/o:redhat:enterprise_linux:8::baseos"], true);
        check(&eight, &["cpe:/a:redhat:ceph_storage:6"], false);
        check(&eight, &[], true);
        check(
            &package("8.7p1", "?distro=rhel-9.2"),
            &["cpe:/o:redhat:enterprise_linux:9"],
            true,
        );
    }

    #[test]
    fn releases_agree_as_far_as_both_state_them() {
        for (ours, theirs, agrees) in [
            (Some("12"), "12", true),
            (Some("12.5"), "12", true),
            (Some("11"), "12", false),
            (Some("22.04"), "22.04:LTS", true),
            (Some("22.10"), "22.04:LTS", false),
            (Some("3.19.1"), "v3.19", true),
            (Some("3.18"), "v3.19", false),
            (Some("9"), "enterprise_linux:9::baseos", true),
            (Some("sid"), "12", true),
            (None, "12", true),
        ] {
            assert_eq!(agree(ours, theirs), agrees, "{ours:?} {theirs}");
        }
    }

    #[test]
    fn a_package_whose_release_nobody_states_may_belong_to_any() {
        check(
            &package("8.7p1", ""),
            &["cpe:/o:redhat:enterprise_linux:9"],
            true,
        );
    }
}
