//! Components and bills of materials.

super::statements! {
    one {
        /// The distinct parts of papers in force.
        IN_FORCE = "select c.id, c.data from component c where exists (select 1 from sbom_component s \
            join document d on d.digest = s.document where s.component = c.id and d.active = 1) order by c.id";
        /// Frame and release of a bill of materials.
        SBOM = "select release, data from sbom where document = $1";
        /// The bills of materials in force.
        SBOMS_IN_FORCE = "select s.document, s.release from sbom s join document d on d.digest = s.document \
            where d.active = 1 order by s.document";
        /// A new bill of materials.
        INSERT_SBOM = "insert into sbom (document, release, data) values ($1, $2, $3)";
        /// The parts of a bill of materials in their order.
        OF_SBOM = "select s.component, s.reference, s.parent, s.scope, coalesce(s.own, c.data) \
            from sbom_component s join component c on c.id = s.component where s.document = $1 order by s.ordinal";
        /// Which parts stand in which papers in force.
        PLACES = "select s.document, s.component, s.reference from sbom_component s \
            join document d on d.digest = s.document where d.active = 1 order by s.document, s.ordinal";
        /// What depends on what.
        DEPENDENCIES = "select dependent, dependency from sbom_dependency where document = $1 order by ordinal";
    }
    rows {
        INSERT = "insert into component (id, name, version, purl, data) values", 5,
            "on conflict (id) do nothing";
        INSERT_PLACES = "insert into sbom_component (document, ordinal, component, reference, parent, scope, own) \
            values", 7, "";
        INSERT_DEPENDENCIES = "insert into sbom_dependency (document, ordinal, dependent, dependency) values", 4, "";
    }
    keyed {
        DATA = "select id, data from component where id", "";
    }
}
