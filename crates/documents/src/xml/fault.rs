//! Why a document cannot be read to its end.

use isocenter_model::text::shortened;
use isocenter_model::{Place, Problem};
use quick_xml::errors::{IllFormedError, SyntaxError};

/// What stops a parser.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// A document type that declares something, or names a file that does.
    #[error("it declares a document type, which can pull in other files and multiply its own text")]
    DocumentType,
    /// Nesting without end.
    #[error("its elements are nested more than {0} deep")]
    Depth(usize),
    /// More elements than are kept.
    #[error("it holds more than {0} elements")]
    Elements(usize),
    /// More text than is kept.
    #[error("it is larger than {} MiB", .0 >> 20)]
    Size(usize),
    /// Elements are still open.
    #[error("it ends in the middle")]
    End,
    /// There is no element.
    #[error("it holds no element")]
    Empty,
    /// Not XML.
    #[error("{0}")]
    Syntax(#[from] quick_xml::Error),
}

impl Fault {
    /// The same for a person; `at` is where the parser stopped.
    pub(crate) fn into_problem(self, at: Place) -> Problem {
        let is_cut = match &self {
            Self::End => true,
            Self::Syntax(quick_xml::Error::Syntax(error)) => !matches!(
                error,
                // Rather a stray mark than a cut: `<!` with something unknown behind it.
                SyntaxError::InvalidBangMarkup
            ),
            Self::Syntax(quick_xml::Error::IllFormed(error)) => matches!(
                error,
                IllFormedError::MissingEndTag(_) | IllFormedError::UnclosedReference
            ),
            _ => false,
        };
        if is_cut {
            return Problem::error(
                "xml-truncated",
                at,
                "the file ends in the middle of the document",
            )
            .hint("it was cut off on its way: fetch or export it again");
        }
        match self {
            Self::DocumentType => Problem::error(
                "xml-document-type",
                at,
                "the file declares a document type, which can pull in other files and multiply its own text; it was not read",
            )
            .hint("no exchange format needs that: ask its author for a file without <!DOCTYPE …>"),
            Self::Depth(most) => Problem::error(
                "xml-too-deep",
                at,
                format!("elements are nested deeper than {most} levels"),
            )
            .hint("no exchange format needs that: ask its author for a sound file"),
            Self::Elements(most) => Problem::error(
                "xml-too-large",
                at,
                format!("the file holds more than {most} elements; it was not read"),
            ),
            Self::Size(most) => Problem::error(
                "xml-too-large",
                at,
                format!("the file is larger than {} MiB; it was not read", most >> 20),
            ),
            Self::Empty => Problem::error("xml-empty", at, "the file holds no element")
                .hint("fetch or export it again"),
            Self::End | Self::Syntax(_) => Problem::error(
                "xml-syntax",
                at,
                format!("not XML: {}", shortened(&self.to_string(), 200)),
            )
            .hint("ask its author for a sound file, or open it in an editor that shows XML errors"),
        }
    }
}
