//! Comparing names (NISTIR 7696, chapter 6).

use super::{Value, pattern};

/// How one set of products relates to another (NISTIR 7696, tables 6-1 and 6-4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The source covers everything that the target covers, and more.
    Superset,
    /// The target covers everything that the source covers, and more.
    Subset,
    /// Both cover the same.
    Equal,
    /// Nothing is covered by both.
    Disjoint,
    /// The standard defines no answer: a target with wildcards, or a mixture.
    Undefined,
}

/// Attribute comparison: NISTIR 7696, table 6-2.
pub(super) fn values(source: &Value, target: &Value) -> Relation {
    match (source, target) {
        (_, target) if target.has_wildcard() => Relation::Undefined,
        (Value::Any, Value::Any) | (Value::Na, Value::Na) => Relation::Equal,
        (Value::Any, _) => Relation::Superset,
        (_, Value::Any) => Relation::Subset,
        (Value::Na, _) | (_, Value::Na) => Relation::Disjoint,
        (Value::Text(one), Value::Text(other)) => {
            if source.has_wildcard() {
                if pattern::overlap(&pattern::tokens(one), &pattern::tokens(other)) {
                    Relation::Superset
                } else {
                    Relation::Disjoint
                }
            } else if one.eq_ignore_ascii_case(other) {
                Relation::Equal
            } else {
                Relation::Disjoint
            }
        }
    }
}

/// Name comparison: NISTIR 7696, table 6-4.
pub(super) fn names(source: &[Value; 11], target: &[Value; 11]) -> Relation {
    let mut name = Relation::Equal;
    let mut undefined = false;
    for (source, target) in source.iter().zip(target) {
        match (values(source, target), name) {
            (Relation::Disjoint, _) => return Relation::Disjoint,
            (Relation::Equal, _) => {}
            (relation, Relation::Equal) => name = relation,
            (relation, name) if relation == name => {}
            _ => undefined = true,
        }
    }
    if undefined { Relation::Undefined } else { name }
}

/// Whether some value is covered by both, wildcards on either side.
pub(super) fn overlap(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Any, _) | (_, Value::Any) | (Value::Na, Value::Na) => true,
        (Value::Na, _) | (_, Value::Na) => false,
        (Value::Text(a), Value::Text(b)) => {
            if one.has_wildcard() || other.has_wildcard() {
                pattern::overlap(&pattern::tokens(a), &pattern::tokens(b))
            } else {
                a.eq_ignore_ascii_case(b)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cpe::{Attribute, Cpe};
    use Relation::{Disjoint, Equal, Subset, Superset, Undefined};

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    /// NISTIR 7696, table 6-2: all sixteen rows, in the table's order.
    #[test]
    fn attributes_compare_as_the_table_says() {
        let (i, k) = (text("i"), text("k"));
        let (wild, other_wild) = (text("i*"), text("k?"));
        for (source, target, relation) in [
            (&Value::Any, &Value::Any, Equal),
            (&Value::Any, &Value::Na, Superset),
            (&Value::Any, &i, Superset),
            (&Value::Any, &wild, Undefined),
            (&Value::Na, &Value::Any, Subset),
            (&Value::Na, &Value::Na, Equal),
            (&Value::Na, &i, Disjoint),
            (&Value::Na, &wild, Undefined),
            (&i, &i, Equal),
            (&i, &k, Disjoint),
            (&i, &wild, Undefined),
            (&i, &Value::Na, Disjoint),
            (&i, &Value::Any, Subset),
            (&wild, &text("item"), Superset),
            (&wild, &k, Disjoint),
            (&wild, &other_wild, Undefined),
            (&wild, &Value::Any, Subset),
            (&wild, &Value::Na, Disjoint),
        ] {
            assert_eq!(values(source, target), relation, "{source} {target}");
        }
    }

    fn relation(source: &str, target: &str) -> Relation {
        Cpe::parse(source)
            .unwrap()
            .compare(&Cpe::parse(target).unwrap())
    }

    /// NISTIR 7696, 6.2 and 7.2: the two worked comparisons.
    #[test]
    fn names_compare_as_the_standard_works_them_out() {
        assert_eq!(
            relation(
                "cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:sp2:*:*:*:*",
                "cpe:2.3:a:microsoft:internet_explorer:*:*:*:*:*:*:*:*"
            ),
            Subset
        );
        let source = Cpe::parse("cpe:2.3:a:adobe:*:9.*:*:PalmOS:*:*:*:*:*").unwrap();
        let target = Cpe::parse("cpe:/a::Reader:9.3.2:-:-").unwrap();
        let each: Vec<_> = Attribute::ALL
            .into_iter()
            .map(|attribute| values(source.value(attribute), target.value(attribute)))
            .collect();
        assert_eq!(
            each,
            [
                Equal, Subset, Superset, Superset, Superset, Disjoint, Equal, Equal, Equal, Equal,
                Equal
            ]
        );
        assert_eq!(source.compare(&target), Disjoint);
    }

    #[test]
    fn names_that_cover_each_other_in_part_have_no_defined_relation() {
        assert_eq!(
            relation(
                "cpe:2.3:a:adobe:reader:*:-:*:*:*:palmos:*:*",
                "cpe:2.3:a:adobe:reader:9.3.2:-:*:*:*:*:*:*"
            ),
            Undefined
        );
        assert_eq!(
            relation(
                "cpe:2.3:a:Adobe:Reader:9.3.2:-:*:*:*:*:*:*",
                "cpe:2.3:a:adobe:reader:9.3.2:-:*:*:*:*:*:*"
            ),
            Equal
        );
    }

    #[test]
    fn overlap_is_decided_where_the_standard_leaves_it_undefined() {
        assert!(overlap(&text("8.*"), &text("*.6001")));
        assert!(!overlap(&text("8.*"), &text("9.*")));
        assert!(overlap(&Value::Any, &text("9.*")));
        assert!(!overlap(&Value::Na, &text("9.*")));
    }

    #[test]
    fn a_relation_reads_the_same_from_either_side() {
        let names = [
            "cpe:2.3:a:adobe:reader:9.3.2:-:*:*:*:*:*:*",
            "cpe:2.3:a:adobe:reader:*:-:*:*:*:*:*:*",
            "cpe:2.3:a:adobe:reader:9.3.2:*:*:*:*:palmos:*:*",
            "cpe:2.3:o:microsoft:windows_10:-:*:*:*:*:*:*:*",
        ];
        for one in names {
            for other in names {
                let mirrored = match relation(other, one) {
                    Superset => Subset,
                    Subset => Superset,
                    same => same,
                };
                assert_eq!(relation(one, other), mirrored, "{one} {other}");
            }
        }
    }
}
