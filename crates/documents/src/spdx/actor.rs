//! Persons, organisations and tools as SPDX 2 writes them: `Organization: Acme (mail@acme.example)`
//! (SPDX 2.3, 6.8 and 7.5).

/// Who or what made something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Actor<'t> {
    /// What it is.
    pub(super) kind: ActorKind,
    /// Its name, without address.
    pub(super) name: &'t str,
}

/// What an actor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ActorKind {
    /// A human being.
    Person,
    /// A company or group.
    Organization,
    /// A program.
    Tool,
}

impl<'t> Actor<'t> {
    /// Reads an actor; `None` when it does not say what it is.
    pub(super) fn read(text: &'t str) -> Option<Self> {
        let (kind, name) = text.split_once(':')?;
        let kind = match kind.trim() {
            "Person" => ActorKind::Person,
            "Organization" => ActorKind::Organization,
            "Tool" => ActorKind::Tool,
            _ => return None,
        };
        let name = match kind {
            ActorKind::Tool => name.trim(),
            ActorKind::Person | ActorKind::Organization => without_address(name),
        };
        Some(Self { kind, name })
    }
}

/// A name without the address in brackets behind it.
pub(super) fn without_address(name: &str) -> &str {
    let name = name.trim();
    for (open, close) in [('(', ')'), ('<', '>')] {
        if let Some((before, _)) = name
            .strip_suffix(close)
            .and_then(|rest| rest.rsplit_once(open))
        {
            let before = before.trim_end();
            return if before.is_empty() { name } else { before };
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_is_a_kind_and_a_name_without_its_address() {
        for (text, kind, name) in [
            (
                "Organization: ExampleCodeInspect (contact@example.com)",
                ActorKind::Organization,
                "ExampleCodeInspect",
            ),
            ("Person: Jane Doe ()", ActorKind::Person, "Jane Doe"),
            ("Person: Jane <j@x.example>", ActorKind::Person, "Jane"),
            ("Organization:ACME", ActorKind::Organization, "ACME"),
            ("Organization: (x)", ActorKind::Organization, "(x)"),
            ("Tool: lister-1.0 (x)", ActorKind::Tool, "lister-1.0 (x)"),
        ] {
            assert_eq!(Actor::read(text), Some(Actor { kind, name }), "{text}");
        }
        for text in ["", "Acme", "Vendor: Acme", "person: x", "NOASSERTION"] {
            assert_eq!(Actor::read(text), None, "{text}");
        }
    }
}
