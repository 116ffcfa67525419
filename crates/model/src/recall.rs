//! Recalls and field safety notices: corrections of devices, whether or not software is the reason.

use jiff::civil::Date;

/// How grave a recall is (21 CFR 7.3(m)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecallClass {
    /// Class I: serious harm or death is reasonably probable.
    One,
    /// Class II: harm may be temporary or reversible, or serious harm is remote.
    Two,
    /// Class III: harm is not likely.
    Three,
}

impl RecallClass {
    /// The word used in output and in the store: `I`, `II` or `III`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::One => "I",
            Self::Two => "II",
            Self::Three => "III",
        }
    }

    /// The class of that word, with or without `Class` before it; Arabic numerals count.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_ascii_lowercase();
        match word.trim_start_matches("class").trim() {
            "i" | "1" => Some(Self::One),
            "ii" | "2" => Some(Self::Two),
            "iii" | "3" => Some(Self::Three),
            _ => None,
        }
    }
}

/// A recall or field safety notice. Which products it is about stands in the record's `affected`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recall {
    /// How grave it is, where an authority has said so.
    pub class: Option<RecallClass>,
    /// Why, in the source's words.
    pub reason: Option<String>,
    /// Where it stands, as written: `Ongoing`, `Terminated`, `Open, Classified`.
    pub status: Option<String>,
    /// Day on which the firm began it.
    pub initiated: Option<Date>,
    /// Day on which it ended.
    pub terminated: Option<Date>,
    /// Lots, serial numbers and versions, in the source's words.
    pub units: Option<String>,
    /// Number of the event that several recalls belong to.
    pub event: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_read_however_it_is_written() {
        assert_eq!(RecallClass::from_word("Class II"), Some(RecallClass::Two));
        assert_eq!(RecallClass::from_word("3"), Some(RecallClass::Three));
        assert_eq!(RecallClass::from_word("Not Yet Classified"), None);
        for class in [RecallClass::One, RecallClass::Two, RecallClass::Three] {
            assert_eq!(RecallClass::from_word(class.as_str()), Some(class));
        }
    }
}
