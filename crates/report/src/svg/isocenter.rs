//! The isocenter plot: every release is a beam, every device a mark on its beam, and the nearer
//! to the point where the beams cross, the sooner to act.
//!
//! Rings are urgency, from the centre outwards: now, soon, planned, watch, undetermined, and the
//! rim for what was not examined or has nothing open. Where the devices of one release and ring
//! would touch, one larger mark carries their number.

use std::f64::consts::{PI, TAU};
use std::fmt::Write as _;

use super::{Tone, escaped};
use crate::words::{counted, number};

/// One release in the plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beam {
    /// Its name, short: model and version.
    pub label: String,
    /// Where its label leads: an anchor in the page (`#r-…`); `None` for no link.
    pub href: Option<String>,
    /// Number of devices of each tone, in the order of [`Tone::ALL`].
    pub devices: [u64; 7],
}

impl Beam {
    fn total(&self) -> u64 {
        self.devices.iter().sum()
    }

    /// The most pressing tone that it has devices of.
    fn tone(&self) -> Option<Tone> {
        Tone::ALL
            .into_iter()
            .zip(self.devices)
            .find(|(_, count)| *count > 0)
            .map(|(tone, _)| tone)
    }
}

/// Beams that can be told apart; further releases share the last one.
const BEAMS: usize = 18;

const WIDTH: f64 = 920.0;
const HEIGHT: f64 = 560.0;
const CENTRE: (f64, f64) = (WIDTH / 2.0, HEIGHT / 2.0);

/// Radius at which labels begin.
const RIM: f64 = 262.0;

/// Angle at the top that stays free for the names of the rings.
const GAP: f64 = 0.56;

/// Radius of a mark for one device.
const MARK: f64 = 6.0;

/// Radius of the ring of each tone.
fn radius(tone: Tone) -> f64 {
    match tone {
        Tone::Now => 66.0,
        Tone::Soon => 104.0,
        Tone::Planned => 139.0,
        Tone::Watch => 172.0,
        Tone::Undetermined => 206.0,
        Tone::NotExamined | Tone::Clear => 240.0,
    }
}

/// The plot of `beams`, the most pressing first, clockwise from the top.
pub fn isocenter(title: &str, beams: &[Beam]) -> String {
    let beams = gathered(beams);
    let mut svg = format!(
        r#"<svg class="chart iso" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-labelledby="iso-title iso-desc">"#
    );
    let _ = write!(
        svg,
        r#"<title id="iso-title">{}</title><desc id="iso-desc">{}</desc>"#,
        escaped(title),
        escaped(&description(&beams))
    );
    let sectors = sectors(&beams);
    for (beam, sector) in beams.iter().zip(&sectors) {
        field(&mut svg, beam, *sector);
    }
    rings(&mut svg);
    for (beam, sector) in beams.iter().zip(&sectors) {
        axis(&mut svg, sector.middle);
        label(&mut svg, beam, sector.middle);
    }
    for (beam, sector) in beams.iter().zip(&sectors) {
        marks(&mut svg, beam, *sector);
    }
    centre(&mut svg);
    svg.push_str("</svg>");
    svg
}

/// The part of the circle that a beam has: its middle and its width, in radians.
#[derive(Clone, Copy)]
struct Sector {
    middle: f64,
    width: f64,
}

/// Equal sectors from the top, clockwise; the beam of all further releases has three.
#[allow(
    clippy::cast_precision_loss,
    reason = "at most a few dozen beams share the circle"
)]
fn sectors(beams: &[Beam]) -> Vec<Sector> {
    let weight = |beam: &Beam| if beam.href.is_none() { 3.0 } else { 1.0 };
    let unit = (TAU - GAP) / beams.iter().map(weight).sum::<f64>().max(1.0);
    let mut edge = (GAP - PI) / 2.0;
    beams
        .iter()
        .map(|beam| {
            let width = unit * weight(beam);
            let middle = edge + width / 2.0;
            edge += width;
            Sector { middle, width }
        })
        .collect()
}

