//! MDS2: the manufacturer disclosure statement for medical device security, HIMSS/NEMA HN 1-2013 and
//! ANSI/NEMA HN 1-2019, as the worksheet that manufacturers fill in and as they put it into text.
//!
//! What a reader of this form must live with: the official worksheet of 2019 misprints one of its own
//! ids (`SHAD-15`), its list says "See Notes" where its heading says "See Note", the same question
//! text stands five times under CSUP (so a question is known by its id only), a release day may be a bare Excel serial number,
//! and manufacturers put remarks beside Yes and No, move columns, and name several models in one form.
//!
//! The form of 2013 came as a page to print, so each manufacturer laid out a worksheet of their own. Its
//! ids are bare numbers (`5-1`), which spreadsheet programs take for days; its head has labels and no ids,
//! with what they label beside or below them; notes stand after each section and may be numbered anew there.

mod answer;
mod catalog;
mod columns;
mod crosswalk;
mod form;
mod gaps;
mod head;
mod ids;
mod lines;
mod models;
mod notes;
mod read;
mod write;

pub use catalog::{
    AnswerKind, Certainty, Crosswalk, Heading, Question, Section, headings, question, questions,
    sections,
};
pub use crosswalk::{Counterpart, counterparts, in_terms_of_2019};
pub use read::read;
pub use write::{WriteError, write};

pub(crate) use read::{is_form, is_form_in_text, why_no_form};
