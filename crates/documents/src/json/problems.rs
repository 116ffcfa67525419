//! Problems as they are found, capped: a file of a million faults is told in a hundred.

use isocenter_model::{Level, Place, Problem};

/// How many problems of one id are kept for one file.
const KEPT: u64 = 100;

/// The problems of one file, in reading order.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    list: Vec<Problem>,
    // A file has few different ids: a list is quicker than a map.
    counts: Vec<(&'static str, Level, u64)>,
}

impl Problems {
    /// Adds a problem, or only counts it when there are many of its id.
    pub(crate) fn push(&mut self, problem: Problem) {
        let known = self.counts.iter_mut().find(|(id, _, _)| *id == problem.id);
        let count = if let Some((_, level, count)) = known {
            *level = (*level).max(problem.level);
            *count += 1;
            *count
        } else {
            self.counts.push((problem.id, problem.level, 1));
            1
        };
        if count <= KEPT {
            self.list.push(problem);
        }
    }

    /// All problems; where some were only counted, one more says how many.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        for (id, level, count) in self.counts {
            if let Some(more) = count.checked_sub(KEPT).filter(|more| *more > 0) {
                self.list.push(Problem::new(
                    id,
                    level,
                    Place::Document,
                    format!("and {more} more problems of this kind"),
                ));
            }
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_problems_of_one_kind_are_told_in_one_line() {
        let mut problems = Problems::default();
        for line in 0..1_000 {
            problems.push(Problem::warning("x-y", Place::line(line), "m"));
        }
        problems.push(Problem::error("x-z", Place::Document, "other"));
        let list = problems.finish();
        assert_eq!(list.len(), 102);
        assert_eq!(list[100].message, "other");
        assert_eq!(list[101].message, "and 900 more problems of this kind");
        assert_eq!(list[101].level, Level::Warning);
    }
}
