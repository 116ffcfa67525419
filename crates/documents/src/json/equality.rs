//! When two values are the same to JSON Schema.

use std::hash::{BuildHasher, Hash, Hasher};

use super::Node;
use crate::lookup::{Hashing, LookupSet};

/// Lists of up to this many elements are compared pair by pair.
const PAIRS: usize = 6;

/// The first element that is equal to an earlier one, as JSON Schema's `uniqueItems` compares them.
pub(crate) fn repeated(elements: &[Node<'_>]) -> Option<usize> {
    if elements.len() <= PAIRS {
        return (1..elements.len()).find(|index| {
            let (earlier, rest) = elements.split_at(*index);
            rest.first()
                .is_some_and(|element| earlier.iter().any(|other| is_equal(other, element)))
        });
    }
    let hashing = Hashing::default();
    let mut texts: LookupSet<&str> = LookupSet::default();
    let mut others: Vec<(u64, usize)> = Vec::new();
    for (index, element) in elements.iter().enumerate() {
        match element {
            Node::Text(text) => {
                if !texts.insert(text) {
                    return Some(index);
                }
            }
            other => others.push((hash_of(other, &hashing), index)),
        }
    }
    others.sort_unstable();
    others
        .array_windows()
        .filter(|[(hash, first), (other, second)]| {
            hash == other
                && matches!(
                    (elements.get(*first), elements.get(*second)),
                    (Some(first), Some(second)) if is_equal(first, second)
                )
        })
        .map(|[_, (_, index)]| *index)
        .min()
}

/// Equality of JSON: the order of an object's members does not count.
fn is_equal(a: &Node<'_>, b: &Node<'_>) -> bool {
    match (a, b) {
        (Node::Object(a), Node::Object(b)) => {
            let mut a: Vec<_> = a.iter().collect();
            let mut b: Vec<_> = b.iter().collect();
            a.sort_unstable_by(|(first, _), (second, _)| first.cmp(second));
            b.sort_unstable_by(|(first, _), (second, _)| first.cmp(second));
            a.len() == b.len()
                && a.iter().zip(b).all(|((key, value), (other_key, other))| {
                    key == other_key && is_equal(value, other)
                })
        }
        (Node::List(a), Node::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_equal(a, b))
        }
        (a, b) => a == b,
    }
}

/// Equal values have equal hashes.
fn hash_of(node: &Node<'_>, hashing: &Hashing) -> u64 {
    match node {
        Node::Null => 0,
        Node::Bool(value) => hashing.hash_one(value),
        Node::Number(value) => hashing.hash_one(value.to_bits()),
        Node::Text(text) => hashing.hash_one(text),
        Node::List(elements) => {
            let mut hasher = hashing.build_hasher();
            for element in elements {
                hasher.write_u64(hash_of(element, hashing));
            }
            hasher.finish()
        }
        Node::Object(members) => {
            let sum = members.iter().fold(0_u64, |sum, (key, value)| {
                let mut member = hashing.build_hasher();
                key.hash(&mut member);
                member.write_u64(hash_of(value, hashing));
                sum.wrapping_add(member.finish())
            });
            hashing.hash_one(sum)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Mended, Problems};

    #[track_caller]
    fn check_list(text: &str, expected: Option<usize>) {
        let mut mended = Mended::default();
        let mut problems = Problems::default();
        let root = Node::parse(text, &mut mended, &mut problems).unwrap();
        assert_eq!(repeated(root.elements()), expected, "{text}");
    }

    #[test]
    fn an_element_is_repeated_when_json_calls_them_equal() {
        check_list("[]", None);
        check_list(r#"["a","b","a"]"#, Some(2));
        check_list(r#"[{"a":1,"b":[2]},{"b":[2],"a":1}]"#, Some(1));
        check_list(r#"[{"a":1},{"a":1.0}]"#, Some(1));
        check_list(r#"[{"a":1},{"a":"1"}]"#, None);
        check_list(
            r#"["1","2","3","4","5","6","7","8",{"a":1,"b":2},{"b":2,"a":1},"8"]"#,
            Some(10),
        );
        check_list(
            r#"[{"a":0},{"a":1},{"a":2},{"a":3},{"a":4},{"a":5,"b":6},{"a":6},{"b":6,"a":5}]"#,
            Some(7),
        );
        check_list("[[1,2],[2,1],[1],[2],[3],[4],[5],[6]]", None);
    }
}
