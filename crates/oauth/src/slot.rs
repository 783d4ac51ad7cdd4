//! One token that is kept, and renewed by one caller at a time.

use std::{
    fmt,
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use orglib_core::{
    Error,
    transport::{Clock, SecretString, TransportError, TransportErrorKind},
};
use tokio::sync::Mutex;

use crate::token::Token;

/// How long before its end a token is renewed; a tenth of its life where that is shorter.
const MARGIN: Duration = Duration::from_secs(300);

/// How long a token lives that does not say it: an exchanged one.
const LIFETIME: Duration = Duration::from_secs(3600);

/// One token that is kept until shortly before its end. However many callers wait, one of them renews it, and the
/// others get what came of it.
#[derive(Default)]
pub(crate) struct Slot {
    state: Mutex<State>,
    /// How many renewals have ended.
    renewals: AtomicU64,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// Why the last renewal failed.
    failure: Option<Arc<Error>>,
}

#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) token: Token,
    header: HeaderValue,
    renew_at: Duration,
    ends_at: Duration,
}

impl Slot {
    /// A slot that holds a token that lives from now.
    pub(crate) fn holding(token: &Token, now: Duration) -> Result<Self, Error> {
        let kept = Some(Kept::new(token.clone(), now)?);
        Ok(Self { state: Mutex::new(State { kept, failure: None }), renewals: AtomicU64::new(0) })
    }

    /// The token, renewed if it is about to end.
    pub(crate) async fn get<F>(
        &self,
        clock: &dyn Clock,
        renew: impl FnOnce() -> F,
    ) -> Result<Kept, Arc<Error>>
    where
        F: Future<Output = Result<Token, Error>>,
    {
        let before = self.renewals.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        let start = clock.monotonic();
        if let Some(kept) = state.kept.as_ref().filter(|kept| start < kept.renew_at) {
            return Ok(kept.clone());
        }
        let failed_meanwhile = self.renewals.load(Ordering::Acquire) != before;
        if let Some(failure) = state.failure.as_ref().filter(|_| failed_meanwhile) {
            return Err(Arc::clone(failure));
        }
        let renewed = renew().await.and_then(|token| Kept::new(token, start));
        self.renewals.fetch_add(1, Ordering::Release);
        match renewed {
            Ok(kept) => {
                *state = State { kept: Some(kept.clone()), failure: None };
                Ok(kept)
            }
            // A token service that cannot be had does not end a token that is still alive.
            Err(error) if error.is_retryable() && state.is_alive(clock.monotonic()) => {
                state.kept.clone().ok_or_else(|| Arc::new(error))
            }
            Err(error) => {
                let failure = Arc::new(error);
                *state = State { kept: None, failure: Some(Arc::clone(&failure)) };
                Err(failure)
            }
        }
    }

    /// The header of one attempt, as credentials give it.
    pub(crate) async fn headers<F>(
        &self,
        clock: &dyn Clock,
        renew: impl FnOnce() -> F,
    ) -> Result<HeaderMap, TransportError>
    where
        F: Future<Output = Result<Token, Error>>,
    {
        match self.get(clock, renew).await {
            Ok(kept) => Ok(HeaderMap::from_iter([(AUTHORIZATION, kept.header)])),
            Err(failure) => {
                let message = failure.to_string();
                Err(TransportError::new(TransportErrorKind::Credentials, false, message).with_source(failure))
            }
        }
    }

    /// Forgets the token, if it is the one that was rejected.
    pub(crate) async fn forget(&self, rejected: &HeaderMap) {
        let mut state = self.state.lock().await;
        if state.kept.as_ref().is_some_and(|kept| rejected.get(AUTHORIZATION) == Some(&kept.header)) {
            state.kept = None;
        }
    }
}

impl State {
    fn is_alive(&self, now: Duration) -> bool {
        self.kept.as_ref().is_some_and(|kept| now < kept.ends_at)
    }
}

impl Kept {
    /// A token whose life began no earlier than `start`.
    fn new(token: Token, start: Duration) -> Result<Self, Error> {
        let lifetime = token.expires_in.unwrap_or(LIFETIME);
        Ok(Self {
            header: header(&token.access_token)?,
            token,
            renew_at: start.saturating_add(lifetime - MARGIN.min(lifetime / 10)),
            ends_at: start.saturating_add(lifetime),
        })
    }

    /// How long the token still lives.
    pub(crate) fn left(&self, now: Duration) -> Duration {
        self.ends_at.saturating_sub(now)
    }
}

fn header(token: &SecretString) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::try_from(format!("OAuth {}", token.expose())).map_err(|_| {
        Error::auth("token", "invalid_token", "the token service gave a token that cannot be sent")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Slot").field("renewals", &self.renewals).finish_non_exhaustive()
    }
}
