//! Writes a form as a worksheet: in the layout of the official one of HN 1-2019, or in a plain one of our own
//! for HN 1-2013, of which no official worksheet is known.

use std::collections::BTreeMap;

use isocenter_model::form::{Answer, AnswerValue, DisclosureForm, FormEdition};
use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    Workbook, Worksheet, XlsxError,
};

use super::catalog::{Crosswalk, Question, headings, question, questions, sections};
use super::gaps::HeadIds;
use super::notes::OTHER_CONSIDERATIONS;

const TITLE: &str = "Manufacturer Disclosure Statement for Medical Device Security -- MDS2";
const ANSWER_HEADING: &str = "Yes, No, \nN/A, or \nSee Note";
const CROSSWALK_HEADINGS: [&str; 3] = [
    "IEC TR 80001-2-2:2012",
    "NIST SP 800-53 Rev. 4",
    "ISO 27002:2013",
];
/// Widths of columns A to G in characters.
const WIDTHS: [f64; 7] = [18.3, 43.6, 29.9, 42.6, 33.3, 35.1, 23.4];

/// Rows of a worksheet that carry no question, counted from 0, and its names.
#[derive(Debug, Clone, Copy)]
struct Layout {
    /// Name of the sheet.
    sheet: &'static str,
    /// The choices, as the list of the worksheet spells them.
    choices: [&'static str; 4],
    title: u32,
    /// First of the two rows that are printed on each page.
    repeated: u32,
    /// Row of the heading of the answers.
    answer_heading: u32,
    notes_heading: u32,
    first_note: u32,
}

impl Layout {
    fn of(edition: FormEdition) -> Self {
        match edition {
            // Rows of the official worksheet.
            FormEdition::Hn1_2019 => Self {
                sheet: "mds2-form",
                choices: ["Yes", "No", "N/A", "See Notes"],
                title: 1,
                repeated: NAMES_ROW,
                answer_heading: 21,
                notes_heading: 339,
                first_note: 341,
            },
            FormEdition::Hn1_2013 => Self {
                sheet: "MDS2",
                choices: ["Yes", "No", "N/A", "See Note"],
                title: 0,
                repeated: 0,
                answer_heading: 14,
                notes_heading: 164,
                first_note: 165,
            },
        }
    }
}

// Rows of the official worksheet of 2019 alone, counted from 0.
const NAMES_ROW: u32 = 2;
const HEADER_ROW: u32 = 4;
const SOFTWARE_VERSION_ROW: u32 = 20;
const OTHER_CONSIDERATIONS_ROW: u32 = 337;

// Rows of our worksheet of 2013 alone, counted from 0.
const EDITION_ROW: u32 = 1;
const DESCRIPTION_ROW: u32 = 2;

/// Why a form could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The form answers a question that its edition does not have.
    #[error("{question} is no question of {}", .edition.as_str())]
    UnknownQuestion {
        /// The id of the answer.
        question: String,
        /// The edition of the form.
        edition: FormEdition,
    },
    /// The form answers a question twice.
    #[error("{0} is answered more than once")]
    QuestionTwice(String),
    /// A text is longer than the 32,767 characters that a cell may hold.
    #[error("the text of {0} is longer than the 32,767 characters that a cell may hold")]
    TextTooLong(String),
    /// The worksheet could not be made.
    #[error("the worksheet cannot be made")]
    Worksheet(#[from] XlsxError),
}

/// Writes `form` as a worksheet of its edition. One of HN 1-2019 has the official sheet name, rows, columns and
/// answer lists and NEMA's references; one of HN 1-2013 has the head above and the ids in the first column.
/// The wording of the questions is our own, in short. All questions are
/// written; one without an answer stays blank. The head of the form (DOC-1 to DOC-4, DOC-7 or their labels) is
/// filled from the form's own fields where no answer states it. The same form gives the same bytes.
pub fn write(form: &DisclosureForm) -> Result<Vec<u8>, WriteError> {
    let edition = form.edition;
    let answers = answers_by_question(form)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title(format!("MDS2 {}", edition.as_str()))
            .set_creation_datetime(&fixed_day(form.released)?),
    );
    let styles = Styles::new();
    let layout = Layout::of(edition);
    let sheet = workbook.add_worksheet();
    sheet.set_name(layout.sheet)?;
    let mut writer = Writer {
        sheet,
        styles,
        edition,
        layout,
    };
    writer.set_up_page(form)?;
    writer.write_title()?;
    match edition {
        FormEdition::Hn1_2019 => writer.write_head_2019(form, &answers)?,
        FormEdition::Hn1_2013 => writer.write_head_2013()?,
    }
    writer.fill_head(form, &answers)?;
    writer.write_answer_heading(form)?;
    writer.write_sections()?;
    for question in questions(edition) {
        writer.write_question(question, answers.get(question.id).copied())?;
    }
    writer.offer_choices()?;
    writer.write_notes(form)?;
    Ok(workbook.save_to_buffer()?)
}

