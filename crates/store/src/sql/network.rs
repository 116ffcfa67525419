//! Scans of the network.

super::statements! {
    one {
        /// A scan without its hosts.
        INSERT_SCAN = "insert into network_scan (document, data) values ($1, $2)";
        /// The scans in force, oldest import first.
        SCANS = "select s.document, s.data from network_scan s join document d on d.digest = s.document \
            where d.active = 1 order by d.ordinal";
        /// The hosts of a scan in its order.
        HOSTS = "select data from host_scan where document = $1 order by ordinal";
    }
    rows {
        INSERT_HOSTS = "insert into host_scan (document, ordinal, data) values", 3, "";
    }
}
