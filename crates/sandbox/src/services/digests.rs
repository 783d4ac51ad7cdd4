//! What a content is told by.

use md5::{Digest as _, Md5};
use sha2::Sha256;

/// The MD5 of a content, in small hexadecimal digits.
pub(super) fn md5(content: &[u8]) -> String {
    hex(&Md5::digest(content))
}

/// The SHA-256 of a content, in small hexadecimal digits.
pub(super) fn sha256(content: &[u8]) -> String {
    hex(&Sha256::digest(content))
}

/// What a proof of whoever began a sign-in comes to (PKCE, S256).
pub(super) fn challenge(verifier: &str) -> String {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
