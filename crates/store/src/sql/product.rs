//! Releases, devices and disclosure forms.

super::statements! {
    one {
        /// A release, in the words of the first paper.
        INSERT_RELEASE = "insert into release (id, manufacturer, model, version, maker_key, model_key) \
            values ($1, $2, $3, $4, $5, $6) on conflict (id) do nothing";
        /// That a paper speaks of a release.
        INSERT_RELEASE_DOCUMENT = "insert into release_document (release, document) values ($1, $2) \
            on conflict (release, document) do nothing";
        /// Removes what a paper said before it is read again.
        DELETE_RELEASE_DOCUMENTS = "delete from release_document where document = $1";
        /// The releases of which a paper in force speaks.
        RELEASES = "select r.id, r.manufacturer, r.model, r.version, r.maker_key, r.model_key from release r \
            where exists (select 1 from release_document p join document d on d.digest = p.document \
            where p.release = r.id and d.active = 1) order by r.maker_key, r.model_key, r.version, r.id";
        /// Which papers in force speak of which releases.
        RELEASE_DOCUMENTS = "select p.release, p.document from release_document p \
            join document d on d.digest = p.document where d.active = 1 order by p.release, p.document";
        /// A disclosure form.
        INSERT_FORM = "insert into form (document, data) values ($1, $2)";
        /// The forms in force.
        FORMS = "select f.document, f.data from form f join document d on d.digest = f.document \
            where d.active = 1 order by f.document";
        /// The devices of inventories in force; of one asset id the newest row first.
        DEVICES = "select v.asset_id, v.release, v.document, v.data from device v \
            join document d on d.digest = v.document where d.active = 1 \
            order by v.asset_id, coalesce(d.dated, d.imported) desc, d.imported desc, v.document, v.ordinal";
        /// Removes the devices of an inventory before it is read again.
        DELETE_DEVICES = "delete from device where document = $1";
    }
    rows {
        INSERT_RELEASES = "insert into release (id, manufacturer, model, version, maker_key, model_key) values", 6,
            "on conflict (id) do nothing";
        INSERT_RELEASE_DOCUMENTS = "insert into release_document (release, document) values", 2,
            "on conflict (release, document) do nothing";
        INSERT_DEVICES = "insert into device (document, ordinal, asset_id, release, data) values", 5, "";
    }
}
