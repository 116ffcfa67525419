//! Every catalog can be read, names its source and edition, and names only rows that exist.

use std::collections::BTreeSet;

use serde::Deserialize;
use toml::{Table, Value};

use super::breach::Breach;
use super::tree::{Tree, extension};

/// The table of which catalog names rows of which other.
const REFERENCES: &str = "xtask/src/tidy/references.toml";

/// What each catalog says of itself.
const STATED: [&str; 2] = ["source", "edition"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct References {
    #[serde(default)]
    reference: Vec<Reference>,
}

/// One catalog that names rows of another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reference {
    from: String,
    keys: Vec<String>,
    separator: Option<String>,
    to: String,
    column: String,
}

/// A catalog as far as this rule reads it.
enum Catalog {
    Toml(Table),
    Csv {
        headers: Vec<String>,
        /// Line and cells of each row.
        rows: Vec<(usize, Vec<String>)>,
    },
    /// Line and name of a list with one name a line.
    List(Vec<(usize, String)>),
}

/// Catalogs that cannot be read or do not say what they are, and names that lead nowhere.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (path, text) in tree.texts_in("catalogs/", "") {
        match Catalog::read(path, text) {
            Some(Ok(catalog)) => breaches.extend(unstated(path, text, &catalog)),
            Some(Err(message)) => breaches.push(Breach::new(path, message)),
            None if extension(path) == Some("md") => {}
            None => breaches.push(Breach::new(
                path,
                "a catalog is TOML, CSV, a JSON schema or a list (.txt)",
            )),
        }
    }
    match tree.text(REFERENCES).map(toml::from_str::<References>) {
        Some(Ok(table)) => {
            for reference in &table.reference {
                breaches.extend(dangling(tree, reference));
            }
        }
        Some(Err(error)) => breaches.push(Breach::new(REFERENCES, error.to_string())),
        None => {}
    }
    breaches
}

fn unstated(path: &str, text: &str, catalog: &Catalog) -> Vec<Breach> {
    STATED
        .into_iter()
        .filter(|word| {
            let in_header = text
                .lines()
                .map_while(|line| line.strip_prefix('#'))
                .filter_map(|line| line.split_once(':'))
                .any(|(key, value)| {
                    let key = key.trim().to_lowercase();
                    key.strip_suffix('s').unwrap_or(&key) == *word && !value.trim().is_empty()
                });
            let as_key = match catalog {
                Catalog::Toml(table) => table
                    .get(*word)
                    .and_then(Value::as_str)
                    .is_some_and(|value| !value.trim().is_empty()),
                Catalog::Csv { .. } | Catalog::List(_) => false,
            };
            !in_header && !as_key
        })
        .map(|word| {
            Breach::new(
                path,
                format!("states no {word}: add `# {word}: …` at the top, or a key `{word}`"),
            )
        })
        .collect()
}

fn dangling(tree: &Tree, reference: &Reference) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut names_of = |path: &str, keys: &[String]| match tree
        .text(path)
        .and_then(|text| Catalog::read(path, text))
    {
        Some(Ok(catalog)) => {
            let names = catalog.names(keys);
            if names.is_empty() {
                breaches.push(Breach::new(
                    path,
                    format!("has no {}; {REFERENCES} says it has", keys.join(" or ")),
                ));
            }
            names
        }
        // A catalog that cannot be read is a breach of its own.
        Some(Err(_)) => Vec::new(),
        None => {
            breaches.push(Breach::new(
                REFERENCES,
                format!("names `{path}`, which is no catalog"),
            ));
            Vec::new()
        }
    };
    let from = names_of(&reference.from, &reference.keys);
    let to = names_of(&reference.to, std::slice::from_ref(&reference.column));
    if breaches.is_empty() {
        let known: BTreeSet<&str> = to.iter().map(|(_, name)| name.as_str()).collect();
        for (line, value) in &from {
            for name in names_in(value, reference.separator.as_deref()) {
                if !known.contains(name) {
                    breaches.push(Breach {
                        path: reference.from.clone(),
                        line: *line,
                        message: format!("`{name}` is no {} of {}", reference.column, reference.to),
                    });
                }
            }
        }
    }
    breaches
}