/// Beams with devices; those beyond what can be told apart become one.
fn gathered(beams: &[Beam]) -> Vec<Beam> {
    let mut gathered: Vec<Beam> = beams
        .iter()
        .filter(|beam| beam.total() > 0)
        .cloned()
        .collect();
    if gathered.len() > BEAMS {
        let rest = gathered.split_off(BEAMS - 1);
        let mut devices = [0; 7];
        for beam in &rest {
            for (sum, count) in devices.iter_mut().zip(beam.devices) {
                *sum += count;
            }
        }
        gathered.push(Beam {
            label: format!("{} further releases", rest.len()),
            href: None,
            devices,
        });
    }
    gathered
}

fn description(beams: &[Beam]) -> String {
    let mut text = String::from("The nearer to the centre, the sooner to act.");
    for (position, tone) in Tone::ALL.into_iter().enumerate() {
        let of_tone: Vec<String> = beams
            .iter()
            .filter_map(|beam| {
                let count = *beam.devices.get(position)?;
                (count > 0).then(|| format!("{} of {}", number(count), beam.label))
            })
            .collect();
        if !of_tone.is_empty() {
            let _ = write!(text, " {}: {}.", tone.as_str(), of_tone.join(", "));
        }
    }
    text
}

fn point(angle: f64, radius: f64) -> (f64, f64) {
    (
        CENTRE.0 + radius * angle.cos(),
        CENTRE.1 + radius * angle.sin(),
    )
}

/// The beam itself: wide at the rim, one point at the isocenter.
fn field(svg: &mut String, beam: &Beam, sector: Sector) {
    let angle = sector.middle;
    let half = (sector.width * 0.3).min(0.115);
    let (left, right) = (
        point(angle - half, RIM - 12.0),
        point(angle + half, RIM - 12.0),
    );
    let _ = write!(
        svg,
        r#"<path class="field {}" d="M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z"/>"#,
        beam.tone().map(Tone::class).unwrap_or_default(),
        CENTRE.0,
        CENTRE.1,
        left.0,
        left.1,
        right.0,
        right.1
    );
}

fn rings(svg: &mut String) {
    let rings = [
        (Tone::Now, "now"),
        (Tone::Soon, "soon"),
        (Tone::Planned, "planned"),
        (Tone::Watch, "watch"),
        (Tone::Undetermined, "undetermined"),
        (Tone::Clear, "rim"),
    ];
    for (tone, word) in rings {
        let outer = if tone >= Tone::Undetermined {
            " outer"
        } else {
            ""
        };
        let radius = radius(tone);
        let _ = write!(
            svg,
            r#"<circle class="ring{outer}" cx="{}" cy="{}" r="{radius}"/>"#,
            CENTRE.0, CENTRE.1
        );
        let _ = write!(
            svg,
            r#"<text class="ring-label" x="{}" y="{:.1}">{word}</text>"#,
            CENTRE.0,
            CENTRE.1 - radius + 3.0
        );
    }
}

/// The line of the beam, a little beyond the point where all of them cross.
fn axis(svg: &mut String, angle: f64) {
    let (from, to) = (point(angle, RIM - 12.0), point(angle + PI, 26.0));
    let _ = write!(
        svg,
        r#"<path class="axis" d="M{:.1} {:.1}L{:.1} {:.1}"/>"#,
        from.0, from.1, to.0, to.1
    );
}