/// The creation day that the file states: that of the form, so that the clock stays out of the bytes.
fn fixed_day(released: Option<Date>) -> Result<ExcelDateTime, XlsxError> {
    // 2019-10-10 is the day of the official example worksheet.
    let day = released
        .filter(|day| day.year() >= 1900)
        .unwrap_or(jiff::civil::date(2019, 10, 10));
    excel_day(day)
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )
}

fn answers_by_question(form: &DisclosureForm) -> Result<BTreeMap<&str, &Answer>, WriteError> {
    let mut answers = BTreeMap::new();
    for answer in &form.answers {
        if question(form.edition, &answer.question).is_none() {
            return Err(WriteError::UnknownQuestion {
                question: answer.question.clone(),
                edition: form.edition,
            });
        }
        if answers.insert(answer.question.as_str(), answer).is_some() {
            return Err(WriteError::QuestionTwice(answer.question.clone()));
        }
    }
    Ok(answers)
}

struct Styles {
    title: Format,
    heading: Format,
    plain: Format,
    id: Format,
    question: Format,
    answer: Format,
    /// For words that begin like a formula: shown as words even after somebody edits the cell.
    literal: Format,
    day: Format,
    crosswalk: Format,
}

impl Styles {
    fn new() -> Self {
        let plain = Format::new().set_align(FormatAlign::Top).set_text_wrap();
        let boxed = plain.clone().set_border(FormatBorder::Thin);
        let answer = boxed.clone().set_unlocked();
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: plain.clone().set_bold().set_background_color("#DDE5EC"),
            id: boxed.clone().set_bold(),
            question: boxed.clone(),
            literal: answer.clone().set_quote_prefix(),
            day: answer.clone().set_num_format("yyyy-mm-dd"),
            answer,
            crosswalk: boxed.set_font_color("#595959"),
            plain,
        }
    }
}

struct Writer<'w> {
    sheet: &'w mut Worksheet,
    styles: Styles,
    edition: FormEdition,
    layout: Layout,
}

