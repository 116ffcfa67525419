//! Values of tags: what each is made of, and what is wrong with those that are not.

use isocenter_model::text::shortened;
use isocenter_model::{Level, Place, Problem};

use super::line::Line;
use super::place::Lines;
use crate::json::{Field, Present, Problems, Text};
use crate::spdx::wire::{Checksum, ExternalRef, Package, VerificationCode};

/// Where the lines stand, and what is wrong with them.
pub(super) struct Notes<'p> {
    pub(super) lines: Lines,
    pub(super) problems: &'p mut Problems,
}

impl Notes<'_> {
    /// Tells what is wrong with a line.
    pub(super) fn tell(
        &mut self,
        id: &'static str,
        line: &Line<'_>,
        message: impl FnOnce() -> String,
    ) {
        self.problems.push_shared(id, Level::Error, || {
            Problem::error(id, Place::line(line.number.into()), message())
        });
    }

    /// Sets a member that an element has once.
    pub(super) fn set<'a>(
        &mut self,
        field: &mut Field<Text<'a>>,
        member: &'static str,
        line: &Line<'a>,
    ) {
        self.lines.mark(member, line.number);
        if !matches!(field, Field::Absent) {
            self.repeated(line);
        }
        *field = Field::Value(text(line.value));
    }

    /// Takes note that an element has a member whose value does not matter.
    pub(super) fn present(&mut self, field: &mut Present, member: &'static str, line: &Line<'_>) {
        self.lines.mark(member, line.number);
        field.0 = true;
    }

    fn repeated(&mut self, line: &Line<'_>) {
        self.tell("spdx-tag-repeated", line, || {
            format!(
                "the tag `{}` stands more than once in one section; the last one was read",
                line.tag.unwrap_or_default()
            )
        });
    }

    /// Tells of a value that is not written as it should.
    pub(super) fn malformed(&mut self, line: &Line<'_>, form: &str) {
        self.tell("spdx-value-malformed", line, || {
            format!(
                "`{}` was set aside: the value of `{}` is written `{form}`",
                shortened(line.value, 80),
                line.tag.unwrap_or_default()
            )
        });
    }
}

/// The value of a line as a text of the shape.
pub(super) fn text(value: &str) -> Text<'_> {
    Text(value.into())
}

/// `SHA1: 85ed…`.
pub(super) fn checksum(value: &str) -> Option<Checksum<'_>> {
    let (algorithm, hash) = value.split_once(':')?;
    Some(Checksum {
        algorithm: Field::Value(text(algorithm.trim())),
        value: Field::Value(text(hash.trim())),
        ..Checksum::default()
    })
}

/// `SECURITY cpe23Type cpe:2.3:…`.
pub(super) fn external_ref<'a>(package: &mut Package<'a>, line: &Line<'a>, notes: &mut Notes<'_>) {
    notes.lines.mark("externalRefs", line.number);
    let mut words = line.value.split_whitespace();
    let (Some(category), Some(kind), Some(first)) = (words.next(), words.next(), words.next())
    else {
        notes.malformed(line, "CATEGORY type locator");
        return;
    };
    // A locator has no blanks; one that has some is taken whole, so that they are told.
    let locator = match words.next() {
        None => first,
        Some(_) => line
            .value
            .split_once(kind)
            .map_or(first, |(_, locator)| locator.trim()),
    };
    package.external_refs.push(ExternalRef {
        category: Field::Value(text(category)),
        kind: Field::Value(text(kind)),
        locator: Field::Value(text(locator)),
        ..ExternalRef::default()
    });
}

/// `d6a7… (excludes: ./package.spdx)`.
pub(super) fn verification(value: &str) -> VerificationCode<'_> {
    let (code, excluded) = value.split_once('(').unwrap_or((value, ""));
    let mut verification = VerificationCode {
        value: Field::Value(text(code.trim())),
        ..VerificationCode::default()
    };
    let excluded = excluded.trim_end_matches(')').trim();
    let excluded = excluded.strip_prefix("excludes:").unwrap_or(excluded);
    for file in excluded.split(',').map(str::trim) {
        if !file.is_empty() {
            verification.excluded.push(text(file));
        }
    }
    verification
}
