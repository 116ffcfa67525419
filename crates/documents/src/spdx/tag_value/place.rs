//! Which line of a text a member of the document stands in.

use std::collections::HashMap;

use isocenter_model::{Place, Problem};

/// The lists of a document whose elements have lines of their own, as JSON pointers name them.
const LISTS: [&str; 8] = [
    "packages",
    "files",
    "snippets",
    "relationships",
    "externalDocumentRefs",
    "hasExtractedLicensingInfos",
    "annotations",
    "revieweds",
];

/// The lines of a text by the member that each holds.
#[derive(Debug)]
pub(in crate::spdx) struct Lines {
    /// The member of each line, in the order of the text; [`BEGIN`] where the document or an
    /// element of several lines begins.
    marks: Vec<(&'static str, u32)>,
    /// For each of [`LISTS`] where its elements begin among the marks.
    elements: [Vec<u32>; LISTS.len()],
}

/// The mark of the line with which an element begins.
const BEGIN: &str = "";

impl Default for Lines {
    fn default() -> Self {
        Self {
            marks: vec![(BEGIN, 0)],
            elements: Default::default(),
        }
    }
}

impl Lines {
    /// An element of a list begins in this line, and has the lines that follow.
    pub(super) fn begin(&mut self, list: &'static str, line: u32) {
        self.element(list);
        self.marks.push((BEGIN, line));
    }

    /// An element of a list stands in this line alone.
    pub(super) fn single(&mut self, list: &'static str, line: u32) {
        self.element(list);
        self.marks.push((list, line));
    }

    /// The member of the element that began last, or of the document, stands in this line.
    pub(super) fn mark(&mut self, member: &'static str, line: u32) {
        self.marks.push((member, line));
    }

    fn element(&mut self, list: &str) {
        let at = u32::try_from(self.marks.len()).unwrap_or(u32::MAX);
        let known = LISTS.iter().position(|known| *known == list);
        if let Some(elements) = known.and_then(|list| self.elements.get_mut(list)) {
            elements.push(at);
        }
    }

    /// The same problems, those at a JSON pointer with their line in its stead.
    pub(in crate::spdx) fn place(&self, mut problems: Vec<Problem>) -> Vec<Problem> {
        let mut wanted: HashMap<usize, Vec<(usize, Member)>> = HashMap::new();
        for (index, problem) in problems.iter().enumerate() {
            if let Place::Pointer(pointer) = &problem.at {
                let (begin, member) = self.find(pointer);
                wanted.entry(begin).or_default().push((index, member));
            }
        }
        for (begin, members) in wanted {
            let lines = self.lines_of(begin, &members);
            for ((index, _), line) in members.iter().zip(lines) {
                if let Some(problem) = problems.get_mut(*index) {
                    problem.at = line.map_or(Place::Document, |line| Place::line(line.into()));
                }
            }
        }
        problems
    }

    /// Where among the marks the element of a pointer begins, and which of its members is meant.
    fn find(&self, pointer: &str) -> (usize, Member) {
        let mut steps = pointer.split('/').skip(1).peekable();
        let first = steps.peek().copied().unwrap_or_default();
        let element = LISTS
            .iter()
            .position(|list| *list == first)
            .and_then(|list| self.elements.get(list))
            .and_then(|elements| {
                let index: usize = steps.clone().nth(1)?.parse().ok()?;
                elements.get(index)
            });
        let begin = if let Some(begin) = element {
            steps.nth(1);
            *begin as usize
        } else {
            // An element that the text has not is told of the document.
            steps.next_if_eq(&"creationInfo");
            0
        };
        let name = steps.next().unwrap_or_default().to_owned();
        let ordinal = steps.next().and_then(|step| step.parse().ok()).unwrap_or(0);
        (begin, Member { name, ordinal })
    }

    /// The line of each of these members of one element; that of the element where the member has
    /// none, and none where the document has none.
    fn lines_of(&self, begin: usize, members: &[(usize, Member)]) -> Vec<Option<u32>> {
        let mut marks = self.marks.iter().skip(begin);
        let (kind, own) = marks.next().copied().unwrap_or((BEGIN, 0));
        let mut lines: HashMap<(&str, u32), u32> = members
            .iter()
            .map(|(_, member)| ((member.name.as_str(), member.ordinal), own))
            .collect();
        if kind == BEGIN {
            let mut seen: HashMap<&str, u32> = HashMap::new();
            for (name, line) in marks.take_while(|(name, _)| *name != BEGIN) {
                let ordinal = seen.entry(name).or_default();
                if let Some(found) = lines.get_mut(&(*name, *ordinal)) {
                    *found = *line;
                }
                *ordinal += 1;
            }
        }
        members
            .iter()
            .map(|(_, member)| {
                let line = lines.get(&(member.name.as_str(), member.ordinal));
                line.copied().filter(|line| *line > 0)
            })
            .collect()
    }
}

/// A member of an element, and which one where there are several of its name.
#[derive(Debug)]
struct Member {
    name: String,
    ordinal: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_becomes_the_line_of_its_member_or_of_its_element() {
        let mut lines = Lines::default();
        lines.mark("spdxVersion", 1);
        lines.mark("creators", 2);
        lines.mark("creators", 3);
        lines.begin("packages", 5);
        lines.mark("checksums", 6);
        lines.single("relationships", 7);
        lines.mark("checksums", 8);
        lines.begin("packages", 9);
        lines.mark("versionInfo", 10);
        let pointers = [
            ("/spdxVersion", "line 1"),
            ("/creationInfo/creators/1", "line 3"),
            ("/creationInfo", "document"),
            ("/dataLicense", "document"),
            ("/packages/0", "line 5"),
            ("/packages/0/name", "line 5"),
            ("/packages/0/checksums/1/algorithm", "line 8"),
            ("/packages/0/versionInfo", "line 5"),
            ("/packages/1/versionInfo", "line 10"),
            ("/relationships/0/relationshipType", "line 7"),
            ("/packages/7", "document"),
            ("", "document"),
        ];
        let problems = pointers
            .iter()
            .map(|(pointer, _)| Problem::note("x", Place::pointer(*pointer), ""))
            .collect();
        let found: Vec<String> = lines
            .place(problems)
            .iter()
            .map(|problem| problem.at.to_string())
            .collect();
        assert_eq!(found, pointers.map(|(_, line)| line));
    }
}