fn names_in<'a>(value: &'a str, separator: Option<&'a str>) -> Vec<&'a str> {
    let names = match separator {
        Some(separator) => value.split(separator).collect(),
        None => vec![value],
    };
    names
        .into_iter()
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect()
}

impl Catalog {
    /// The catalog at `path`; `None` when its name says that it is none.
    fn read(path: &str, text: &str) -> Option<Result<Self, String>> {
        match extension(path) {
            Some("toml") => Some(
                text.parse()
                    .map(Self::Toml)
                    .map_err(|error| format!("no TOML: {error}")),
            ),
            // A schema, in the syntax of its standard; it has no null, so it is a table as well.
            Some("json") => Some(
                serde_json::from_str(text)
                    .map(Self::Toml)
                    .map_err(|error| format!("no JSON: {error}")),
            ),
            Some("csv") => Some(Self::read_csv(text).map_err(|error| format!("no CSV: {error}"))),
            Some("txt") => Some(Ok(Self::List(
                (1..)
                    .zip(text.lines().map(str::trim))
                    .filter(|(_, name)| !name.is_empty() && !name.starts_with('#'))
                    .map(|(line, name)| (line, name.to_owned()))
                    .collect(),
            ))),
            _ => None,
        }
    }

    fn read_csv(text: &str) -> Result<Self, csv::Error> {
        let mut reader = csv::ReaderBuilder::new()
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let headers = reader.headers()?.iter().map(str::to_owned).collect();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record?;
            let line = record
                .position()
                .and_then(|position| usize::try_from(position.line()).ok())
                .unwrap_or_default();
            rows.push((line, record.iter().map(str::to_owned).collect()));
        }
        Ok(Self::Csv { headers, rows })
    }

    /// The values of the given keys or columns, with their lines where known; of a list all names.
    fn names(&self, keys: &[String]) -> Vec<(Option<usize>, String)> {
        match self {
            Self::Toml(table) => {
                let mut found = Vec::new();
                for (key, value) in table {
                    collect(key, value, keys, &mut found);
                }
                found.into_iter().map(|name| (None, name)).collect()
            }
            Self::List(names) => names
                .iter()
                .map(|(line, name)| (Some(*line), name.clone()))
                .collect(),
            Self::Csv { headers, rows } => {
                let columns: Vec<usize> = headers
                    .iter()
                    .enumerate()
                    .filter(|(_, header)| keys.contains(header))
                    .map(|(index, _)| index)
                    .collect();
                rows.iter()
                    .flat_map(|(line, cells)| {
                        columns
                            .iter()
                            .filter_map(|column| Some((Some(*line), cells.get(*column)?.clone())))
                    })
                    .collect()
            }
        }
    }
}

