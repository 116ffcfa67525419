//! What the answers of a form of 2013 say of the questions of 2019, from `catalogs/mds2_crosswalk.csv`.

use std::borrow::Cow;
use std::sync::LazyLock;

use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};

use super::catalog::rows;

/// One question of 2013 that answers one of 2019, by our own judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterpart {
    /// Id in HN 1-2013.
    pub from: &'static str,
    /// Id in HN 1-2019.
    pub to: &'static str,
    /// What Yes there means here; `None` where it leaves the question open.
    pub yes: Option<AnswerValue>,
    /// What No there means here; `None` where it leaves the question open.
    pub no: Option<AnswerValue>,
    /// Why: `same`, `narrower`, `broader` or `reversed`, as the catalog explains.
    pub basis: &'static str,
}

impl Counterpart {
    /// Whether both ask the same.
    fn is_same(&self) -> bool {
        self.yes == Some(AnswerValue::Yes) && self.no == Some(AnswerValue::No)
    }

    /// What an answer there says here; `None` for nothing.
    fn carried(&self, value: &AnswerValue) -> Option<AnswerValue> {
        match value {
            AnswerValue::Yes => self.yes.clone(),
            AnswerValue::No => self.no.clone(),
            other => self.is_same().then(|| other.clone()),
        }
    }
}

static CROSSWALK: LazyLock<Vec<Counterpart>> = LazyLock::new(load);

/// All rows of the crosswalk, in the order of the form of 2013.
pub fn counterparts() -> &'static [Counterpart] {
    &CROSSWALK
}

/// A form with its answers under the ids of HN 1-2019, for rules that ask by those. The edition stays
/// the one that was filled in, and each answer keeps in `printed` the id under which the form gave it.
///
/// What HN 1-2013 does not ask, or does not ask so that the answer decides, is not there.
pub fn in_terms_of_2019(form: &DisclosureForm) -> Cow<'_, DisclosureForm> {
    if form.edition == FormEdition::Hn1_2019 {
        return Cow::Borrowed(form);
    }
    let mut answers: Vec<Answer> = Vec::new();
    for counterpart in counterparts() {
        let Some(given) = form.answer(counterpart.from) else {
            continue;
        };
        let Some(value) = counterpart.carried(&given.value) else {
            continue;
        };
        if answers.iter().all(|known| known.question != counterpart.to) {
            answers.push(Answer {
                question: counterpart.to.to_owned(),
                printed: given.question.clone(),
                value,
                ..given.clone()
            });
        }
    }
    Cow::Owned(DisclosureForm {
        answers,
        ..form.clone()
    })
}

fn load() -> Vec<Counterpart> {
    let answer = |word: &str| match word {
        "Yes" => Some(AnswerValue::Yes),
        "No" => Some(AnswerValue::No),
        _ => None,
    };
    rows(include_str!("../../../../catalogs/mds2_crosswalk.csv"))
        .iter()
        .filter_map(|row| match row.as_slice() {
            [from, to, yes, no, basis] => Some(Counterpart {
                from,
                to,
                yes: answer(yes),
                no: answer(no),
                basis,
            }),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use isocenter_model::Place;

    use super::*;
    use crate::mds2::catalog::question;

    #[test]
    fn every_row_joins_questions_that_ask_for_answers_of_one_kind() {
        assert_eq!(counterparts().len(), 79);
        for row in counterparts() {
            let from = question(FormEdition::Hn1_2013, row.from);
            let to = question(FormEdition::Hn1_2019, row.to);
            let (Some(from), Some(to)) = (from, to) else {
                panic!("{row:?} names a question that is not there");
            };
            assert_eq!(from.kind, to.kind, "{row:?}");
            assert!(row.yes.is_some() || row.no.is_some(), "{row:?}");
            assert_eq!(row.is_same(), row.basis == "same", "{row:?}");
            if row.basis == "reversed" {
                assert!(row.yes != Some(AnswerValue::Yes) && row.no != Some(AnswerValue::No));
            }
        }
    }

    fn form(answers: &[(&str, AnswerValue)]) -> DisclosureForm {
        DisclosureForm {
            edition: FormEdition::Hn1_2013,
            manufacturer: None,
            description: None,
            models: Vec::new(),
            document_id: None,
            software_version: None,
            released: None,
            answers: answers
                .iter()
                .map(|(id, value)| Answer {
                    question: (*id).to_owned(),
                    printed: (*id).to_owned(),
                    value: value.clone(),
                    remark: None,
                    note: None,
                    at: Place::Document,
                })
                .collect(),
            notes: Vec::new(),
        }
    }

    #[test]
    fn an_answer_is_carried_over_only_where_it_decides() {
        use AnswerValue::{No, NotApplicable, Yes};
        let form = form(&[
            ("D.5", No),
            ("15-10", No),
            ("15-8", Yes),
            ("15-3", Yes),
            ("17-1", NotApplicable),
            ("15-1", NotApplicable),
            ("5-1.1", No),
        ]);
        let read = in_terms_of_2019(&form);
        let value = |id: &str| read.answer(id).map(|answer| answer.value.clone());
        assert_eq!(read.edition, FormEdition::Hn1_2013);
        assert_eq!(value("MPII-3.5"), Some(No));
        assert_eq!(
            value("CONN-1.2.1"),
            None,
            "a wired connection may carry other data"
        );
        assert_eq!(
            value("SAHD-11"),
            Some(Yes),
            "it cannot start from other media"
        );
        assert_eq!(value("SAHD-9"), Some(Yes));
        assert_eq!(value("CONN-4"), None, "a network need not leave the house");
        assert_eq!(value("STCF-1"), Some(NotApplicable));
        assert_eq!(value("SAHD-1"), None);
        assert_eq!(value("CSUP-2.3"), Some(No));
        assert_eq!(read.answer("SAHD-9").unwrap().printed, "15-8");
        let open = self::form(&[("15-10", Yes), ("D.5", Yes)]);
        let read = in_terms_of_2019(&open);
        assert_eq!(
            read.answer("SAHD-11"),
            None,
            "it may be possible to prohibit it"
        );
        assert_eq!(read.answer("CONN-1.2.1").unwrap().value, Yes);
    }

    #[test]
    fn a_form_of_2019_is_left_alone() {
        let mut given = form(&[("CONN-7", AnswerValue::Yes)]);
        given.edition = FormEdition::Hn1_2019;
        assert!(matches!(in_terms_of_2019(&given), Cow::Borrowed(_)));
    }
}
