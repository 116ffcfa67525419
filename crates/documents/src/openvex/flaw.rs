//! The vulnerability that a statement speaks of, and one record of each.

use isocenter_model::vulnerability::{Advisory, VulnerabilityRecord};

use super::object::Object;
use super::{Edition, Header};
use crate::json::{Node, Path, Problems};
use crate::lookup::{Lookup, LookupSet};

/// A flaw by its names.
pub(super) struct Named<'n> {
    pub(super) id: &'n str,
    pub(super) aliases: Vec<&'n str>,
}

/// The flaws of a document.
pub(super) struct Flaws<'n> {
    /// Where the record of each id is.
    records: Lookup<&'n str, usize>,
    /// Aliases that several flaws have: the names of an advisory or a correction, which as another name of
    /// each flaw would make them one.
    shared: LookupSet<&'n str>,
    /// The aliases that a record has.
    known: LookupSet<(usize, &'n str)>,
}

impl<'n> Flaws<'n> {
    pub(super) fn new(statements: &'n [Node<'n>]) -> Self {
        let mut owners: Lookup<&str, &str> = Lookup::default();
        let mut shared = LookupSet::default();
        for vulnerability in statements
            .iter()
            .filter_map(|statement| statement.get("vulnerability"))
        {
            let aliases = || {
                vulnerability
                    .list("aliases")
                    .iter()
                    .filter_map(|alias| Some(alias.as_text()?.trim()))
            };
            // Different names of one flaw have its CVE id in common.
            let Some(owner) = vulnerability
                .filled("name")
                .into_iter()
                .chain(aliases())
                .find(|name| name.starts_with("CVE-"))
            else {
                continue;
            };
            for alias in aliases() {
                if *owners.entry(alias).or_insert(owner) != owner {
                    shared.insert(alias);
                }
            }
        }
        Self {
            records: Lookup::default(),
            shared,
            known: LookupSet::default(),
        }
    }

    /// The flaw that `statement` names; `None` when it names none. Its record is added to `advisory`.
    pub(super) fn take(
        &mut self,
        statement: &Object<'n, '_>,
        header: &Header,
        advisory: &mut Advisory,
        problems: &mut Problems,
    ) -> Option<Named<'n>> {
        let path = statement.path.key("vulnerability");
        let (named, description) = match statement.node.get("vulnerability") {
            Some(Node::Text(text)) => {
                if header.edition == Edition::V0_2 {
                    statement.of_draft("vulnerability", "text", problems);
                }
                let id = text.trim();
                if id.is_empty() {
                    statement.missing("vulnerability", problems);
                    return None;
                }
                let description = statement.text("vuln_description", problems);
                let aliases = Vec::new();
                (Named { id, aliases }, description)
            }
            Some(node @ Node::Object(_)) => self.object(node, &path, header.edition, problems)?,
            _ => {
                statement.demanded("vulnerability", problems);
                return None;
            }
        };
        let at = *self.records.entry(named.id).or_insert_with(|| {
            advisory.records.push(VulnerabilityRecord {
                id: named.id.to_owned(),
                source: header.source.clone(),
                published: header.issued,
                modified: advisory.current,
                ..VulnerabilityRecord::default()
            });
            advisory.records.len() - 1
        });
        if let Some(record) = advisory.records.get_mut(at) {
            let new = named
                .aliases
                .iter()
                .filter(|alias| self.known.insert((at, alias)));
            record.aliases.extend(new.map(|alias| (*alias).to_owned()));
            if record.description.is_none() {
                record.description = description.map(str::to_owned);
            }
        }
        Some(named)
    }

    fn object(
        &self,
        node: &'n Node<'n>,
        path: &Path<'_>,
        edition: Edition,
        problems: &mut Problems,
    ) -> Option<(Named<'n>, Option<&'n str>)> {
        let vulnerability = Object::new(node, path, edition);
        vulnerability.close(&["@id", "name", "description", "aliases"], &[], problems);
        if let Some(iri) = vulnerability.text("@id", problems) {
            vulnerability.is_iri("@id", iri, problems);
        }
        let description = vulnerability.text("description", problems);
        let name = vulnerability.demanded("name", problems);
        let mut names: Vec<&'n str> = Vec::new();
        let mut known = LookupSet::default();
        let list = path.key("aliases");
        for (index, alias) in vulnerability
            .list("aliases", 0, problems)
            .iter()
            .enumerate()
        {
            match alias {
                Node::Text(alias) => {
                    let alias = alias.trim();
                    if !alias.is_empty() && known.insert(alias) {
                        names.push(alias);
                    }
                }
                other => problems.push(super::product::set_aside(
                    other,
                    "a text",
                    &list.index(index),
                )),
            }
        }
        let id = match name {
            Some(name) => name,
            None if names.is_empty() => return None,
            None => names.remove(0),
        };
        let aliases = names
            .into_iter()
            .filter(|alias| *alias != id && !self.shared.contains(alias))
            .collect();
        Some((Named { id, aliases }, description))
    }
}
