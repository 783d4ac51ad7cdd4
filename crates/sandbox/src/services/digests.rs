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

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
