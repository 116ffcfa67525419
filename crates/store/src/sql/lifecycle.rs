//! Support life of products.

super::statements! {
    one {
        /// The highest id given.
        LAST_ID = "select max(id) from lifecycle";
        /// Every line in force, with its paper.
        ALL = "select l.data, l.document from lifecycle l join document d on d.digest = l.document \
            where d.active = 1 order by l.id";
    }
    rows {
        INSERT = "insert into lifecycle (id, document, data) values", 3, "";
        INSERT_KEYS = "insert into lifecycle_key (key, lifecycle) values", 2,
            "on conflict (key, lifecycle) do nothing";
    }
    keyed {
        BY_KEY = "select k.key, l.data, l.document from lifecycle_key k join lifecycle l on l.id = k.lifecycle \
            join document d on d.digest = l.document where d.active = 1 and k.key", "order by l.id";
    }
}
