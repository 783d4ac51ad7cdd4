//! Credentials that renew themselves.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use http::HeaderMap;
use orglib_core::{
    Error, Lease, Renewal,
    transport::{CredentialContext, Credentials, SecretString, SharedCredentials, TransportError},
};

use crate::{
    application::OAuth,
    keeper::TokenKeeper,
    kept::{self, Kept},
    token::Token,
};

/// The longest that one renewal may take, whatever the deadline of calls is: one that is given up on the way may have
/// used up the refresh token.
const LIMIT: Duration = Duration::from_secs(60);

/// A person's token that is renewed shortly before its end, and when a service refuses it.
#[derive(Debug)]
pub struct RefreshCredentials {
    renewal: Renewal<Kept>,
}

impl RefreshCredentials {
    /// Credentials that begin with a token, whose renewals nobody keeps. One that has ended is renewed before it is used:
    /// give it a life of zero.
    ///
    /// # Errors
    /// `Config`, where the token has no refresh token; `Auth`, where it cannot be sent.
    pub fn new(oauth: OAuth, token: &Token) -> Result<Self, Error> {
        Self::of(oauth, token, None)
    }

    /// Credentials that begin with a token that `keeper` keeps, and have it keep each new one.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn kept_by(oauth: OAuth, token: &Token, keeper: impl TokenKeeper) -> Result<Self, Error> {
        Self::of(oauth, token, Some(Box::new(keeper)))
    }

    /// The credentials, to be shared.
    pub fn shared(self) -> SharedCredentials {
        Arc::new(self)
    }

    fn of(oauth: OAuth, token: &Token, keeper: Option<Box<dyn TokenKeeper>>) -> Result<Self, Error> {
        if token.refresh_token.is_none() {
            return Err(unrenewable());
        }
        let clock = Arc::clone(oauth.client().clock());
        let lease = Kept::lease(token.clone(), clock.monotonic())?;
        let renewer = Arc::new(Renewer { oauth, keeper, latest: Mutex::new(token.clone()) });
        let renewal = Renewal::new(clock, move || {
            let renewer = Arc::clone(&renewer);
            async move { renewer.renew().await }
        });
        Ok(Self { renewal: renewal.holding(lease) })
    }
}

struct Renewer {
    oauth: OAuth,
    keeper: Option<Box<dyn TokenKeeper>>,
    /// The last token that was had, from the service or from the keeper.
    latest: Mutex<Token>,
}

impl Renewer {
    async fn renew(&self) -> Result<Lease<Kept>, Error> {
        let Some(keeper) = &self.keeper else { return self.ask().await };
        let _lock = keeper.lock().await?;
        if let Some(lease) = self.renewed_elsewhere(keeper.as_ref()).await? {
            return Ok(lease);
        }
        match self.ask().await {
            Err(error) if error.code() == Some("invalid_grant") => {
                // Somebody who knows no lock may have renewed.
                let used = self.latest();
                match self.renewed_elsewhere(keeper.as_ref()).await? {
                    Some(lease) => Ok(lease),
                    None if !same(used.refresh_token.as_ref(), self.latest().refresh_token.as_ref()) => {
                        self.ask().await
                    }
                    None => Err(error),
                }
            }
            outcome => outcome,
        }
    }

    /// The token that somebody else has kept since this one was read, if it lives; its refresh token is taken over in
    /// any case.
    async fn renewed_elsewhere(&self, keeper: &dyn TokenKeeper) -> Result<Option<Lease<Kept>>, Error> {
        let start = self.now();
        let known = self.latest();
        let Some(stored) = keeper.load().await? else { return Ok(None) };
        if stored.refresh_token.is_none() || same(Some(&stored.access_token), Some(&known.access_token)) {
            return Ok(None);
        }
        self.set_latest(&stored);
        let lives = stored.expires_in.is_none_or(|left| !left.is_zero());
        if lives { Kept::lease(stored, start).map(Some) } else { Ok(None) }
    }

    async fn ask(&self) -> Result<Lease<Kept>, Error> {
        let start = self.now();
        let old = self.latest().refresh_token.ok_or_else(unrenewable)?;
        let mut token = self.oauth.refresh(old.clone()).timeout(LIMIT).send().await?;
        token.refresh_token.get_or_insert(old);
        self.set_latest(&token);
        if let Some(keeper) = &self.keeper
            && let Err(error) = keeper.save(&token).await
        {
            tracing::error!(kind = error.kind().name(), "the renewed token was not kept");
        }
        Kept::lease(token, start)
    }

    fn now(&self) -> Duration {
        self.oauth.client().clock().monotonic()
    }

    fn latest(&self) -> Token {
        self.latest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_latest(&self, token: &Token) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = token.clone();
    }
}

fn same(one: Option<&SecretString>, other: Option<&SecretString>) -> bool {
    one.map(SecretString::expose) == other.map(SecretString::expose)
}

fn unrenewable() -> Error {
    Error::config("the token cannot be renewed: it has no refresh token; sign in again")
}

#[async_trait]
impl Credentials for RefreshCredentials {
    async fn headers(&self, _context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        kept::headers(&self.renewal).await
    }

    async fn invalidate(&self, _context: &CredentialContext<'_>, rejected: &HeaderMap) -> bool {
        kept::forget(&self.renewal, rejected);
        true
    }

    async fn settle(&self) {
        self.renewal.settle().await;
    }
}
