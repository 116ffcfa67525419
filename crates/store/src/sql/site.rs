//! What was seen on site, and which updates may be installed there.

super::statements! {
    one {
        /// Every observation in force, with its paper; of one device and control the newest paper first.
        OBSERVATIONS = "select o.device, o.data, o.document from observation o \
            join document d on d.digest = o.document where d.active = 1 \
            order by o.device, coalesce(d.dated, d.imported) desc, o.document, o.ordinal";
        /// Every validated update in force, with its paper.
        UPDATES = "select u.data, u.document from validated_update u join document d on d.digest = u.document \
            where d.active = 1 order by u.document, u.ordinal";
    }
    rows {
        INSERT_OBSERVATIONS = "insert into observation (document, ordinal, device, data) values", 4, "";
        INSERT_UPDATES = "insert into validated_update (document, ordinal, data) values", 3, "";
    }
}
