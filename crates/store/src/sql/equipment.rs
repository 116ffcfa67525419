//! Devices as DICOM files name them.

super::statements! {
    one {
        /// A device.
        INSERT = "insert into equipment (document, release, data) values ($1, $2, $3)";
        /// The devices whose records are in force, oldest import first.
        ALL = "select e.document, e.release, e.data from equipment e join document d on d.digest = e.document \
            where d.active = 1 order by d.ordinal";
        /// The device of a slot whose record is in force.
        OF_SLOT = "select e.document, e.release, e.data from equipment e join document d on d.digest = e.document \
            where d.active = 1 and d.slot = $1";
    }
}
