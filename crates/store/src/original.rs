//! The bytes of papers, kept by digest.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use isocenter_model::Digest;
use isocenter_model::digest::Digester;

use crate::document::digest_in;
use crate::error::{Result, StoreError};
use crate::sql::{self, Value};
use crate::store::Store;
use crate::transaction::Transaction;

/// How many bytes of an original a piece holds, before compression.
pub const CHUNK: usize = 1 << 20;

/// How the pieces of an original are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// As they are, because they are compressed already.
    Plain,
    /// Compressed (RFC 1951), each piece by itself.
    Deflate,
}

impl Encoding {
    /// The encoding for an original that begins with `bytes`: zip and gzip files stay as they are.
    pub fn for_content(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0x1f, 0x8b]) {
            Self::Plain
        } else {
            Self::Deflate
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Deflate => "deflate",
        }
    }
}

impl Transaction {
    /// Keeps `bytes` as the original of a stored paper. Where a part was left out on purpose they
    /// are not those of its digest; their own digest is kept beside them.
    pub async fn put_original(&mut self, digest: &Digest, bytes: &[u8]) -> Result<()> {
        let encoding = Encoding::for_content(bytes);
        for (ordinal, chunk) in (0_u32..).zip(bytes.chunks(CHUNK)) {
            self.put_original_chunk(digest, ordinal, chunk, encoding)
                .await?;
        }
        self.finish_original(digest, &Digest::of(bytes), bytes.len() as u64, encoding)
            .await
    }

    /// Keeps one piece of an original that is too large to hold whole: [`CHUNK`] bytes, the last
    /// one fewer, `ordinal` from 0. [`Self::finish_original`] ends it.
    pub async fn put_original_chunk(
        &mut self,
        digest: &Digest,
        ordinal: u32,
        chunk: &[u8],
        encoding: Encoding,
    ) -> Result<()> {
        self.change();
        let bytes = match encoding {
            Encoding::Plain => chunk.to_vec(),
            Encoding::Deflate => deflate(chunk).map_err(|source| StoreError::Original {
                digest: *digest,
                source,
            })?,
        };
        self.write(
            "an original",
            sql::document::INSERT_CHUNK,
            [Value::from(digest), i64::from(ordinal).into(), bytes.into()],
        )
        .await?;
        Ok(())
    }

    /// Ends an original that was put in pieces: the digest and size of all of them together.
    pub async fn finish_original(
        &mut self,
        digest: &Digest,
        content: &Digest,
        size: u64,
        encoding: Encoding,
    ) -> Result<()> {
        self.change();
        self.write(
            "an original",
            sql::document::INSERT_ORIGINAL,
            [
                Value::from(digest),
                Value::from(content),
                i64::try_from(size).unwrap_or(i64::MAX).into(),
                Value::text(encoding.as_str()),
            ],
        )
        .await?;
        Ok(())
    }
}

impl Store {
    /// The bytes kept of a paper, whole.
    pub async fn original(&self, digest: &Digest) -> Result<Vec<u8>> {
        let (_, size, encoding) = self.original_entry(digest).await?;
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        let mut ordinal = 0;
        while let Some(chunk) = self.chunk(digest, ordinal, &encoding).await? {
            bytes.extend_from_slice(&chunk);
            ordinal += 1;
        }
        Ok(bytes)
    }

    /// One piece of the bytes kept of a paper, from 0; `None` after the last.
    pub async fn original_chunk(&self, digest: &Digest, ordinal: u32) -> Result<Option<Vec<u8>>> {
        let (_, _, encoding) = self.original_entry(digest).await?;
        self.chunk(digest, i64::from(ordinal), &encoding).await
    }

    pub(crate) async fn originals(&self) -> Result<Vec<Digest>> {
        let rows: Vec<(Vec<u8>,)> = sql::ask(sql::document::ORIGINALS, [])
            .fetch_all(&self.readers)
            .await
            .map_err(StoreError::read("originals"))?;
        rows.iter().map(|(digest,)| digest_in(digest)).collect()
    }

    /// Whether the bytes kept of a paper are those that were put.
    pub(crate) async fn original_is_sound(&self, digest: &Digest) -> Result<bool> {
        let (content, size, encoding) = self.original_entry(digest).await?;
        let mut digester = Digester::new();
        let (mut ordinal, mut length) = (0, 0);
        while let Ok(Some(chunk)) = self.chunk(digest, ordinal, &encoding).await {
            digester.update(&chunk);
            length += chunk.len() as u64;
            ordinal += 1;
        }
        Ok(digester.finish() == content && length == size)
    }

    async fn original_entry(&self, digest: &Digest) -> Result<(Digest, u64, String)> {
        let row: Option<(Vec<u8>, i64, String)> =
            sql::ask(sql::document::ORIGINAL, [Value::from(digest)])
                .fetch_optional(&self.readers)
                .await
                .map_err(StoreError::read("an original"))?;
        let (content, size, encoding) = row.ok_or(StoreError::NoDocument { digest: *digest })?;
        Ok((
            digest_in(&content)?,
            u64::try_from(size).unwrap_or(0),
            encoding,
        ))
    }

    async fn chunk(
        &self,
        digest: &Digest,
        ordinal: i64,
        encoding: &str,
    ) -> Result<Option<Vec<u8>>> {
        let row: Option<(Vec<u8>,)> =
            sql::ask(sql::document::CHUNK, [Value::from(digest), ordinal.into()])
                .fetch_optional(&self.readers)
                .await
                .map_err(StoreError::read("an original"))?;
        let Some((bytes,)) = row else {
            return Ok(None);
        };
        if encoding == Encoding::Plain.as_str() {
            return Ok(Some(bytes));
        }
        inflate(&bytes)
            .map(Some)
            .map_err(|source| StoreError::Original {
                digest: *digest,
                source,
            })
    }
}

fn deflate(chunk: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(chunk.len() / 4), Compression::new(4));
    encoder.write_all(chunk)?;
    encoder.finish()
}

fn inflate(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut chunk = Vec::new();
    // A piece never holds more than CHUNK: a damaged one cannot grow beyond that.
    DeflateDecoder::new(bytes)
        .take(CHUNK as u64 + 1)
        .read_to_end(&mut chunk)?;
    Ok(chunk)
}
