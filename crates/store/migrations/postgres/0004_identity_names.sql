-- Names of software in two systems of names, as a map collects them. A row with both names is a pair. Rows with
-- one name belong to a set: all names of one set, from whichever paper, mean the same thing.
create table identity_name (
    document bytea not null references document (digest),
    ordinal bigint not null,
    name_set text not null,
    purl text,
    cpe text,
    primary key (document, ordinal)
);
create index identity_name_purl on identity_name (purl);
create index identity_name_set on identity_name (name_set);
