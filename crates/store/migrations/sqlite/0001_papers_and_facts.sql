-- The steps of the schema that were applied.
create table schema_version (
    version integer primary key
) strict;

-- Names of this program's own facts: the counter of changes, what findings were computed from.
create table meta (
    key text not null primary key,
    value text not null
) strict, without rowid;

-- A paper, by the SHA-256 of its bytes. Times are milliseconds since 1970-01-01 UTC; `ordinal` is the order of import.
create table document (
    digest blob not null primary key check (length(digest) = 32),
    kind text not null,
    version text,
    name text not null,
    size integer not null,
    origin text,
    tlp text,
    dated integer,
    slot text,
    revision integer not null,
    read_with text not null,
    summary text not null,
    problems text not null,
    actor text not null,
    imported integer not null,
    ordinal integer not null,
    active integer not null
) strict;
create index document_slot on document (slot);

-- The bytes kept of a paper. `content` is their own SHA-256: it differs from `digest` where
-- a part was left out, as of an inventory's unmapped columns.
create table original (
    digest blob not null primary key references document (digest),
    content blob not null,
    size integer not null,
    encoding text not null
) strict;
create table original_chunk (
    digest blob not null references document (digest),
    ordinal integer not null,
    bytes blob not null,
    primary key (digest, ordinal)
) strict;

-- One distinct part, whatever number of papers list it.
create table component (
    id blob not null primary key check (length(id) = 32),
    name text not null,
    version text,
    purl text,
    data text not null
) strict;

create table release (
    id blob not null primary key check (length(id) = 32),
    manufacturer text not null,
    model text not null,
    version text,
    maker_key text not null,
    model_key text not null
) strict;
create table release_document (
    release blob not null references release (id),
    document blob not null references document (digest),
    primary key (release, document)
) strict;
create index release_document_document on release_document (document);

create table sbom (
    document blob not null primary key references document (digest),
    release blob references release (id),
    data text not null
) strict;
-- `own` holds the part as this paper describes it, where that differs from the first paper's words.
create table sbom_component (
    document blob not null references document (digest),
    ordinal integer not null,
    component blob not null references component (id),
    reference text,
    parent integer,
    scope text,
    own text,
    primary key (document, ordinal)
) strict;
create index sbom_component_component on sbom_component (component);
create table sbom_dependency (
    document blob not null references document (digest),
    ordinal integer not null,
    dependent text not null,
    dependency text not null,
    primary key (document, ordinal)
) strict;

create table form (
    document blob not null primary key references document (digest),
    data text not null
) strict;

create table device (
    document blob not null references document (digest),
    ordinal integer not null,
    asset_id text not null,
    release blob not null references release (id),
    data text not null,
    primary key (document, ordinal)
) strict;
create index device_asset on device (asset_id);

-- `scope` is empty for a record of a feed, which lives until the feed renews it, and the
-- paper's digest for a record that lives and ends with its paper.
create table record (
    id integer primary key,
    name text not null,
    source text not null,
    scope text not null,
    document blob not null references document (digest),
    digest blob not null,
    modified integer,
    keys text not null,
    data text not null
) strict;
create unique index record_name on record (name, source, scope);
create index record_document on record (document);
create table record_key (
    key text not null,
    record integer not null references record (id),
    primary key (key, record)
) strict, without rowid;
create table record_alias (
    alias text not null,
    record integer not null references record (id),
    primary key (alias, record)
) strict, without rowid;
create index record_alias_record on record_alias (record);

create table statement (
    id integer primary key,
    document blob not null references document (digest),
    vulnerability text not null,
    data text not null
) strict;
create index statement_document on statement (document);
create table statement_key (
    key text not null,
    statement integer not null references statement (id),
    primary key (key, statement)
) strict, without rowid;
create index statement_key_statement on statement_key (statement);

create table known_exploited (
    cve text not null primary key,
    data text not null
) strict, without rowid;

create table exploit_prediction (
    cve text not null primary key,
    probability real not null,
    percentile real not null
) strict, without rowid;

create table finding (
    id text not null primary key,
    release blob not null references release (id),
    vulnerability text not null,
    verdict text not null,
    data text not null
) strict;
create index finding_release on finding (release);
create index finding_vulnerability on finding (vulnerability);

create table release_count (
    release blob not null primary key references release (id),
    urgent_now integer not null,
    urgent_soon integer not null,
    planned integer not null,
    watch integer not null,
    undetermined integer not null,
    fixed integer not null,
    not_affected integer not null
) strict;

-- Appended, never overwritten.
create table decision (
    id integer primary key,
    item text not null,
    status text not null,
    comment text,
    actor text not null,
    decided integer not null
) strict;
create index decision_item on decision (item);
