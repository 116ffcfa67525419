//! Charts as SVG for HTML pages.
//!
//! Every chart carries a `<title>` and, where the drawing says more than its words, a `<desc>`
//! with the same numbers. A tone has a colour and a second mark beside it (a pattern, a shape or
//! its word), so that nothing is told by colour alone. Colours come from the page: it includes
//! [`STYLE`] once in its style sheet and [`DEFINITIONS`] once in its body, and so has charts in
//! its own light, dark and print colours.

mod bars;
mod isocenter;

use std::borrow::Cow;

use isocenter_model::text::printable;

pub use bars::{Segment, bar, stacked_bar};
pub use isocenter::{Beam, isocenter};

/// The style sheet of the charts: tones by class, from the page's custom properties.
pub const STYLE: &str = include_str!("charts.css");

/// Patterns that charts refer to. Stands once in a page, before the first chart.
pub const DEFINITIONS: &str = concat!(
    r#"<svg class="definitions" width="0" height="0" aria-hidden="true" focusable="false"><defs>"#,
    r#"<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">"#,
    r#"<rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.5" height="6"/></pattern>"#,
    r#"<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">"#,
    r#"<rect class="dots-ground" width="5" height="5"/><circle class="dots-dot" cx="2.5" cy="2.5" r="1.2"/></pattern>"#,
    r#"<radialGradient id="beam-now" gradientUnits="userSpaceOnUse" cx="460" cy="280" r="250"><stop class="beam-now" stop-opacity=".75"/><stop class="beam-now" offset="1" stop-opacity=".08"/></radialGradient>"#,
    r#"<radialGradient id="beam-soon" gradientUnits="userSpaceOnUse" cx="460" cy="280" r="250"><stop class="beam-soon" stop-opacity=".6"/><stop class="beam-soon" offset="1" stop-opacity=".06"/></radialGradient>"#,
    r#"<radialGradient id="beam-planned" gradientUnits="userSpaceOnUse" cx="460" cy="280" r="250"><stop class="beam-planned" stop-opacity=".5"/><stop class="beam-planned" offset="1" stop-opacity=".06"/></radialGradient>"#,
    r#"<radialGradient id="beam-other" gradientUnits="userSpaceOnUse" cx="460" cy="280" r="250"><stop class="beam-other" stop-opacity=".35"/><stop class="beam-other" offset="1" stop-opacity=".05"/></radialGradient>"#,
    "</defs></svg>"
);

/// What a mark stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// Act now.
    Now,
    /// Act soon.
    Soon,
    /// In the plan.
    Planned,
    /// Watch.
    Watch,
    /// A fact is missing. Hatched or hollow.
    Undetermined,
    /// Nothing was there to examine. Dotted or a hollow square.
    NotExamined,
    /// Examined, and nothing is open.
    Clear,
}

impl Tone {
    /// Every tone, the most pressing first.
    pub const ALL: [Self; 7] = [
        Self::Now,
        Self::Soon,
        Self::Planned,
        Self::Watch,
        Self::Undetermined,
        Self::NotExamined,
        Self::Clear,
    ];

    /// Its word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Soon => "soon",
            Self::Planned => "planned",
            Self::Watch => "watch",
            Self::Undetermined => "undetermined",
            Self::NotExamined => "not examined",
            Self::Clear => "nothing open",
        }
    }

    /// Its class in [`STYLE`].
    pub fn class(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Soon => "soon",
            Self::Planned => "planned",
            Self::Watch => "watch",
            Self::Undetermined => "undetermined",
            Self::NotExamined => "not-examined",
            Self::Clear => "clear",
        }
    }
}

/// A text inside an element or a quoted attribute: printable, with the five characters of markup
/// written as references.
fn escaped(text: &str) -> Cow<'_, str> {
    let shown = printable(text);
    if !shown.contains(['&', '<', '>', '"', '\'']) {
        return shown;
    }
    let mut safe = String::with_capacity(shown.len() + 16);
    for character in shown.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_a_label_stays_text() {
        assert_eq!(
            escaped("<script>&\"'\u{202e}"),
            "&lt;script&gt;&amp;&quot;&#39;\u{fffd}"
        );
        assert!(matches!(escaped("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_tone_has_a_style() {
        for tone in Tone::ALL {
            assert!(STYLE.contains(&format!(".{}", tone.class())), "{tone:?}");
        }
    }
}
