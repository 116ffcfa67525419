-- The steps of the schema that were applied.
create table schema_version (
    version bigint not null primary key
);

-- Names of this program's own facts: the counter of changes, what findings were computed from.
create table meta (
    key text not null primary key,
    value text not null
);

-- A paper, by the SHA-256 of its bytes. Times are milliseconds since 1970-01-01 UTC; `ordinal` is the order of import.
create table document (
    digest bytea not null primary key check (length(digest) = 32),
    kind text not null,
    version text,
    name text not null,
    size bigint not null,
    origin text,
    tlp text,
    dated bigint,
    slot text,
    revision bigint not null,
    read_with text not null,
    summary text not null,
    problems text not null,
    actor text not null,
    imported bigint not null,
    ordinal bigint not null,
    active bigint not null
);
create index document_slot on document (slot);

-- The bytes kept of a paper. `content` is their own SHA-256: it differs from `digest` where
-- a part was left out, as of an inventory's unmapped columns.
create table original (
    digest bytea not null primary key references document (digest),
    content bytea not null,
    size bigint not null,
    encoding text not null
);
create table original_chunk (
    digest bytea not null references document (digest),
    ordinal bigint not null,
    bytes bytea not null,
    primary key (digest, ordinal)
);

-- One distinct part, whatever number of papers list it.
create table component (
    id bytea not null primary key check (length(id) = 32),
    name text not null,
    version text,
    purl text,
    data text not null
);

create table release (
    id bytea not null primary key check (length(id) = 32),
    manufacturer text not null,
    model text not null,
    version text,
    maker_key text not null,
    model_key text not null
);
create table release_document (
    release bytea not null references release (id),
    document bytea not null references document (digest),
    primary key (release, document)
);
create index release_document_document on release_document (document);

create table sbom (
    document bytea not null primary key references document (digest),
    release bytea references release (id),
    data text not null
);
-- `own` holds the part as this paper describes it, where that differs from the first paper's words.
create table sbom_component (
    document bytea not null references document (digest),
    ordinal bigint not null,
    component bytea not null references component (id),
    reference text,
    parent bigint,
    scope text,
    own text,
    primary key (document, ordinal)
);
create index sbom_component_component on sbom_component (component);
create table sbom_dependency (
    document bytea not null references document (digest),
    ordinal bigint not null,
    dependent text not null,
    dependency text not null,
    primary key (document, ordinal)
);

create table form (
    document bytea not null primary key references document (digest),
    data text not null
);

create table device (
    document bytea not null references document (digest),
    ordinal bigint not null,
    asset_id text not null,
    release bytea not null references release (id),
    data text not null,
    primary key (document, ordinal)
);
create index device_asset on device (asset_id);

-- `scope` is empty for a record of a feed, which lives until the feed renews it, and the
-- paper's digest for a record that lives and ends with its paper.
create table record (
    id bigint not null primary key,
    name text not null,
    source text not null,
    scope text not null,
    document bytea not null references document (digest),
    digest bytea not null,
    modified bigint,
    keys text not null,
    data text not null
);
create unique index record_name on record (name, source, scope);
create index record_document on record (document);
create table record_key (
    key text not null,
    record bigint not null references record (id),
    primary key (key, record)
);
create table record_alias (
    alias text not null,
    record bigint not null references record (id),
    primary key (alias, record)
);
create index record_alias_record on record_alias (record);

create table statement (
    id bigint not null primary key,
    document bytea not null references document (digest),
    vulnerability text not null,
    data text not null
);
create index statement_document on statement (document);
create table statement_key (
    key text not null,
    statement bigint not null references statement (id),
    primary key (key, statement)
);
create index statement_key_statement on statement_key (statement);

create table known_exploited (
    cve text not null primary key,
    data text not null
);

create table exploit_prediction (
    cve text not null primary key,
    probability double precision not null,
    percentile double precision not null
);

create table finding (
    id text not null primary key,
    release bytea not null references release (id),
    vulnerability text not null,
    verdict text not null,
    data text not null
);
create index finding_release on finding (release);
create index finding_vulnerability on finding (vulnerability);

create table release_count (
    release bytea not null primary key references release (id),
    urgent_now bigint not null,
    urgent_soon bigint not null,
    planned bigint not null,
    watch bigint not null,
    undetermined bigint not null,
    fixed bigint not null,
    not_affected bigint not null
);

-- Appended, never overwritten.
create table decision (
    id bigint not null primary key,
    item text not null,
    status text not null,
    comment text,
    actor text not null,
    decided bigint not null
);
create index decision_item on decision (item);
