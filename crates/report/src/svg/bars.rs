//! Bars in one line, as wide as the place they stand in.

use std::fmt::Write as _;

use super::{Tone, escaped};
use crate::words::number;

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// What it counts: `now`, `affected`.
    pub label: String,
    /// How many.
    pub value: u64,
    /// What it stands for.
    pub tone: Tone,
}

/// A bar of `segments` side by side. `whole` is the value that the full width stands for: the
/// sum of the segments for one bar alone, the largest sum for bars that are compared. Parts above
/// zero are at least a hair wide. The `<desc>` gives all numbers.
pub fn stacked_bar(title: &str, segments: &[Segment], whole: u64) -> String {
    let shown: Vec<&Segment> = segments
        .iter()
        .filter(|segment| segment.value > 0)
        .collect();
    let described: Vec<String> = shown
        .iter()
        .map(|segment| format!("{} {}", number(segment.value), segment.label))
        .collect();
    let mut svg = String::from(
        r#"<svg class="chart bars" width="100%" height="14" role="img" focusable="false">"#,
    );
    let _ = write!(
        svg,
        "<title>{}</title><desc>{}</desc>",
        escaped(title),
        escaped(&described.join(", "))
    );
    svg.push_str(r#"<rect class="track" width="100%" height="14" rx="2"/>"#);
    let mut left = 0.0;
    for segment in shown {
        let width = share(segment.value, whole);
        let _ = write!(
            svg,
            r#"<rect class="fill {}" x="{left:.2}%" width="{width:.2}%" height="14"><title>{}</title></rect>"#,
            segment.tone.class(),
            escaped(&format!("{} {}", number(segment.value), segment.label))
        );
        left += width;
    }
    svg.push_str("</svg>");
    svg
}

/// One value out of `whole` as a bar.
pub fn bar(title: &str, value: u64, whole: u64, tone: Tone) -> String {
    let mut svg = String::from(
        r#"<svg class="chart bars" width="100%" height="10" role="img" focusable="false">"#,
    );
    let _ = write!(
        svg,
        r#"<title>{}</title><rect class="track" width="100%" height="10" rx="2"/><rect class="fill {}" width="{:.2}%" height="10" rx="2"/></svg>"#,
        escaped(title),
        tone.class(),
        share(value, whole)
    );
    svg
}

/// Percent of `whole`, at least a hair where there is anything.
#[allow(
    clippy::cast_precision_loss,
    reason = "a share is drawn, not counted with"
)]
fn share(value: u64, whole: u64) -> f64 {
    if value == 0 || whole == 0 {
        return 0.0;
    }
    (value as f64 / whole as f64 * 100.0).clamp(0.4, 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segment(label: &str, value: u64, tone: Tone) -> Segment {
        Segment {
            label: label.to_owned(),
            value,
            tone,
        }
    }

    #[test]
    fn a_bar_says_its_numbers_in_words() {
        let bar = stacked_bar(
            "Devices <by> urgency",
            &[
                segment("now", 1, Tone::Now),
                segment("soon", 0, Tone::Soon),
                segment("undetermined", 3, Tone::Undetermined),
            ],
            4,
        );
        insta::assert_snapshot!(bar, @r#"<svg class="chart bars" width="100%" height="14" role="img" focusable="false"><title>Devices &lt;by&gt; urgency</title><desc>1 now, 3 undetermined</desc><rect class="track" width="100%" height="14" rx="2"/><rect class="fill now" x="0.00%" width="25.00%" height="14"><title>1 now</title></rect><rect class="fill undetermined" x="25.00%" width="75.00%" height="14"><title>3 undetermined</title></rect></svg>"#);
    }

    #[test]
    fn the_rarest_part_is_still_seen_and_nothing_divides_by_zero() {
        assert!((share(1, 1_000_000) - 0.4).abs() < f64::EPSILON);
        assert!(share(0, 0).abs() < f64::EPSILON);
        assert!(bar("x", 5, 0, Tone::Now).contains(r#"width="0.00%""#));
    }
}
