//! A token with the header that it is sent in.

use std::{sync::Arc, time::Duration};

use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use orglib_core::{Error, Lease, Renewal, credentials_error, transport::TransportError};

use crate::token::Token;

/// How long before its end a token is renewed; a tenth of its life where that is shorter.
const MARGIN: Duration = Duration::from_secs(300);

/// How long a token lives that does not say it: an exchanged one.
const LIFETIME: Duration = Duration::from_secs(3600);

#[derive(Clone)]
pub(crate) struct Kept {
    pub(crate) token: Arc<Token>,
    header: HeaderValue,
}

impl Kept {
    /// A token whose life began no earlier than `start`.
    pub(crate) fn lease(token: Token, start: Duration) -> Result<Lease<Self>, Error> {
        let unusable =
            |_| Error::auth("token", "invalid_token", "the token service gave a token that cannot be sent");
        let text = format!("OAuth {}", token.access_token.expose());
        let mut header = HeaderValue::try_from(text).map_err(unusable)?;
        header.set_sensitive(true);
        let life = token.expires_in.unwrap_or(LIFETIME);
        Ok(Lease::new(Self { token: Arc::new(token), header }, start, life, MARGIN.min(life / 10)))
    }
}

/// The header of one attempt, as credentials give it.
pub(crate) async fn headers(renewal: &Renewal<Kept>) -> Result<HeaderMap, TransportError> {
    let lease = renewal.get().await.map_err(credentials_error)?;
    Ok(HeaderMap::from_iter([(AUTHORIZATION, lease.value().header.clone())]))
}

/// Forgets the token, if it is the one that was rejected.
pub(crate) fn forget(renewal: &Renewal<Kept>, rejected: &HeaderMap) {
    renewal.forget(|kept| rejected.get(AUTHORIZATION) == Some(&kept.header));
}