fn label(svg: &mut String, beam: &Beam, angle: f64) {
    // A mark with a number on the rim reaches a little beyond it.
    let crowded = beam.devices.iter().skip(5).any(|count| *count > 3);
    let (x, y) = point(angle, if crowded { RIM + 10.0 } else { RIM });
    let anchor = if angle.cos() >= 0.0 { "start" } else { "end" };
    let text = format!(
        r#"<text class="label" x="{x:.1}" y="{:.1}" text-anchor="{anchor}">{} <tspan class="devices">{}</tspan></text>"#,
        y + 4.0,
        escaped(&isocenter_model::text::shortened(&beam.label, 25)),
        number(beam.total())
    );
    match &beam.href {
        Some(href) => {
            let _ = write!(svg, r#"<a href="{}">{text}</a>"#, escaped(href));
        }
        None => svg.push_str(&text),
    }
}

fn marks(svg: &mut String, beam: &Beam, sector: Sector) {
    let angle = sector.middle;
    // The rim holds two tones: the second stands a little further in.
    for (tone, count) in Tone::ALL.into_iter().zip(beam.devices) {
        if count == 0 {
            continue;
        }
        let inward = if tone == Tone::Clear && beam.devices[5] > 0 {
            16.0
        } else {
            0.0
        };
        let radius = radius(tone) - inward;
        let room = radius * sector.width * 0.86;
        let single = MARK * 2.0 + 2.0;
        let title = format!(
            "{}: {}, {}",
            beam.label,
            counted(count, "device"),
            tone.as_str()
        );
        let _ = write!(svg, "<g><title>{}</title>", escaped(&title));
        #[allow(
            clippy::cast_precision_loss,
            reason = "only small counts are drawn singly"
        )]
        if count <= 12 && count as f64 * single <= room {
            let step = single / radius;
            let first = angle - step * (count - 1) as f64 / 2.0;
            let mut at = first;
            for _ in 0..count {
                mark(svg, tone, point(at, radius), MARK);
                at += step;
            }
        } else {
            let size = (7.5 + (count as f64).sqrt() * 1.2)
                .min(18.0)
                .min((room / 2.0).max(6.5));
            let at = point(angle, radius);
            mark(svg, tone, at, size);
            let text = short(count);
            if text.len() as f64 * 6.0 < size * 2.0 {
                let _ = write!(
                    svg,
                    r#"<text class="count {}" x="{:.1}" y="{:.1}">{text}</text>"#,
                    tone.class(),
                    at.0,
                    at.1 + 3.8,
                );
            }
        }
        svg.push_str("</g>");
    }
}

/// A circle; a square for what was not examined.
fn mark(svg: &mut String, tone: Tone, (x, y): (f64, f64), size: f64) {
    let class = tone.class();
    if tone == Tone::NotExamined {
        let _ = write!(
            svg,
            r#"<rect class="mark {class}" x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}"/>"#,
            x - size * 0.85,
            y - size * 0.85,
            size * 1.7,
            size * 1.7
        );
    } else {
        let _ = write!(
            svg,
            r#"<circle class="mark {class}" cx="{x:.1}" cy="{y:.1}" r="{size:.1}"/>"#
        );
    }
}

fn centre(svg: &mut String) {
    let (x, y) = CENTRE;
    let _ = write!(
        svg,
        r#"<circle class="centre" cx="{x}" cy="{y}" r="9"/><path class="centre" d="M{} {y}h36M{x} {}v36"/>"#,
        x - 18.0,
        y - 18.0
    );
}

/// A number in four characters.
fn short(count: u64) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..1_000_000 => format!("{}k", count / 1_000),
        _ => format!("{}M", count / 1_000_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beam(label: &str, devices: [u64; 7]) -> Beam {
        Beam {
            label: label.to_owned(),
            href: Some(format!("#{label}")),
            devices,
        }
    }

    #[test]
    fn every_device_is_a_mark_and_the_description_has_the_numbers() {
        let svg = isocenter(
            "Devices",
            &[
                beam("CT", [3, 0, 0, 0, 0, 0, 0]),
                beam("US", [0, 0, 0, 0, 0, 1, 1]),
                beam("none", [0; 7]),
            ],
        );
        assert_eq!(svg.matches(r#"class="mark now""#).count(), 3);
        assert_eq!(svg.matches(r#"class="mark not-examined""#).count(), 1);
        assert!(svg.contains("now: 3 of CT. not examined: 1 of US. nothing open: 1 of US."));
        assert!(!svg.contains("none"));
    }

    #[test]
    fn many_releases_and_devices_stay_a_small_drawing() {
        let beams: Vec<Beam> = (0..500)
            .map(|number| beam(&format!("Model {number}"), [1_000; 7]))
            .collect();
        let svg = isocenter("Devices", &beams);
        assert!(svg.len() < 60_000, "{} bytes", svg.len());
        assert!(svg.contains("483 further releases"));
    }

    #[test]
    fn no_device_at_all_is_a_plot_of_rings() {
        let svg = isocenter("Devices", &[]);
        assert!(svg.contains("ring") && !svg.contains("mark"));
    }
}
