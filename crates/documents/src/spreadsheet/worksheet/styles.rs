//! Which cell formats show a number as a day.

use quick_xml::events::Event;

use super::xml::{PartError, Xml, attribute};
use crate::spreadsheet::package::Package;

/// Cell formats of a workbook: above Excel's own limit of 65,490.
const MAX_STYLES: usize = 65_536;

/// For each cell style: whether it shows a number as a day.
pub(super) fn read_date_styles(package: &mut Package<'_>) -> Result<Vec<bool>, PartError> {
    let mut xml = Xml::new(package.part("xl/styles.xml")?);
    let mut own_formats: Vec<(u32, bool)> = Vec::new();
    let mut styles = Vec::new();
    let mut in_cell_formats = false;
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    if own_formats.len() < MAX_STYLES
                        && let (Some(id), Some(code)) = (
                            attribute(&element, "numFmtId").and_then(|id| id.parse().ok()),
                            attribute(&element, "formatCode"),
                        )
                    {
                        own_formats.push((id, shows_a_day(&code)));
                    }
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats && styles.len() < MAX_STYLES => {
                    let id: u32 = attribute(&element, "numFmtId")
                        .and_then(|id| id.parse().ok())
                        .unwrap_or(0);
                    styles.push((id, false));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => {
                in_cell_formats = false;
            }
            Event::Eof => break,
            _ => {}
        }
    }
    own_formats.sort_unstable();
    Ok(styles
        .into_iter()
        .map(|(id, _)| {
            match own_formats.binary_search_by_key(&id, |(own, _)| *own) {
                Ok(found) => own_formats.get(found).is_some_and(|(_, day)| *day),
                // Built-in formats with a day (ISO/IEC 29500-1, 18.8.30), those of East Asia among them.
                Err(_) => matches!(id, 14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58),
            }
        })
        .collect())
}

/// Whether a number format shows a year or a day: `y` or `d` outside quotes, brackets and escapes.
fn shows_a_day(code: &str) -> bool {
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                characters.find(|c| *c == '"');
            }
            '[' => {
                characters.find(|c| *c == ']');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            'y' | 'Y' | 'd' | 'D' => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_show_a_day_are_told_from_those_that_do_not() {
        for code in [
            "yyyy-mm-dd",
            "dd.mm.yy",
            "[$-407]d. mmmm yyyy",
            "m/d/yy h:mm",
        ] {
            assert!(shows_a_day(code), "{code}");
        }
        for code in [
            "General",
            "0.00",
            "0\" days\"",
            "[Red]0.00",
            "h:mm:ss",
            "0\\d",
        ] {
            assert!(!shows_a_day(code), "{code}");
        }
    }
}
