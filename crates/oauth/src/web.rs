//! Signing in on a page of the service, in a browser: the code flow, with proof of who began it (PKCE).

use std::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use orglib_core::{Call, Endpoints, Error, Host, transport::SecretString};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::{
    application::OAuth,
    token::{RequestToken, RequestTokenOptions},
};

/// The page of the service that shows a code for copying: a Redirect URI that an application may be registered with.
pub const CODE_PAGE: &str = "https://oauth.yandex.ru/verification_code";

/// One sign-in on a page of the service. The page ends by leading to the Redirect URI, with a code; only the one who
/// began can trade that for a token. It follows `authorize` of the documents.
///
/// ```
/// use orglib_oauth::{Endpoints, WebSignIn};
///
/// // 32 bytes that nobody can guess, from the system.
/// # let secret = [7; 32];
/// let sign_in = WebSignIn::new("0123456789abcdef", secret).redirect_uri("http://127.0.0.1:8361/");
/// let address = sign_in.address(&Endpoints::new())?;
/// assert!(address.starts_with("https://oauth.yandex.ru/authorize?response_type=code&client_id=0123456789abcdef"));
/// # Ok::<(), orglib_oauth::Error>(())
/// ```
#[derive(Clone)]
#[must_use = "the address is to be opened"]
pub struct WebSignIn {
    application: String,
    verifier: SecretString,
    state: String,
    redirect_uri: Option<String>,
    device: Option<(String, String)>,
    login_hint: Option<String>,
    scope: Option<String>,
}

/// The name in messages of what has no call of its own.
const AUTHORIZE: &str = "authorize";

impl WebSignIn {
    /// A sign-in for the application of this id. The secret must be one that nobody can guess, and another for each
    /// sign-in.
    pub fn new(application: impl Into<String>, secret: [u8; 32]) -> Self {
        // Neither of the two tells of the other, for the state stands in addresses.
        let part = |name: &[u8]| {
            BASE64_URL_SAFE_NO_PAD.encode(Sha256::new().chain_update(secret).chain_update(name).finalize())
        };
        Self {
            application: application.into(),
            verifier: part(b"verifier").into(),
            state: part(b"state"),
            redirect_uri: None,
            device: None,
            login_hint: None,
            scope: None,
        }
    }

    /// Sets where the page leads to: one of the application's Redirect URIs; by default its first one.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uri = Some(uri.into());
        self
    }

    /// Makes the token one of a device: an id of 6 to 50 characters, and a name that the person is shown. Only a device's
    /// token can be revoked.
    pub fn device(mut self, id: impl Into<String>, name: impl Into<String>) -> Self {
        self.device = Some((id.into(), name.into()));
        self
    }

    /// Proposes whose account it is, by login or address.
    pub fn login_hint(mut self, login: impl Into<String>) -> Self {
        self.login_hint = Some(login.into());
        self
    }

    /// Sets the scopes, joined by spaces; by default all that the application is registered with.
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scope = Some(scope.into());
        self
    }

    /// The address to open in a browser.
    ///
    /// # Errors
    /// `Config`, where the base URL of the token service cannot be used.
    pub fn address(&self, endpoints: &Endpoints) -> Result<String, Error> {
        let mut address = endpoints.url(Host::OAuth)?;
        if let Ok(mut path) = address.path_segments_mut() {
            path.pop_if_empty().push("authorize");
        }
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.expose().as_bytes()));
        let device = self.device.as_ref();
        let optional = [
            ("redirect_uri", self.redirect_uri.as_ref()),
            ("device_id", device.map(|(id, _)| id)),
            ("device_name", device.map(|(_, name)| name)),
            ("login_hint", self.login_hint.as_ref()),
            ("scope", self.scope.as_ref()),
        ];
        let mut query = address.query_pairs_mut();
        query.append_pair("response_type", "code").append_pair("client_id", &self.application);
        for (name, value) in optional {
            if let Some(value) = value {
                query.append_pair(name, value);
            }
        }
        query.append_pair("state", &self.state);
        query.append_pair("code_challenge", &challenge).append_pair("code_challenge_method", "S256");
        drop(query);
        Ok(address.into())
    }

    /// The code in the address that the page led to.
    ///
    /// # Errors
    /// `Auth`, where the person refused, the service did, or the address belongs to another sign-in.
    pub fn code(&self, address: &str) -> Result<SecretString, Error> {
        // What a listener sees is a path with a query.
        let base = Url::parse("http://127.0.0.1/").ok();
        let address = Url::options().base_url(base.as_ref()).parse(address);
        let address = address.map_err(|_| Error::auth(AUTHORIZE, "no_address", "what came is no address"))?;
        let value =
            |wanted: &str| address.query_pairs().find(|(name, _)| name == wanted).map(|(_, value)| value);
        if value("state").as_deref() != Some(&*self.state) {
            return Err(Error::auth(
                AUTHORIZE,
                "wrong_state",
                "the answer belongs to another sign-in: begin again, and open the address that is shown then",
            ));
        }
        match (value("error"), value("code").filter(|code| !code.is_empty())) {
            (Some(error), _) => {
                let said = value("error_description").unwrap_or_default();
                let hint = match &*error {
                    "access_denied" => "the person refused",
                    "unauthorized_client" => "the application was rejected, awaits moderation or is blocked",
                    _ => "the service refused",
                };
                let message = if said.is_empty() { hint.to_owned() } else { format!("{hint}: {said}") };
                Err(Error::auth(AUTHORIZE, error.into_owned(), message))
            }
            (None, Some(code)) => Ok(code.into_owned().into()),
            (None, None) => Err(Error::auth(AUTHORIZE, "no_code", "the address holds no code")),
        }
    }
}

impl OAuth {
    /// Trades the code of a sign-in on a page for a token. A code serves once, for ten minutes at most.
    pub fn web_token(&self, sign_in: &WebSignIn, code: impl Into<SecretString>) -> Call<RequestToken> {
        let call = self.code_token(code).code_verifier(sign_in.verifier.clone());
        match &sign_in.device {
            Some((id, name)) => call.device_id(id.as_str()).device_name(name.as_str()),
            None => call,
        }
    }
}

/// Shows neither the proof nor the state.
impl fmt::Debug for WebSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebSignIn").field("application", &self.application).finish_non_exhaustive()
    }
}
