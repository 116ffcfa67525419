//! MDS2: the manufacturer disclosure statement for medical device security, ANSI/NEMA HN 1-2019,
//! as the worksheet that manufacturers fill in.
//!
//! What a reader of this form must live with: the official worksheet misprints one of its own
//! ids (`SHAD-15`), its list says "See Notes" where its heading says "See Note", the same question
//! text stands five times under CSUP (so a question is known by its id only), a release day may be a bare Excel serial number,
//! and manufacturers put remarks beside Yes and No, move columns, and name several models in one form.

mod answer;
mod catalog;
mod columns;
mod lines;
mod models;
mod notes;
mod read;
mod write;

pub use catalog::{AnswerKind, Crosswalk, Question, Section, question, questions, sections};
pub use read::read;
pub use write::{WriteError, write};

pub(crate) use read::is_form;