fn collect(key: &str, value: &Value, keys: &[String], found: &mut Vec<String>) {
    match value {
        Value::String(text) if keys.iter().any(|wanted| wanted == key) => found.push(text.clone()),
        Value::Array(items) => {
            for item in items {
                collect(key, item, keys, found);
            }
        }
        Value::Table(table) => {
            for (key, value) in table {
                collect(key, value, keys, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTIONS: &str =
        "# source: a standard\n# edition: 2019\nid,text\nA-1,first\nA-2,second\n";
    const TABLE: &str = "[[reference]]\nfrom = \"catalogs/policy.toml\"\n\
                         keys = [\"question\", \"questions\"]\n\
                         to = \"catalogs/questions.csv\"\ncolumn = \"id\"\n";

    fn check_policy(policy: &str) -> Vec<String> {
        messages(&Tree::of(&[
            ("catalogs/questions.csv", QUESTIONS),
            (
                "catalogs/policy.toml",
                &format!("source = \"us\"\nedition = \"2026\"\n{policy}"),
            ),
            (REFERENCES, TABLE),
        ]))
    }

    fn messages(tree: &Tree) -> Vec<String> {
        check(tree)
            .into_iter()
            .map(|breach| breach.to_string())
            .collect()
    }

    #[test]
    fn a_name_that_leads_nowhere_is_a_breach_at_any_depth() {
        assert_eq!(check_policy("[[rule]]\nquestion = \"A-1\"\n"), [""; 0]);
        assert_eq!(
            check_policy(
                "[[rule]]\nquestion = \"A-3\"\n[deep.er]\nquestions = [\"A-1\", \"A-4\"]\n"
            ),
            [
                "catalogs/policy.toml: `A-4` is no id of catalogs/questions.csv",
                "catalogs/policy.toml: `A-3` is no id of catalogs/questions.csv",
            ]
        );
    }

    #[test]
    fn a_reference_that_checks_nothing_is_a_breach() {
        assert_eq!(
            check_policy("[[rule]]\nanswer = \"Yes\"\n"),
            ["catalogs/policy.toml: has no question or questions; \
                 xtask/src/tidy/references.toml says it has"]
        );
        assert_eq!(messages(&Tree::of(&[(REFERENCES, TABLE)])).len(), 2);
    }

    #[test]
    fn several_names_in_a_cell_are_each_checked_and_named_with_their_line() {
        let rows = "# source: us\n# edition: 1\nname,needs\nx,A-1; A-2\ny,A-2; A-9\n";
        let table = "[[reference]]\nfrom = \"catalogs/rows.csv\"\nkeys = [\"needs\"]\n\
                     separator = \";\"\nto = \"catalogs/questions.csv\"\ncolumn = \"id\"\n";
        let tree = Tree::of(&[
            ("catalogs/questions.csv", QUESTIONS),
            ("catalogs/rows.csv", rows),
            (REFERENCES, table),
        ]);
        assert_eq!(
            messages(&tree),
            ["catalogs/rows.csv:5: `A-9` is no id of catalogs/questions.csv"]
        );
    }

    #[test]
    fn a_list_names_what_it_holds() {
        let table = "[[reference]]\nfrom = \"catalogs/list.txt\"\nkeys = [\"name\"]\n\
                     to = \"catalogs/questions.csv\"\ncolumn = \"id\"\n";
        let tree = Tree::of(&[
            ("catalogs/questions.csv", QUESTIONS),
            (
                "catalogs/list.txt",
                "# Source: us\n# Edition: 1\nA-1\n\nA-7\n",
            ),
            (REFERENCES, table),
        ]);
        assert_eq!(
            messages(&tree),
            ["catalogs/list.txt:5: `A-7` is no id of catalogs/questions.csv"]
        );
    }

    #[test]
    fn a_catalog_without_source_or_edition_is_a_breach() {
        let tree = Tree::of(&[
            ("catalogs/a.toml", "source = \"x\"\n"),
            (
                "catalogs/b.toml",
                "# Sources: x\n# Edition: 1\n[table]\nsource = \"y\"\n",
            ),
            ("catalogs/c.csv", "id,source\n1,x\n"),
        ]);
        let paths: Vec<String> = check(&tree).into_iter().map(|found| found.path).collect();
        assert_eq!(
            paths,
            ["catalogs/a.toml", "catalogs/c.csv", "catalogs/c.csv"]
        );
    }

    #[test]
    fn a_catalog_that_cannot_be_read_is_a_breach() {
        let tree = Tree::of(&[
            ("catalogs/a.toml", "source = \n"),
            ("catalogs/b.csv", "# source: x\n# edition: 1\na,b\n1\n"),
            ("catalogs/c.xlsx", ""),
        ]);
        let paths: Vec<String> = check(&tree).into_iter().map(|found| found.path).collect();
        assert_eq!(
            paths,
            ["catalogs/a.toml", "catalogs/b.csv", "catalogs/c.xlsx"]
        );
    }
}
