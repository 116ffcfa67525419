-- A scan of the network without its hosts, and the hosts in its order.
create table network_scan (
    document bytea not null primary key references document (digest),
    data text not null
);
create table host_scan (
    document bytea not null references document (digest),
    ordinal bigint not null,
    data text not null,
    primary key (document, ordinal)
);
