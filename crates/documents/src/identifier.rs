//! Identifiers of parts: one that is not well formed is set aside, because nothing can be found
//! by it.

use std::fmt::Display;

use isocenter_identity::cpe::Cpe;
use isocenter_identity::purl::Purl;
use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};

use crate::json::Problems;

/// Whether `text` is a package URL; if not, it is reported under `id`.
pub(crate) fn is_purl(
    text: &str,
    id: &'static str,
    place: impl FnOnce() -> Place,
    problems: &mut Problems,
) -> bool {
    match Purl::check(text) {
        Ok(()) => true,
        Err(error) => {
            problems.push(set_aside("package URL", text, &error, id, place()));
            false
        }
    }
}

/// Whether `text` is a CPE name of form 2.2 or 2.3; if not, it is reported under `id`.
pub(crate) fn is_cpe(
    text: &str,
    id: &'static str,
    place: impl FnOnce() -> Place,
    problems: &mut Problems,
) -> bool {
    match Cpe::check(text) {
        Ok(()) => true,
        Err(error) => {
            problems.push(set_aside("CPE", text, &error, id, place()));
            false
        }
    }
}

fn set_aside(what: &str, text: &str, error: &impl Display, id: &'static str, at: Place) -> Problem {
    Problem::error(
        id,
        at,
        format!(
            "the {what} `{}` was set aside: {}",
            shortened(text, 80),
            shortened(&error.to_string(), 120)
        ),
    )
    .hint("without a sound identifier the component cannot be matched by it")
}
