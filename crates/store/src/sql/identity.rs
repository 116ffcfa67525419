//! Names of software.

super::statements! {
    one {
        /// How many pairs are in force.
        COUNT = "select count(*) from identity_pair n join document d on d.digest = n.document where d.active = 1";
    }
    rows {
        INSERT = "insert into identity_pair (document, ordinal, purl, cpe) values", 4, "";
    }
    keyed {
        CPES = "select n.purl, n.cpe from identity_pair n join document d on d.digest = n.document \
            where d.active = 1 and n.purl", "order by 1, 2";
    }
}
