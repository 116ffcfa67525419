//! The schemas `catalogs/cyclonedx/schema_*.json`, ready to be walked through.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::rule::{Condition, Constant, Form, Kinds, Rule};
use crate::cyclonedx::edition::Edition;
use crate::json::{Node, Path};

/// How many references in a row are followed.
const REFERENCES: usize = 16;

/// The rules of one edition. The first is that of a document.
#[derive(Debug, Default)]
pub(super) struct Table {
    rules: Vec<Rule>,
}

impl Table {
    /// The schema of an edition.
    pub(super) fn of(edition: Edition) -> Option<&'static Self> {
        let index = (2..=7).position(|minor| edition.is(minor))?;
        TABLES.get(index).map(|table| &**table)
    }

    pub(super) fn rule(&self, index: usize) -> Option<&Rule> {
        self.rules.get(index)
    }

    /// The rule that is behind the references of another.
    fn behind(&self, mut index: usize) -> Option<&Rule> {
        for _ in 0..REFERENCES {
            let rule = self.rules.get(index)?;
            match rule.reference {
                Some(next) => index = next,
                None => return Some(rule),
            }
        }
        None
    }

    /// The rule of what stands at `path`; `None` where the edition has nothing there.
    pub(super) fn at(&self, path: &Path<'_>) -> Option<&Rule> {
        let mut steps = Vec::new();
        let mut place = path;
        loop {
            match place {
                Path::Root => break,
                Path::Key(parent, key) => {
                    steps.push(Some(*key));
                    place = parent;
                }
                Path::Index(parent, _) => {
                    steps.push(None);
                    place = parent;
                }
            }
        }
        let index = steps
            .into_iter()
            .rev()
            .try_fold(0, |index, step| self.step(index, step, REFERENCES))?;
        self.behind(index)
    }

    /// The rule of a property, or of the elements where `key` is `None`, in a rule or its branches.
    fn step(&self, index: usize, key: Option<&str>, depth: usize) -> Option<usize> {
        let depth = depth.checked_sub(1)?;
        let rule = self.behind(index)?;
        let own = match key {
            Some(key) => rule.property(key),
            None => rule.items,
        };
        own.or_else(|| {
            rule.branches()
                .find_map(|branch| self.step(branch, key, depth))
        })
    }

    /// Whether a value has the kind that a rule asks for.
    pub(super) fn is_of_kind(&self, index: usize, node: &Node<'_>) -> bool {
        self.behind(index)
            .is_some_and(|rule| !rule.is_nothing && rule.kinds.admits(node))
    }

    fn read(text: &str) -> Option<Self> {
        let Ok(Value::Object(root)) = serde_json::from_str(text) else {
            return None;
        };
        let definitions = match root.get("definitions") {
            Some(Value::Object(definitions)) => definitions.clone(),
            _ => Map::new(),
        };
        let names = definitions.keys().zip(1..);
        let mut compiler = Compiler {
            names: names.map(|(name, index)| (name.clone(), index)).collect(),
            rules: Vec::new(),
        };
        compiler
            .rules
            .resize_with(definitions.len() + 1, Rule::default);
        let written = std::iter::once(Value::Object(root)).chain(definitions.into_values());
        for (index, schema) in written.enumerate() {
            let rule = compiler.rule(&schema)?;
            *compiler.rules.get_mut(index)? = rule;
        }
        Some(Self {
            rules: compiler.rules,
        })
    }
}

struct Compiler {
    names: BTreeMap<String, usize>,
    rules: Vec<Rule>,
}

impl Compiler {
    fn add(&mut self, schema: &Value) -> Option<usize> {
        let rule = self.rule(schema)?;
        self.rules.push(rule);
        Some(self.rules.len() - 1)
    }

    fn add_all(&mut self, schemas: &Value) -> Option<Vec<usize>> {
        let schemas = schemas.as_array()?;
        schemas.iter().map(|schema| self.add(schema)).collect()
    }

