//! Names of software.

super::statements! {
    one {
        /// How many names are in force.
        COUNT = "select count(*) from identity_name n join document d on d.digest = n.document where d.active = 1";
    }
    rows {
        INSERT = "insert into identity_name (document, ordinal, name_set, purl, cpe) values", 5, "";
    }
    keyed {
        CPES_OF_PAIRS = "select n.purl, n.cpe from identity_name n join document d on d.digest = n.document \
            where d.active = 1 and n.cpe is not null and n.purl", "order by 1, 2";
        CPES_OF_SETS = "select p.purl, c.cpe from identity_name p join identity_name c on c.name_set = p.name_set \
            join document d on d.digest = p.document join document e on e.digest = c.document \
            where d.active = 1 and e.active = 1 and p.name_set <> '' and p.cpe is null and c.purl is null \
            and c.cpe is not null and p.purl", "order by 1, 2";
    }
}
