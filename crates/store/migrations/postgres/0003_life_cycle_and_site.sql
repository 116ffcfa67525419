-- What papers say of the support life of products, one row a version or range.
create table lifecycle (
    id bigint not null primary key,
    document bytea not null references document (digest),
    data text not null
);
create index lifecycle_document on lifecycle (document);
create table lifecycle_key (
    key text not null,
    lifecycle bigint not null references lifecycle (id),
    primary key (key, lifecycle)
);
create index lifecycle_key_lifecycle on lifecycle_key (lifecycle);

-- What somebody saw on site; `device` is folded, so that spellings of an asset id meet.
create table observation (
    document bytea not null references document (digest),
    ordinal bigint not null,
    device text not null,
    data text not null,
    primary key (document, ordinal)
);
create index observation_device on observation (device);

-- Updates that a manufacturer has validated, rejected or not looked at yet.
create table validated_update (
    document bytea not null references document (digest),
    ordinal bigint not null,
    data text not null,
    primary key (document, ordinal)
);
