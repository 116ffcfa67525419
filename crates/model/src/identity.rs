//! Names of one thing in two systems of names, as others have collected them.

/// Names that mean the same software, by the word of whoever collected them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NamePair {
    /// Package URL without a version, as written.
    pub purl: String,
    /// CPE name without a version, as a CPE 2.3 formatted string.
    pub cpe: String,
}

/// A map between package URLs and CPE names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IdentityMap {
    /// Pairs of names.
    pub pairs: Vec<NamePair>,
    /// Package URLs of one thing whose CPE names stand in another file of the same folder; they say nothing alone.
    pub purls: Vec<String>,
    /// CPE names of one thing whose package URLs stand in another file of the same folder; they say nothing alone.
    pub cpes: Vec<String>,
}
