//! Credentials that renew themselves.

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use http::HeaderMap;
use orglib_core::{
    Error,
    transport::{CredentialContext, Credentials, SecretString, SharedCredentials, TransportError},
};

use crate::{application::OAuth, slot::Slot, token::Token};

type Listener = Box<dyn Fn(&Token) + Send + Sync>;

/// A person's token that is renewed shortly before its end, and when a service refuses it.
pub struct RefreshCredentials {
    oauth: OAuth,
    slot: Slot,
    refresh_token: Mutex<SecretString>,
    listener: Option<Listener>,
}

impl RefreshCredentials {
    /// Credentials that begin with a token that was kept. One that has ended is renewed before it is used: give it a
    /// life of zero.
    ///
    /// # Errors
    /// `Config`, where the token has no refresh token, or cannot be sent.
    pub fn new(oauth: OAuth, token: &Token) -> Result<Self, Error> {
        let missing = || Error::config("the token cannot be renewed: it has no refresh token; sign in again");
        let refresh_token = Mutex::new(token.refresh_token.clone().ok_or_else(missing)?);
        let slot = Slot::holding(token, oauth.client().clock().monotonic())?;
        Ok(Self { oauth, slot, refresh_token, listener: None })
    }

    /// Sets who is told of each new token, to keep it: the old refresh token may be of no use any more.
    #[must_use]
    pub fn on_renewal(mut self, listener: impl Fn(&Token) + Send + Sync + 'static) -> Self {
        self.listener = Some(Box::new(listener));
        self
    }

    /// The credentials, to be shared.
    pub fn shared(self) -> SharedCredentials {
        Arc::new(self)
    }

    async fn renew(&self) -> Result<Token, Error> {
        let old = self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut token = self.oauth.refresh(old.clone()).send().await?;
        let new = token.refresh_token.get_or_insert(old).clone();
        *self.refresh_token.lock().unwrap_or_else(PoisonError::into_inner) = new;
        if let Some(listener) = &self.listener {
            listener(&token);
        }
        Ok(token)
    }
}

#[async_trait]
impl Credentials for RefreshCredentials {
    async fn headers(&self, _context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        self.slot.headers(self.oauth.client().clock().as_ref(), || self.renew()).await
    }

    async fn invalidate(&self, _context: &CredentialContext<'_>, rejected: &HeaderMap) -> bool {
        self.slot.forget(rejected).await;
        true
    }
}

impl fmt::Debug for RefreshCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshCredentials").field("slot", &self.slot).finish_non_exhaustive()
    }
}
