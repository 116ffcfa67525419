//! Names and the schema version.

super::statements! {
    one {
        /// A value by its name.
        GET = "select value from meta where key = $1";
        /// Sets or replaces a value.
        SET = "insert into meta (key, value) values ($1, $2) \
            on conflict (key) do update set value = excluded.value";
        /// The schema's version.
        SCHEMA_VERSION = "select max(version) from schema_version";
        /// Marks a step of the schema as applied.
        SCHEMA_APPLIED = "insert into schema_version (version) values ($1)";
    }
}
