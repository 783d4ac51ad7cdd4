//! Who asks: the contract that the credentials layer holds its caller to.

use std::{fmt, sync::Arc};

use async_trait::async_trait;
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use secrecy::ExposeSecret;
use url::Url;

use crate::TransportError;

/// Credentials that are shared by all clones of a client.
pub type SharedCredentials = Arc<dyn Credentials>;

/// Gives the headers that say who asks.
#[async_trait]
pub trait Credentials: Send + Sync + fmt::Debug + 'static {
    /// The headers for one attempt. May ask a server for a token, and keeps what it got.
    async fn headers(&self, context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError>;

    /// Told that the server answered 401 to `rejected`. Forgets what was kept if that is what was rejected, and
    /// says whether asking again can give other headers.
    async fn invalidate(&self, context: &CredentialContext<'_>, rejected: &HeaderMap) -> bool;

    /// Waits until nothing that was begun for these credentials is under way, such as a renewal whose new token is to
    /// be kept. By default there is nothing.
    async fn settle(&self) {}
}

/// What credentials may know about the request they are asked for.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CredentialContext<'a> {
    /// The URL of the request.
    pub url: &'a Url,
    /// The id of the operation.
    pub operation: &'a str,
}

impl<'a> CredentialContext<'a> {
    /// The context of one request.
    pub fn new(url: &'a Url, operation: &'a str) -> Self {
        Self { url, operation }
    }
}

/// One token that never changes.
#[derive(Clone)]
pub struct StaticToken(HeaderValue);

impl StaticToken {
    /// A token sent as `Authorization: OAuth …`, as the Yandex services want it. Fails on a token that no header
    /// can hold, for instance one with a line break.
    pub fn oauth(token: SecretString) -> Result<Self, InvalidToken> {
        Self::new("OAuth", &token)
    }

    /// A token sent as `Authorization: Bearer …`. Fails on a token that no header can hold.
    pub fn bearer(token: SecretString) -> Result<Self, InvalidToken> {
        Self::new("Bearer", &token)
    }

    /// The token, to be shared.
    pub fn shared(self) -> SharedCredentials {
        Arc::new(self)
    }

    fn new(scheme: &str, token: &SecretString) -> Result<Self, InvalidToken> {
        let token = token.expose();
        if token.is_empty() {
            return Err(InvalidToken("it is empty"));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidToken("it holds a blank, a line break or a character outside ASCII"));
        }
        let mut value = HeaderValue::try_from(format!("{scheme} {token}"))
            .map_err(|_| InvalidToken("it holds a character that no header can hold"))?;
        value.set_sensitive(true);
        Ok(Self(value))
    }
}

#[async_trait]
impl Credentials for StaticToken {
    async fn headers(&self, _context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        Ok(HeaderMap::from_iter([(AUTHORIZATION, self.0.clone())]))
    }

    async fn invalidate(&self, _context: &CredentialContext<'_>, _rejected: &HeaderMap) -> bool {
        false
    }
}

impl fmt::Debug for StaticToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaticToken([secret])")
    }
}

/// A token that cannot be sent. Says why, without showing it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the token cannot be sent: {0}; check how it was copied")]
pub struct InvalidToken(&'static str);

/// A text that is shown by nothing: `Debug` prints a placeholder, and there is no `Display`.
#[derive(Clone)]
pub struct SecretString(secrecy::SecretString);

impl SecretString {
    /// Takes the text in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(secrecy::SecretString::from(text.into()))
    }

    /// Gives the text out, to be put into a request and nowhere else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<String> for SecretString {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for SecretString {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}