impl Writer<'_> {
    fn set_up_page(&mut self, form: &DisclosureForm) -> Result<(), WriteError> {
        for (column, width) in (0..).zip(WIDTHS) {
            self.sheet.set_column_width(column, width)?;
        }
        // The references in columns E to G do not print, as in the official worksheet.
        self.sheet.set_print_area(0, 0, 1_048_575, 3)?;
        let first = self.layout.repeated;
        self.sheet.set_repeat_rows(first, first + 1)?;
        self.sheet.set_print_fit_to_pages(1, 0);
        self.sheet.set_header(format!(
            "&L{}&C{}&R{}",
            header_text(form.manufacturer.as_deref().unwrap_or("")),
            header_text(form.document_id.as_deref().unwrap_or("")),
            form.released.map(|day| day.to_string()).unwrap_or_default(),
        ));
        self.sheet.set_footer("&C&P / &N");
        Ok(())
    }

    fn write_title(&mut self) -> Result<(), WriteError> {
        let layout = self.layout;
        self.sheet
            .write_with_format(layout.title, 0, TITLE, &self.styles.title)?;
        Ok(())
    }

    fn write_head_2019(
        &mut self,
        form: &DisclosureForm,
        answers: &BTreeMap<&str, &Answer>,
    ) -> Result<(), WriteError> {
        for (column, id, cell) in [
            (0, "DOC-1", "=C6"),
            (1, "DOC-3", "=C8"),
            (2, "DOC-4", "=C9"),
            (3, "DOC-7", "=C12"),
        ] {
            let shown = match answers.get(id) {
                Some(answer) => answer.value.as_text(),
                None => head_value(form, id)
                    .map(|value| value.as_text())
                    .unwrap_or_default(),
            };
            let style = if id == "DOC-7" {
                &self.styles.day
            } else {
                &self.styles.plain
            };
            self.sheet.write_formula_with_format(
                NAMES_ROW,
                column,
                Formula::new(cell).set_result(shown),
                style,
            )?;
        }
        let headings = ["Question ID", "Question", "", "See note"];
        for (column, heading) in (0..).zip(headings.into_iter().chain(CROSSWALK_HEADINGS)) {
            self.sheet
                .write_with_format(HEADER_ROW, column, heading, &self.styles.heading)?;
        }
        Ok(())
    }

    /// The row above the answers, and what HN 1-2019 has no question for.
    fn write_answer_heading(&mut self, form: &DisclosureForm) -> Result<(), WriteError> {
        if let (FormEdition::Hn1_2019, Some(version)) = (self.edition, &form.software_version) {
            self.sheet.write_with_format(
                SOFTWARE_VERSION_ROW,
                1,
                "Software Version",
                &self.styles.question,
            )?;
            self.write_text(SOFTWARE_VERSION_ROW, 2, version, "the software version")?;
        }
        let row = self.layout.answer_heading;
        self.sheet
            .write_with_format(row, 2, ANSWER_HEADING, &self.styles.heading)?;
        self.sheet
            .write_with_format(row, 3, "Note #", &self.styles.heading)?;
        Ok(())
    }

    fn write_head_2013(&mut self) -> Result<(), WriteError> {
        self.sheet.write_with_format(
            EDITION_ROW,
            0,
            format!("HIMSS/NEMA {}", self.edition.as_str()),
            &self.styles.plain,
        )?;
        self.sheet.write_with_format(
            DESCRIPTION_ROW,
            1,
            "DEVICE DESCRIPTION",
            &self.styles.heading,
        )?;
        let row = self.layout.answer_heading;
        for (column, heading) in (0..).zip(["Question ID", "Question"]) {
            self.sheet
                .write_with_format(row, column, heading, &self.styles.heading)?;
        }
        for heading in headings(self.edition) {
            self.sheet
                .write_with_format(heading.row - 1, 0, heading.id, &self.styles.id)?;
            self.sheet.write_with_format(
                heading.row - 1,
                1,
                heading.text,
                &self.styles.question,
            )?;
        }
        Ok(())
    }

    /// What the form's own fields say and no answer does.
    fn fill_head(
        &mut self,
        form: &DisclosureForm,
        answers: &BTreeMap<&str, &Answer>,
    ) -> Result<(), WriteError> {
        let ids = HeadIds::of(self.edition);
        let asked = [
            ids.manufacturer,
            ids.description,
            ids.model,
            ids.document_id,
            ids.released,
        ];
        for id in asked.into_iter().chain(ids.software_version) {
            if let (None, Some(value), Some(question)) = (
                answers.get(id),
                head_value(form, id),
                question(self.edition, id),
            ) {
                self.write_value(question, &value, None)?;
            }
        }
        Ok(())
    }

    fn write_sections(&mut self) -> Result<(), WriteError> {
        for section in sections(self.edition) {
            let row = section.row - 1;
            let heading = match section.code {
                // The official worksheet gives this one section no code and spells another its own way.
                "MPII" | "MPRV" => section.name.to_uppercase(),
                "SBOM" => format!("{} (SBoM)", section.name.to_uppercase()),
                code => format!("{} ({code})", section.name.to_uppercase()),
            };
            self.sheet
                .write_with_format(row, 1, heading, &self.styles.heading)?;
            if self.edition == FormEdition::Hn1_2019 {
                for (column, name) in (4..).zip(CROSSWALK_HEADINGS) {
                    self.sheet
                        .write_with_format(row, column, name, &self.styles.heading)?;
                }
            }
            if !section.text.is_empty() {
                self.sheet
                    .write_with_format(row + 1, 1, section.text, &self.styles.plain)?;
            }
            self.write_crosswalk(row + 1, &section.crosswalk)?;
        }
        Ok(())
    }

    fn write_question(
        &mut self,
        question: &Question,
        answer: Option<&Answer>,
    ) -> Result<(), WriteError> {
        let row = question.row - 1;
        if self.edition == FormEdition::Hn1_2013 && question.is_head() {
            return self.write_label(question, answer);
        }
        let printed = answer.map_or(question.printed, |answer| answer.printed.as_str());
        self.sheet
            .write_with_format(row, 0, printed, &self.styles.id)?;
        let text = if question.condition.is_empty() {
            question.text.to_owned()
        } else {
            format!("{} ({})", question.text, question.condition)
        };
        self.sheet
            .write_with_format(row, 1, text, &self.styles.question)?;
        self.write_crosswalk(row, &question.crosswalk)?;
        let Some(answer) = answer else {
            // What `write_head` put there stays.
            if !question.is_head() {
                self.sheet.write_blank(row, 2, &self.styles.answer)?;
            }
            self.sheet
                .write_with_format(row, 3, "__", &self.styles.answer)?;
            return Ok(());
        };
        let is_choice = matches!(
            answer.value,
            AnswerValue::Yes | AnswerValue::No | AnswerValue::NotApplicable
        );
        let beside = answer.remark.as_deref().filter(|_| is_choice);
        self.write_value(question, &answer.value, beside)?;
        let note = match (
            &answer.note,
            answer.remark.as_deref().filter(|_| !is_choice),
        ) {
            (Some(note), Some(remark)) => format!("{}: {remark}", reference(note)),
            (Some(note), None) => reference(note),
            (None, Some(remark)) => remark.to_owned(),
            (None, None) => "__".to_owned(),
        };
        self.write_text(row, 3, &note, question.id)
    }

    /// A label of the head of 2013 and what it labels.
    fn write_label(
        &mut self,
        question: &Question,
        answer: Option<&Answer>,
    ) -> Result<(), WriteError> {
        self.sheet
            .write_with_format(question.row - 1, 1, question.id, &self.styles.question)?;
        match answer {
            Some(answer) => self.write_value(question, &answer.value, None),
            None => Ok(()),
        }
    }

    fn write_value(
        &mut self,
        question: &Question,
        value: &AnswerValue,
        remark: Option<&str>,
    ) -> Result<(), WriteError> {
        let row = question.row - 1;
        match (value, remark) {
            (AnswerValue::Blank, _) => {
                self.sheet.write_blank(row, 2, &self.styles.answer)?;
                Ok(())
            }
            (AnswerValue::Date(day), _) if day.year() >= 1900 => {
                self.sheet.write_datetime_with_format(
                    row,
                    2,
                    excel_day(*day)?,
                    &self.styles.day,
                )?;
                Ok(())
            }
            (value, Some(remark)) => self.write_text(
                row,
                2,
                &format!("{}, {remark}", value.as_text()),
                question.id,
            ),
            (value, None) => self.write_text(row, 2, &value.as_text(), question.id),
        }
    }

    /// Words as words: never a formula, a number or a link.
    fn write_text(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        what: &str,
    ) -> Result<(), WriteError> {
        let style = if text.starts_with(['=', '+', '-', '@']) {
            &self.styles.literal
        } else {
            &self.styles.answer
        };
        match self
            .sheet
            .write_string_with_format(row, column, text, style)
        {
            Ok(_) => Ok(()),
            Err(XlsxError::MaxStringLengthExceeded) => {
                Err(WriteError::TextTooLong(what.to_owned()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn write_crosswalk(&mut self, row: u32, crosswalk: &Crosswalk) -> Result<(), WriteError> {
        for (column, reference) in (4..).zip([
            crosswalk.iec_tr_80001_2_2,
            crosswalk.nist_sp_800_53,
            crosswalk.iso_27002,
        ]) {
            if !reference.is_empty() {
                self.sheet
                    .write_with_format(row, column, reference, &self.styles.crosswalk)?;
            }
        }
        Ok(())
    }

    /// The list of choices on every question that the official worksheet gives one.
    fn offer_choices(&mut self) -> Result<(), WriteError> {
        let validation = DataValidation::new().allow_list_strings(&self.layout.choices)?;
        let rows: Vec<u32> = questions(self.edition)
            .iter()
            .filter(|question| question.has_list)
            .map(|question| question.row - 1)
            .collect();
        for run in rows.chunk_by(|a, b| a + 1 == *b) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                self.sheet
                    .add_data_validation(*first, 2, *last, 2, &validation)?;
            }
        }
        Ok(())
    }

    fn write_notes(&mut self, form: &DisclosureForm) -> Result<(), WriteError> {
        // In HN 1-2013 that section has questions, and its notes are notes like others.
        let has_place = self.edition == FormEdition::Hn1_2019;
        if has_place {
            let others = form
                .notes
                .iter()
                .find(|(label, _)| label == OTHER_CONSIDERATIONS)
                .map_or("NONE", |(_, text)| text.as_str());
            self.write_text(OTHER_CONSIDERATIONS_ROW, 1, others, OTHER_CONSIDERATIONS)?;
        }
        self.sheet.write_with_format(
            self.layout.notes_heading,
            1,
            "Notes:",
            &self.styles.heading,
        )?;
        let notes = form
            .notes
            .iter()
            .filter(|(label, _)| !has_place || label != OTHER_CONSIDERATIONS);
        for (row, (label, text)) in (self.layout.first_note..).zip(notes) {
            self.write_text(row, 0, label, label)?;
            self.write_text(row, 1, text, label)?;
        }
        Ok(())
    }
}

/// What the form's own fields say of a question of its head.
fn head_value(form: &DisclosureForm, id: &str) -> Option<AnswerValue> {
    let ids = HeadIds::of(form.edition);
    let text = |text: &Option<String>| text.clone().map(AnswerValue::Text);
    match id {
        id if id == ids.manufacturer => text(&form.manufacturer),
        id if id == ids.description => text(&form.description),
        id if id == ids.model => {
            (!form.models.is_empty()).then(|| AnswerValue::Text(form.models.join("\n")))
        }
        id if id == ids.document_id => text(&form.document_id),
        id if id == ids.released => form.released.map(AnswerValue::Date),
        id if Some(id) == ids.software_version => text(&form.software_version),
        _ => None,
    }
}

/// How the note column refers to a note: `See Note 3`; a note under a question's id by the id.
fn reference(note: &str) -> String {
    if note.starts_with("Note ") {
        format!("See {note}")
    } else {
        note.to_owned()
    }
}

/// Text in a page header, where `&` begins a code; a header holds 255 characters in all.
fn header_text(text: &str) -> String {
    isocenter_model::text::shortened(text, 60).replace('&', "&&")
}
