//! Findings, counts per release and decisions.

super::statements! {
    one {
        /// Removes the findings before others are put in their place.
        DELETE = "delete from finding";
        /// Every finding.
        ALL = "select data from finding order by id";
        /// Removes the counts before others are put in their place.
        DELETE_COUNTS = "delete from release_count";
        /// Every release's counts.
        COUNTS = "select release, urgent_now, urgent_soon, planned, watch, undetermined, fixed, not_affected \
            from release_count order by release";
        /// The highest id given.
        LAST_DECISION = "select max(id) from decision";
        /// Every decision, oldest first.
        DECISIONS = "select item, status, comment, actor, decided from decision order by id";
        /// The newest decision on an item.
        NEWEST_DECISION = "select status, comment from decision where item = $1 order by id desc limit 1";
    }
    rows {
        INSERT = "insert into finding (id, release, vulnerability, verdict, data) values", 5, "";
        INSERT_COUNTS = "insert into release_count (release, urgent_now, urgent_soon, planned, watch, \
            undetermined, fixed, not_affected) values", 8, "";
        INSERT_DECISIONS = "insert into decision (id, item, status, comment, actor, decided) values", 6, "";
    }
}
