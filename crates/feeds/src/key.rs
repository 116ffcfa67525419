//! Keys of bundles: minisign's, so that anybody can check a bundle with another tool.
//!
//! Source: minisign by Frank Denis, file formats (Ed25519 over BLAKE2b). A secret key may be protected by a password.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use minisign::{KeyPair, PublicKey, PublicKeyBox, SecretKey, SecretKeyBox, SignatureBox};

use crate::error::{FeedError, Refusal};
use crate::folder::{make_folder, write_whole};

/// A key that signs bundles.
#[derive(Debug)]
pub struct Signer {
    secret: SecretKey,
}

/// A key whose bundles are trusted here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trusted {
    public: PublicKey,
    /// Its number, in hexadecimal, as minisign shows it.
    pub id: String,
}

/// Makes a pair of keys: `PREFIX.key`, which only its owner can read, and `PREFIX.pub`, to be handed out. Neither
/// must exist.
pub fn generate(prefix: &Path) -> Result<(PathBuf, PathBuf, String), FeedError> {
    let with = |ending: &str| {
        let mut name = prefix.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let (secret_file, public_file) = (with(".key"), with(".pub"));
    for file in [&secret_file, &public_file] {
        if file.exists() {
            return Err(FeedError::Key(format!("{} exists already", file.display())));
        }
    }
    let pair = KeyPair::generate_unencrypted_keypair().map_err(unusable)?;
    let id = id_of(&pair.pk);
    let secret = pair
        .sk
        .to_box(Some("isocenter feed bundles, secret key"))
        .map_err(unusable)?;
    let public = pair.pk.to_box().map_err(unusable)?;
    // A temporary file is its owner's alone, and stays so in its place.
    write_whole(&secret_file, secret.into_string().as_bytes())?;
    fs::write(&public_file, public.into_string())
        .map_err(FeedError::file("write", &public_file))?;
    Ok((secret_file, public_file, id))
}

impl Signer {
    /// Reads a secret key; one that is protected needs its password.
    pub fn read(file: &Path, password: Option<String>) -> Result<Self, FeedError> {
        let text = fs::read_to_string(file).map_err(FeedError::file("read", file))?;
        let boxed = SecretKeyBox::from_string(&text).map_err(unusable)?;
        let secret = match password {
            Some(password) => boxed.into_secret_key(Some(password)),
            None => boxed.into_unencrypted_secret_key(),
        };
        Ok(Self {
            secret: secret.map_err(unusable)?,
        })
    }

    pub(crate) fn sign(&self, bytes: &[u8], comment: &str) -> Result<String, FeedError> {
        minisign::sign(
            None,
            &self.secret,
            Cursor::new(bytes),
            Some(comment),
            Some("signature of a bundle of feeds"),
        )
        .map(SignatureBox::into_string)
        .map_err(unusable)
    }
}

impl Trusted {
    /// Reads a public key: a `.pub` file of minisign.
    pub fn read(file: &Path) -> Result<Self, FeedError> {
        let text = fs::read_to_string(file).map_err(FeedError::file("read", file))?;
        Self::from_text(&text)
    }

    /// The key that such a file holds, or that stands alone in base64.
    pub fn from_text(text: &str) -> Result<Self, FeedError> {
        let public = PublicKeyBox::from_string(text.trim())
            .and_then(PublicKeyBox::into_public_key)
            .or_else(|_| PublicKey::from_base64(text.trim()))
            .map_err(unusable)?;
        Ok(Self {
            id: id_of(&public),
            public,
        })
    }

    /// The keys that are trusted in a folder of feeds.
    pub fn all(folder: &crate::Folder) -> Result<Vec<Self>, FeedError> {
        let at = folder.path().join(TRUSTED);
        let mut files = match fs::read_dir(&at) {
            Ok(entries) => entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<Vec<_>, _>>()
                .map_err(FeedError::file("read", &at))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(FeedError::file("read", &at)(error)),
        };
        files.retain(|file| file.extension().is_some_and(|ending| ending == "pub"));
        files.sort();
        files.iter().map(|file| Self::read(file)).collect()
    }

    /// Trusts this key from now on in a folder of feeds.
    pub fn keep(&self, folder: &crate::Folder) -> Result<(), FeedError> {
        let at = folder.path().join(TRUSTED);
        make_folder(&at)?;
        let text = self.public.to_box().map_err(unusable)?.into_string();
        write_whole(&at.join(format!("{}.pub", self.id)), text.as_bytes())
    }

    fn signed(&self, signature: &SignatureBox, bytes: &[u8]) -> Result<(), minisign::PError> {
        minisign::verify(
            &self.public,
            signature,
            Cursor::new(bytes),
            true,
            false,
            false,
        )
    }
}

const TRUSTED: &str = "trusted";

/// Whose signature stands under some bytes.
pub(crate) fn verify<'t>(
    trusted: &'t [Trusted],
    signature: &str,
    bytes: &[u8],
) -> Result<&'t Trusted, Refusal> {
    let signature = SignatureBox::from_string(signature)
        .map_err(|error| Refusal::Signature(error.to_string()))?;
    let id = hexadecimal_number(signature.keynum());
    let key = trusted
        .iter()
        .find(|key| key.id == id)
        .ok_or(Refusal::Untrusted(id))?;
    key.signed(&signature, bytes)
        .map_err(|error| Refusal::Signature(error.to_string()))?;
    Ok(key)
}

fn id_of(public: &PublicKey) -> String {
    hexadecimal_number(public.keynum())
}

/// minisign shows the eight bytes as one little-endian number.
fn hexadecimal_number(bytes: &[u8]) -> String {
    let mut bytes = bytes.to_vec();
    bytes.reverse();
    crate::folder::hexadecimal(&bytes).to_ascii_uppercase()
}

#[allow(
    clippy::needless_pass_by_value,
    reason = "the shape that map_err wants"
)]
fn unusable(error: minisign::PError) -> FeedError {
    FeedError::Key(error.to_string())
}
