//! The models that one form is for (DOC-3).

/// Marks between models on one line, when they are not part of a name.
const SEPARATORS: [&str; 5] = [", ", ",", " / ", " and ", " & "];
/// Models of one form. Real forms name up to about ten.
const MOST: usize = 200;

/// What DOC-3 names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Models {
    pub(super) names: Vec<String>,
    /// A line that may name several models and was taken as one.
    pub(super) unclear: Option<String>,
}

/// The models that DOC-3 names. Lines and semicolons always part models. Commas, slashes and "and" do so
/// only where every part is a model by itself, because names hold them too: model numbers
/// (`MVR435, MVR436`), or names of one family (`Aperture CT 500, Aperture CT 700`).
pub(super) fn models(text: &str) -> Models {
    let mut models = Models::default();
    for line in text.split(['\n', '\r', ';']).take(MOST) {
        let line = line.trim().trim_end_matches([',', '.']);
        let lists = SEPARATORS
            .into_iter()
            .map(|separator| parts(line, separator))
            .filter(|parts| parts.len() > 1);
        let clear = lists
            .clone()
            .find(|parts| parts.iter().all(|part| is_model_number(part)) || are_family(parts));
        if clear.is_none()
            && models.unclear.is_none()
            && lists
                .flatten()
                .filter(|part| has_digit(part))
                .nth(1)
                .is_some()
        {
            models.unclear = Some(line.to_owned());
        }
        for name in clear.unwrap_or_else(|| vec![line]) {
            let is_new = !name.is_empty() && models.names.iter().all(|known| known != name);
            if is_new && models.names.len() < MOST {
                models.names.push(name.to_owned());
            }
        }
    }
    models
}

/// The parts of a line; of `A, B and C` the last word list is parted too.
fn parts<'t>(line: &'t str, separator: &str) -> Vec<&'t str> {
    line.split(separator)
        .map(|part| part.trim().trim_start_matches("and ").trim())
        .filter(|part| !part.is_empty())
        .collect()
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

/// One word of letters and digits, three characters or longer.
fn is_model_number(text: &str) -> bool {
    text.chars().count() >= 3
        && !text.contains(char::is_whitespace)
        && has_digit(text)
        && text.chars().next().is_some_and(char::is_alphabetic)
}

/// Several words each, the first the same, and a number in each.
fn are_family(parts: &[&str]) -> bool {
    let first_word = |text: &str| text.split_whitespace().next().map(str::to_lowercase);
    let family = parts.first().and_then(|part| first_word(part));
    family.is_some()
        && parts.iter().all(|part| {
            has_digit(part) && part.contains(char::is_whitespace) && first_word(part) == family
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, names: &[&str], is_unclear: bool) {
        let models = models(text);
        assert_eq!(models.names, names, "{text:?}");
        assert_eq!(models.unclear.is_some(), is_unclear, "{text:?}");
    }

    #[test]
    fn several_models_are_parted_where_that_is_clear() {
        check(
            "MVR435, MVR436, MTR133",
            &["MVR435", "MVR436", "MTR133"],
            false,
        );
        check("MVR435,MVR436", &["MVR435", "MVR436"], false);
        check("MVR435, and MVR436", &["MVR435", "MVR436"], false);
        check("MVR435 / MVR436", &["MVR435", "MVR436"], false);
        check("Alpha 1\nAlpha 2", &["Alpha 1", "Alpha 2"], false);
        check("CT 500; CT 700", &["CT 500", "CT 700"], false);
        check(
            "Aperture CT 500, Aperture CT 700",
            &["Aperture CT 500", "Aperture CT 700"],
            false,
        );
        check("Alpha 1 and Alpha 2", &["Alpha 1", "Alpha 2"], false);
        check(" ", &[], false);
    }

    #[test]
    fn a_list_that_is_not_clear_stays_one_model_and_is_told() {
        check("Voluson E8 / E10", &["Voluson E8 / E10"], true);
        check("Scanner 3, 64 slices", &["Scanner 3, 64 slices"], true);
        check("Scanner, mobile", &["Scanner, mobile"], false);
        check("A/B", &["A/B"], false);
    }
}
