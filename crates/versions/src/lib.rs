//! Order and ranges of versions of every ecosystem, as sort keys
