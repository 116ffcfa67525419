//! Writes a form as a worksheet in the layout of the official one.

use std::collections::BTreeMap;

use isocenter_model::form::{Answer, AnswerValue, DisclosureForm};
use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula,
    Workbook, Worksheet, XlsxError,
};

use super::catalog::{Crosswalk, Question, questions, sections};
use super::notes::OTHER_CONSIDERATIONS;

/// Name of the sheet, as in the official worksheet.
const SHEET: &str = "mds2-form";
const TITLE: &str = "Manufacturer Disclosure Statement for Medical Device Security -- MDS2";
/// The choices, as the list of the official worksheet spells them.
const CHOICES: [&str; 4] = ["Yes", "No", "N/A", "See Notes"];
const CROSSWALK_HEADINGS: [&str; 3] = [
    "IEC TR 80001-2-2:2012",
    "NIST SP 800-53 Rev. 4",
    "ISO 27002:2013",
];
/// Widths of columns A to G in characters.
const WIDTHS: [f64; 7] = [18.3, 43.6, 29.9, 42.6, 33.3, 35.1, 23.4];

// Rows of the official worksheet that carry no question, counted from 0.
const TITLE_ROW: u32 = 1;
const NAMES_ROW: u32 = 2;
const HEADER_ROW: u32 = 4;
const SOFTWARE_VERSION_ROW: u32 = 20;
const ANSWER_HEADING_ROW: u32 = 21;
const OTHER_CONSIDERATIONS_ROW: u32 = 337;
const NOTES_HEADING_ROW: u32 = 339;
const FIRST_NOTE_ROW: u32 = 341;

/// Why a form could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The form answers a question that HN 1-2019 does not have.
    #[error("{0} is no question of HN 1-2019")]
    UnknownQuestion(String),
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

/// Writes `form` as an HN 1-2019 worksheet: the official sheet name, rows, columns and answer
/// lists, NEMA's references, our own short wording of the questions. All 240 questions are
/// written; one without an answer stays blank. The head of the form (DOC-1 to DOC-4, DOC-7) is
/// filled from the form's own fields where no answer states it. The same form gives the same bytes.
pub fn write(form: &DisclosureForm) -> Result<Vec<u8>, WriteError> {
    let answers = answers_by_question(form)?;
    let mut workbook = Workbook::new();
    workbook.set_properties(
        &DocProperties::new()
            .set_title("MDS2 HN 1-2019")
            .set_creation_datetime(&fixed_day(form.released)?),
    );
    let styles = Styles::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    let mut writer = Writer { sheet, styles };
    writer.set_up_page(form)?;
    writer.write_head(form, &answers)?;
    for section in sections() {
        let row = section.row - 1;
        let heading = match section.code {
            // The official worksheet gives this one section no code and spells another its own way.
            "MPII" => section.name.to_uppercase(),
            "SBOM" => format!("{} (SBoM)", section.name.to_uppercase()),
            code => format!("{} ({code})", section.name.to_uppercase()),
        };
        writer
            .sheet
            .write_with_format(row, 1, heading, &writer.styles.heading)?;
        for (column, name) in (4..).zip(CROSSWALK_HEADINGS) {
            writer
                .sheet
                .write_with_format(row, column, name, &writer.styles.heading)?;
        }
        if !section.text.is_empty() {
            writer
                .sheet
                .write_with_format(row + 1, 1, section.text, &writer.styles.plain)?;
        }
        writer.write_crosswalk(row + 1, &section.crosswalk)?;
    }
    for question in questions() {
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
        if super::question(&answer.question).is_none() {
            return Err(WriteError::UnknownQuestion(answer.question.clone()));
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
}

impl Writer<'_> {
    fn set_up_page(&mut self, form: &DisclosureForm) -> Result<(), WriteError> {
        for (column, width) in (0..).zip(WIDTHS) {
            self.sheet.set_column_width(column, width)?;
        }
        // The references in columns E to G do not print, as in the official worksheet.
        self.sheet.set_print_area(0, 0, 1_048_575, 3)?;
        self.sheet.set_repeat_rows(NAMES_ROW, NAMES_ROW + 1)?;
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

    fn write_head(
        &mut self,
        form: &DisclosureForm,
        answers: &BTreeMap<&str, &Answer>,
    ) -> Result<(), WriteError> {
        self.sheet
            .write_with_format(TITLE_ROW, 0, TITLE, &self.styles.title)?;
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
        for id in ["DOC-1", "DOC-2", "DOC-3", "DOC-4", "DOC-7"] {
            if let (None, Some(value), Some(question)) =
                (answers.get(id), head_value(form, id), super::question(id))
            {
                self.write_value(question, &value, None)?;
            }
        }
        if let Some(version) = &form.software_version {
            self.sheet.write_with_format(
                SOFTWARE_VERSION_ROW,
                1,
                "Software Version",
                &self.styles.question,
            )?;
            self.write_text(SOFTWARE_VERSION_ROW, 2, version, "the software version")?;
        }
        self.sheet.write_with_format(
            ANSWER_HEADING_ROW,
            2,
            "Yes, No, \nN/A, or \nSee Note",
            &self.styles.heading,
        )?;
        self.sheet
            .write_with_format(ANSWER_HEADING_ROW, 3, "Note #", &self.styles.heading)?;
        Ok(())
    }

    fn write_question(
        &mut self,
        question: &Question,
        answer: Option<&Answer>,
    ) -> Result<(), WriteError> {
        let row = question.row - 1;
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
            if !matches!(question.section, "DOC") {
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
        let validation = DataValidation::new().allow_list_strings(&CHOICES)?;
        let rows: Vec<u32> = questions()
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
        let others = form
            .notes
            .iter()
            .find(|(label, _)| label == OTHER_CONSIDERATIONS)
            .map_or("NONE", |(_, text)| text.as_str());
        self.write_text(OTHER_CONSIDERATIONS_ROW, 1, others, OTHER_CONSIDERATIONS)?;
        self.sheet
            .write_with_format(NOTES_HEADING_ROW, 1, "Notes:", &self.styles.heading)?;
        let notes = form
            .notes
            .iter()
            .filter(|(label, _)| label != OTHER_CONSIDERATIONS);
        for (row, (label, text)) in (FIRST_NOTE_ROW..).zip(notes) {
            self.write_text(row, 0, label, label)?;
            self.write_text(row, 1, text, label)?;
        }
        Ok(())
    }
}

/// What the form's own fields say of a question of its head.
fn head_value(form: &DisclosureForm, id: &str) -> Option<AnswerValue> {
    let text = |text: &Option<String>| text.clone().map(AnswerValue::Text);
    match id {
        "DOC-1" => text(&form.manufacturer),
        "DOC-2" => text(&form.description),
        "DOC-3" if form.models.is_empty() => None,
        "DOC-3" => Some(AnswerValue::Text(form.models.join("\n"))),
        "DOC-4" => text(&form.document_id),
        "DOC-7" => form.released.map(AnswerValue::Date),
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
