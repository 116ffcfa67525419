//! A manufacturer's disclosure form: MDS2 (ANSI/NEMA HN 1).

use jiff::civil::Date;

use crate::problem::Place;

/// Which edition of the form it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormEdition {
    /// ANSI/NEMA HN 1-2013.
    Hn1_2013,
    /// ANSI/NEMA HN 1-2019.
    Hn1_2019,
}

impl FormEdition {
    /// The edition as the standard names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hn1_2013 => "HN 1-2013",
            Self::Hn1_2019 => "HN 1-2019",
        }
    }
}

/// What was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AnswerValue {
    /// Yes.
    Yes,
    /// No.
    No,
    /// N/A: the question does not apply.
    NotApplicable,
    /// The answer stands in a note.
    SeeNote,
    /// Words, for the questions that ask for words, or an answer outside the list.
    Text(String),
    /// A day.
    Date(Date),
    /// Nothing was answered.
    #[default]
    Blank,
}

impl AnswerValue {
    /// The answer as the form writes it.
    pub fn as_text(&self) -> String {
        match self {
            Self::Yes => "Yes".to_owned(),
            Self::No => "No".to_owned(),
            Self::NotApplicable => "N/A".to_owned(),
            Self::SeeNote => "See Notes".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Date(date) => date.to_string(),
            Self::Blank => String::new(),
        }
    }
}

/// One answer of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Question id in its corrected spelling (`SAHD-15`).
    pub question: String,
    /// The id as the form prints it (`SHAD-15`).
    pub printed: String,
    /// The answer.
    pub value: AnswerValue,
    /// Words that stand beside a Yes, No or N/A.
    pub remark: Option<String>,
    /// The note it refers to, as written (`Note 3`), without blanks and dashes.
    pub note: Option<String>,
    /// Where it stands.
    pub at: Place,
}

/// A filled form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureForm {
    /// Which edition.
    pub edition: FormEdition,
    /// Maker (DOC-1).
    pub manufacturer: Option<String>,
    /// Device description (DOC-2).
    pub description: Option<String>,
    /// Models it is for (DOC-3), one or more.
    pub models: Vec<String>,
    /// Document id (DOC-4).
    pub document_id: Option<String>,
    /// Software version, when the form states one outside its questions.
    pub software_version: Option<String>,
    /// Day of release (DOC-7).
    pub released: Option<Date>,
    /// Answers in the order of the form.
    pub answers: Vec<Answer>,
    /// Notes by label (`Note 1`) in the order of the form.
    pub notes: Vec<(String, String)>,
}

impl DisclosureForm {
    /// The answer to a question, by its corrected id.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers
            .iter()
            .find(|answer| answer.question == question)
    }
}
