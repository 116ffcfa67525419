//! Statements.

super::statements! {
    one {
        /// The highest id given.
        LAST_ID = "select max(id) from statement";
        /// How many statements are in force.
        COUNT = "select count(*) from statement s join document d on d.digest = s.document where d.active = 1";
        /// Every statement in force.
        ALL = "select s.id, s.data, s.document from statement s join document d on d.digest = s.document \
            where d.active = 1 order by s.id";
    }
    rows {
        INSERT = "insert into statement (id, document, vulnerability, data) values", 4, "";
        INSERT_KEYS = "insert into statement_key (key, statement) values", 2,
            "on conflict (key, statement) do nothing";
    }
    keyed {
        IDS_BY_KEY = "select k.key, k.statement from statement_key k join statement s on s.id = k.statement \
            join document d on d.digest = s.document where d.active = 1 and k.key", "";
        BY_ID = "select id, data, document from statement where id", "order by id";
    }
}
