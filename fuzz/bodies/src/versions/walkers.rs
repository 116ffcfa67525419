//! The version lists of OSV, CVE and NVD. A line is a word and what belongs to it; the lines of an input say
//! what a record would.

use isocenter_versions::{Bound, Containment, Scheme, cve, nvd, osv};

use super::{lines, word};

/// How many lines are read: real records stay far below.
const MOST: usize = 200;

/// `ecosystem NAME`, `type WORD` (begins a range), `introduced V`, `fixed V`, `last_affected V`, `limit V`,
/// `listed V`, `version V` (asked): a listed version is affected; commits alone decide nothing; an
/// event written twice changes nothing.
pub(crate) fn osv(data: &[u8]) {
    let lines = lines(data);
    let mut ecosystem = None;
    let mut listed = Vec::new();
    let mut asked = Vec::new();
    let mut ranges: Vec<osv::Range<'_>> = Vec::new();
    for line in lines.iter().take(MOST) {
        let (word, rest) = word(line);
        let event = match word {
            "introduced" => osv::Event::Introduced(rest),
            "fixed" => osv::Event::Fixed(rest),
            "last_affected" => osv::Event::LastAffected(rest),
            "limit" => osv::Event::Limit(rest),
            "ecosystem" => {
                ecosystem = Scheme::from_ecosystem(rest);
                continue;
            }
            "type" => {
                ranges.push(osv::Range {
                    range_type: osv::RangeType::from_word(rest),
                    events: Vec::new(),
                });
                continue;
            }
            "listed" => {
                listed.push(rest);
                continue;
            }
            "version" => {
                asked.push(rest);
                continue;
            }
            _ => continue,
        };
        if let Some(range) = ranges.last_mut() {
            range.events.push(event);
        }
    }
    for version in asked.iter().take(4) {
        let answer = osv::affects(ecosystem, &listed, &ranges, version);
        if listed.contains(version) && !isocenter_versions::is_unstated(version) {
            assert_eq!(answer, Containment::In, "{version:?} is listed");
        }
        let commits_only = listed.is_empty()
            && ranges
                .iter()
                .all(|range| range.range_type == osv::RangeType::Git);
        if commits_only {
            assert!(
                matches!(answer, Containment::Undetermined(_)),
                "commits alone decide on {version:?}"
            );
        }
        let mut doubled = ranges.clone();
        doubled.extend(ranges.iter().cloned());
        assert_eq!(
            osv::affects(ecosystem, &listed, &doubled, version) == Containment::In,
            answer == Containment::In,
            "the same ranges twice change the answer on {version:?}"
        );
    }
}

/// `default WORD`, `entry WORD` (begins one, with its status), `from V`, `type WORD`, `below V`, `upto V`,
/// `change V WORD`, `hint ECOSYSTEM`, `version V` (asked).
pub(crate) fn cve(data: &[u8]) {
    let lines = lines(data);
    let mut default = cve::Status::Unknown;
    let mut hint = None;
    let mut asked = Vec::new();
    let mut entries: Vec<cve::Version<'_>> = Vec::new();
    for line in lines.iter().take(MOST) {
        let (word, rest) = word(line);
        match word {
            "default" => default = cve::Status::from_word(rest).unwrap_or_default(),
            "hint" => hint = Scheme::from_ecosystem(rest),
            "version" => asked.push(rest),
            "entry" => entries.push(cve::Version {
                status: cve::Status::from_word(rest).unwrap_or_default(),
                ..cve::Version::default()
            }),
            _ => {
                let Some(entry) = entries.last_mut() else {
                    continue;
                };
                match word {
                    "from" => entry.version = Some(rest),
                    "type" => entry.version_type = Some(rest),
                    "below" => entry.less_than = Some(rest),
                    "upto" => entry.less_than_or_equal = Some(rest),
                    "change" => {
                        let (version, status) = rest.rsplit_once(' ').unwrap_or((rest, ""));
                        let status = cve::Status::from_word(status).unwrap_or_default();
                        entry.changes.push((version, status));
                    }
                    _ => {}
                }
            }
        }
    }
    for version in asked.iter().take(4) {
        let answer = cve::affects(default, &entries, hint, version);
        if let Containment::Undetermined(why) = &answer {
            assert!(!why.to_string().is_empty());
        }
        if entries.is_empty() && default == cve::Status::Unknown {
            assert!(
                matches!(answer, Containment::Undetermined(_)),
                "an empty record decides on {version:?}"
            );
        }
    }
}

/// `scheme ECOSYSTEM`, `name VERSION`, `named-update UPDATE`, `start V`, `after V`, `end V`, `before V`,
/// `version V` (asked), `update U` (asked): criteria without any limit hold everything.
pub(crate) fn nvd(data: &[u8]) {
    let lines = lines(data);
    let mut scheme = None;
    let mut criteria = nvd::Criteria::default();
    let mut release = nvd::Release::from("");
    for line in lines.iter().take(MOST) {
        let (word, rest) = word(line);
        match word {
            "scheme" => scheme = Scheme::from_ecosystem(rest),
            "name" => criteria.version = nvd::Attribute::new(rest),
            "named-update" => criteria.update = nvd::Attribute::new(rest),
            "start" => criteria.start = Some(Bound::inclusive(rest)),
            "after" => criteria.start = Some(Bound::exclusive(rest)),
            "end" => criteria.end = Some(Bound::inclusive(rest)),
            "before" => criteria.end = Some(Bound::exclusive(rest)),
            "version" => release.version = rest,
            "update" => release.update = nvd::Attribute::new(rest),
            _ => {}
        }
    }
    let answer = criteria.contains(scheme, release);
    if criteria == nvd::Criteria::default() {
        assert_eq!(answer, Containment::In, "criteria without any limit");
    }
    if let Containment::Undetermined(why) = &answer {
        assert!(!why.to_string().is_empty());
    }
}
