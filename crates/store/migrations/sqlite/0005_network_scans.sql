-- A scan of the network without its hosts, and the hosts in its order.
create table network_scan (
    document blob not null primary key references document (digest),
    data text not null
) strict;
create table host_scan (
    document blob not null references document (digest),
    ordinal integer not null,
    data text not null,
    primary key (document, ordinal)
) strict;
