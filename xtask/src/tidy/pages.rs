//! A page that repeats what a catalog or the code says, says the same.

use toml::{Table, Value};

use super::breach::Breach;
use super::links::prose;
use super::tree::Tree;

const URGENCY_PAGE: &str = "docs/concepts/urgency.md";
const URGENCY_POLICY: &str = "catalogs/urgency.toml";
const VERDICTS_PAGE: &str = "docs/concepts/verdicts.md";
const VERDICTS_CODE: &str = "crates/exposure/src/";

/// Rows that a page lacks or that its source does not have.
pub(crate) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = urgency(tree);
    breaches.extend(verdicts(tree));
    breaches
}

/// The weights of the policy stand on the page as table rows.
fn urgency(tree: &Tree) -> Vec<Breach> {
    let (Some(page), Some(policy)) = (tree.text(URGENCY_PAGE), tree.text(URGENCY_POLICY)) else {
        return Vec::new();
    };
    let Ok(policy) = policy.parse::<Table>() else {
        // A catalog that cannot be read is a breach of its own.
        return Vec::new();
    };
    let mut wanted = Vec::new();
    for table in ["classes", "clinical_role"] {
        for (name, points) in policy
            .get(table)
            .and_then(Value::as_table)
            .into_iter()
            .flatten()
        {
            wanted.push(vec![name.clone(), written(points)]);
        }
    }
    let answers = policy
        .get("exposure")
        .and_then(|exposure| exposure.get("answers"))
        .and_then(Value::as_array);
    for answer in answers.into_iter().flatten() {
        let cell = |key: &str| answer.get(key).map(written).unwrap_or_default();
        wanted.push(vec![cell("question"), cell("answer"), cell("points")]);
    }
    let rows: Vec<Vec<&str>> = prose(page).map(|(_, line)| cells(line)).collect();
    wanted
        .iter()
        .filter(|row| !rows.iter().any(|cells| cells.starts_with(&borrowed(row))))
        .map(|row| {
            Breach::new(
                URGENCY_PAGE,
                format!(
                    "lacks the row `| {} |` of {URGENCY_POLICY}",
                    row.join(" | ")
                ),
            )
        })
        .collect()
}

/// Every code in the first column of a table on the page stands in the code as a string.
fn verdicts(tree: &Tree) -> Vec<Breach> {
    let Some(page) = tree.text(VERDICTS_PAGE) else {
        return Vec::new();
    };
    prose(page)
        .filter_map(|(line, text)| {
            let first = cells(text).into_iter().next()?;
            let code = first.strip_prefix('`')?.strip_suffix('`')?;
            Some((line, code))
        })
        .filter(|(_, code)| {
            let literal = format!("\"{code}\"");
            !tree
                .texts_in(VERDICTS_CODE, ".rs")
                .any(|(_, source)| source.contains(&literal))
        })
        .map(|(line, code)| {
            Breach::at(
                VERDICTS_PAGE,
                line,
                format!("`{code}` stands nowhere in {VERDICTS_CODE}"),
            )
        })
        .collect()
}

/// The cells of a table row; none for any other line.
fn cells(line: &str) -> Vec<&str> {
    line.trim()
        .strip_prefix('|')
        .and_then(|row| row.strip_suffix('|'))
        .map(|row| row.split('|').map(str::trim).collect())
        .unwrap_or_default()
}

fn borrowed(row: &[String]) -> Vec<&str> {
    row.iter().map(String::as_str).collect()
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Float(number) => number.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files))
            .into_iter()
            .map(|breach| breach.to_string())
            .collect()
    }

    #[test]
    fn a_weight_that_differs_from_the_policy_is_a_breach() {
        let policy = "[classes]\nnow = 60.0\n[clinical_role]\nsupport = 5.5\n\
                      [[exposure.answers]]\nquestion = \"A-1\"\nanswer = \"Yes\"\npoints = 4.0\n";
        let page = "| now | 60 | today |\n| support | 5.5 | x |\n| A-1 | Yes | 4 | x |\n";
        assert_eq!(
            messages(&[(URGENCY_POLICY, policy), (URGENCY_PAGE, page)]),
            [""; 0]
        );
        let page = "| now | 61 | today |\n| support | 5.5 |\n| A-1 | No | 4 |\n";
        assert_eq!(
            messages(&[(URGENCY_POLICY, policy), (URGENCY_PAGE, page)]),
            [
                "docs/concepts/urgency.md: lacks the row `| now | 60 |` of catalogs/urgency.toml",
                "docs/concepts/urgency.md: lacks the row `| A-1 | Yes | 4 |` of catalogs/urgency.toml",
            ]
        );
    }

    #[test]
    fn a_code_that_the_program_does_not_know_is_a_breach() {
        let code = "const A: &str = \"known-rule\";\n";
        let page = "| rule | x |\n| `known-rule` | x |\n| `lost-rule` | x |\nsee `other-rule`\n";
        assert_eq!(
            messages(&[("crates/exposure/src/a.rs", code), (VERDICTS_PAGE, page)]),
            ["docs/concepts/verdicts.md:3: `lost-rule` stands nowhere in crates/exposure/src/"]
        );
    }
}
