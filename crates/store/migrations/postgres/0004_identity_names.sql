-- Names of software in two systems of names, pair by pair, as a map collects them.
create table identity_pair (
    document bytea not null references document (digest),
    ordinal bigint not null,
    purl text not null,
    cpe text not null,
    primary key (document, ordinal)
);
create index identity_pair_purl on identity_pair (purl);