    /// `None` when it holds what this reader does not know, so that no rule is lost unseen.
    fn rule(&mut self, schema: &Value) -> Option<Rule> {
        let mut rule = Rule {
            most_length: usize::MAX,
            most_items: usize::MAX,
            ..Rule::default()
        };
        let schema = match schema {
            Value::Bool(allows) => {
                rule.is_nothing = !allows;
                return Some(rule);
            }
            Value::Object(schema) => schema,
            _ => return None,
        };
        if let Some(reference) = schema.get("$ref") {
            let name = reference.as_str()?.strip_prefix("#/definitions/")?;
            rule.reference = Some(*self.names.get(name)?);
            return Some(rule);
        }
        let mut condition = [None; 3];
        for (key, value) in schema {
            match key.as_str() {
                // The last forbids further elements beside a list of rules for the first ones alone, and
                // there their number is limited anyway.
                "source" | "edition" | "definitions" | "additionalItems" => {}
                "type" => {
                    rule.kinds = match value {
                        Value::String(name) => Kinds::named(name)?,
                        Value::Array(names) => {
                            names.iter().try_fold(Kinds::ANY, |kinds, name| {
                                Some(kinds.with(Kinds::named(name.as_str()?)?))
                            })?
                        }
                        _ => return None,
                    }
                }
                "enum" => rule.words = Some(texts(value)?),
                "const" => {
                    rule.constant = Some(match value {
                        Value::String(text) => Constant::Text(text.as_str().into()),
                        Value::Bool(value) => Constant::Boolean(*value),
                        _ => return None,
                    });
                }
                "format" => rule.forms.extend(Form::of_format(value.as_str()?).ok()?),
                "pattern" => rule.forms.push(Form::of_pattern(value.as_str()?).ok()?),
                "minLength" => rule.least_length = size(value)?,
                "maxLength" => rule.most_length = size(value)?,
                "minimum" => rule.least_number = Some(value.as_f64()?),
                "maximum" => rule.most_number = Some(value.as_f64()?),
                "required" => rule.required = texts(value)?,
                "properties" => {
                    for (key, schema) in value.as_object()? {
                        let index = self.add(schema)?;
                        rule.properties.push((key.as_str().into(), index));
                    }
                    rule.properties.sort();
                }
                "additionalProperties" => rule.is_closed = !value.as_bool()?,
                "items" => {
                    let of = match value {
                        Value::Array(first) if schema.get("maxItems") == Some(&Value::from(1)) => {
                            first.first()?
                        }
                        of => of,
                    };
                    rule.items = Some(self.add(of)?);
                }
                "minItems" => rule.least_items = size(value)?,
                "maxItems" => rule.most_items = size(value)?,
                "uniqueItems" => rule.is_set = value.as_bool()?,
                "allOf" => rule.all = self.add_all(value)?,
                "anyOf" => rule.any = self.add_all(value)?,
                "oneOf" => rule.one = self.add_all(value)?,
                "not" => rule.not = Some(self.add(value)?),
                "if" => condition[0] = Some(self.add(value)?),
                "then" => condition[1] = Some(self.add(value)?),
                "else" => condition[2] = Some(self.add(value)?),
                _ => return None,
            }
        }
        let [when, then, otherwise] = condition;
        rule.condition = when.map(|when| Condition {
            when,
            then,
            otherwise,
        });
        Some(rule)
    }
}

fn texts(value: &Value) -> Option<Vec<Box<str>>> {
    let values = value.as_array()?;
    values
        .iter()
        .map(|value| value.as_str().map(Box::from))
        .collect()
}

fn size(value: &Value) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok()
}

macro_rules! tables {
    ($($file:literal),*) => {
        [$(LazyLock::new(|| {
            Table::read(include_str!(concat!("../../../../../catalogs/cyclonedx/", $file)))
                .unwrap_or_default()
        })),*]
    };
}

static TABLES: [LazyLock<Table>; 6] = tables![
    "schema_1_2.json",
    "schema_1_3.json",
    "schema_1_4.json",
    "schema_1_5.json",
    "schema_1_6.json",
    "schema_1_7.json"
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_of_the_shipped_schemas_is_understood() {
        for (table, least) in TABLES.iter().zip([80, 100, 200, 400, 500, 600]) {
            assert!(table.rules.len() > least, "{}", table.rules.len());
        }
        assert!(Table::read(r#"{"multipleOf": 2}"#).is_none());
        assert!(Table::read(r#"{"pattern": "^x$"}"#).is_none());
        assert!(Table::read(r##"{"$ref": "#/definitions/none"}"##).is_none());
    }

    #[test]
    fn a_place_in_a_document_leads_to_its_rule() {
        let table = &TABLES[5];
        let root = Path::Root;
        let components = root.key("components");
        let component = components.index(3);
        let licenses = component.key("licenses");
        let choice = licenses.index(0);
        for (path, is_known) in [
            (component.key("copyright"), true),
            (component.key("evidence"), true),
            (choice.key("expressionDetails"), true),
            (component.key("nothing"), false),
            (root.key("compositions"), true),
        ] {
            assert_eq!(table.at(&path).is_some(), is_known, "{:?}", path.place());
        }
    }
}
