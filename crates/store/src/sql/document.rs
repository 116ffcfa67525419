//! Papers and their kept bytes.

super::statements! {
    one {
        /// A new paper.
        INSERT = "insert into document (digest, kind, version, name, size, origin, tlp, dated, slot, revision, \
            read_with, summary, problems, actor, imported, ordinal, active) \
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
            (select coalesce(max(ordinal), 0) + 1 from document), 1)";
        /// What a second reading of a paper, under another mapping, found.
        REREAD = "update document set kind = $2, version = $3, origin = $4, tlp = $5, dated = $6, slot = $7, \
            revision = $8, read_with = $9, summary = $10, problems = $11 where digest = $1";
        /// What is known of a paper only after all of it was read.
        SUMMARISE = "update document set version = $2, dated = $3, summary = $4, problems = $5 where digest = $1";
        /// Every paper, oldest import first.
        ALL = "select digest, kind, version, name, size, origin, tlp, dated, slot, revision, read_with, summary, \
            problems, actor, imported, active from document order by ordinal";
        /// One paper.
        ONE = "select digest, kind, version, name, size, origin, tlp, dated, slot, revision, read_with, summary, \
            problems, actor, imported, active from document where digest = $1";
        /// The digests of all papers with their kinds and what their readings depended on.
        DIGESTS = "select digest, kind, read_with from document";
        /// Whether a paper is in force.
        IS_ACTIVE = "select active from document where digest = $1";
        /// The papers of a slot, the one in force first.
        OF_SLOT = "select digest from document where slot = $1 \
            order by revision desc, coalesce(dated, 0) desc, ordinal desc";
        /// Puts a paper in force or out of it.
        SET_ACTIVE = "update document set active = $2 where digest = $1 and active <> $2";
        /// How the bytes of a paper are kept.
        INSERT_ORIGINAL = "insert into original (digest, content, size, encoding) values ($1, $2, $3, $4)";
        /// A piece of them.
        INSERT_CHUNK = "insert into original_chunk (digest, ordinal, bytes) values ($1, $2, $3)";
        /// How the bytes of a paper are kept.
        ORIGINAL = "select content, size, encoding from original where digest = $1";
        /// Whose bytes are kept.
        ORIGINALS = "select digest from original order by digest";
        /// A piece of them.
        CHUNK = "select bytes from original_chunk where digest = $1 and ordinal = $2";
        /// Removes the pieces before others are kept in their place.
        DELETE_CHUNKS = "delete from original_chunk where digest = $1";
        /// Removes the entry before another is kept in its place.
        DELETE_ORIGINAL = "delete from original where digest = $1";
    }
}
