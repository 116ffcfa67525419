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
        if self.count(problem.id, problem.level, 1) <= KEPT {
            self.list.push(problem);
        }
    }

    /// Adds a problem that many records of one file may share: made only as long as it is told.
    pub(crate) fn push_shared(
        &mut self,
        id: &'static str,
        level: Level,
        problem: impl FnOnce() -> Problem,
    ) {
        if self.count(id, level, 0) < KEPT {
            self.push(problem());
        } else {
            self.count(id, level, 1);
        }
    }

    /// Counts problems of one id that need not be told one by one, and returns how many there are of it.
    pub(crate) fn count(&mut self, id: &'static str, level: Level, more: u64) -> u64 {
        let known = self.counts.iter_mut().find(|(known, _, _)| *known == id);
        if let Some((_, highest, count)) = known {
            *highest = (*highest).max(level);
            *count += more;
            *count
        } else {
            self.counts.push((id, level, more));
            more
        }
    }

    /// All problems; where some were only counted, one more says how many.
    pub(crate) fn finish(mut self) -> Vec<Problem> {
        for (id, level, count) in self.counts {
            let told = self.list.iter().filter(|problem| problem.id == id).count() as u64;
            if let Some(more) = count.checked_sub(told).filter(|more| *more > 0) {
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
