//! Signing in: who asks, and a token for as long as it lives.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use orglib_core::{Client, Error, Lease, Renewal, credentials_error};
use orglib_models::code42::{LoginType, OAuthToken};
use orglib_transport::{CredentialContext, Credentials, SecretString, SystemClock, TransportError};

use crate::sign_in::{self, Basic, GetLoginConfiguration};

/// How long a user's token lives.
const USER_TOKEN: Duration = Duration::from_secs(30 * 60);
/// How long an API client's token lives where the service does not say.
const CLIENT_TOKEN: Duration = Duration::from_secs(15 * 60);
/// How long before its end a token is replaced, so that no call sets out with one that ends on the way.
const MARGIN: Duration = Duration::from_secs(60);

/// The operation that a failure belongs to where no call was made.
const SIGN_IN: &str = "sign-in";

/// Credentials of a Code42 tenant: a user with a password, an API client, or tokens of the caller's own.
///
/// The token is fetched when it is first needed, again in the minute before its end, while it still serves, and again
/// when the service refuses it. However many calls wait for it, it is fetched once; where that fails, all that waited fail
/// with it, and so do later calls for up to a minute, so that a wrong password is not tried over and over.
pub struct SignIn {
    way: Arc<Way>,
    renewal: Renewal<HeaderValue>,
}

enum Way {
    User { client: Client, name: String, basic: Basic, totp: Option<Totp>, code_is_used: AtomicBool },
    ApiClient { client: Client, basic: Basic },
    Gateway { client: Client, basic: Basic },
    Tokens(Box<dyn TokenSource>),
}

/// Where one-time codes come from.
#[derive(Clone)]
pub struct Totp(Codes);

#[derive(Clone)]
enum Codes {
    One(SecretString),
    Source(Arc<dyn Fn() -> SecretString + Send + Sync>),
}

impl Totp {
    /// One code of six digits, for one sign-in: when the token ends after 30 minutes, there is no other.
    pub fn code(code: impl Into<SecretString>) -> Self {
        Self(Codes::One(code.into()))
    }

    /// A source that is asked for a fresh code at each sign-in.
    pub fn source(source: impl Fn() -> SecretString + Send + Sync + 'static) -> Self {
        Self(Codes::Source(Arc::new(source)))
    }
}

impl fmt::Debug for Totp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Totp([secret])")
    }
}

/// A way of one's own to get tokens.
#[async_trait]
pub trait TokenSource: Send + Sync + 'static {
    /// A token that the service takes, to be sent as `Bearer`. Asked for again when the service refuses it.
    ///
    /// # Errors
    /// Whatever keeps the token from being had; [`Error::auth`] makes one.
    async fn token(&self) -> Result<SecretString, Error>;
}

impl SignIn {
    /// A user with a password. `client` is one without credentials; a user who signs in elsewhere (single sign-on)
    /// cannot sign in so.
    ///
    /// # Errors
    /// `Config`, where the name or the password is empty.
    pub fn user(
        client: Client,
        name: impl Into<String>,
        password: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        let name = name.into();
        let basic = Basic::new(&name, password.into().expose());
        let basic = basic.ok_or_else(|| Error::config("the Code42 user needs a name and a password"))?;
        Ok(Self::by(Way::user(client, name, basic, None)))
    }

    /// An API client. `client` is one without credentials. An API client has no organisation of its own to ask for.
    ///
    /// # Errors
    /// `Config`, where the id or the secret is empty.
    pub fn api_client(
        client: Client,
        id: impl Into<String>,
        secret: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        Ok(Self::by(Way::ApiClient { client, basic: basic_of(id.into(), &secret.into())? }))
    }

    /// An API client of the gateway, which has tokens of its own. `client` is one without credentials.
    ///
    /// # Errors
    /// `Config`, where the id or the secret is empty.
    pub fn gateway(
        client: Client,
        id: impl Into<String>,
        secret: impl Into<SecretString>,
    ) -> Result<Self, Error> {
        Ok(Self::by(Way::Gateway { client, basic: basic_of(id.into(), &secret.into())? }))
    }

    /// Tokens that the caller gets in a way of its own. For one that never changes there is
    /// [`StaticToken::bearer`](orglib_transport::StaticToken::bearer).
    pub fn tokens(source: impl TokenSource) -> Self {
        Self::by(Way::Tokens(Box::new(source)))
    }

    /// Adds one-time codes to a user's sign-in.
    ///
    /// # Errors
    /// `Config`, where it is not a user who signs in, or a fixed code has not six digits.
    pub fn with_totp(self, codes: Totp) -> Result<Self, Error> {
        if let Codes::One(code) = &codes.0 {
            check_code(code).map_err(Error::config)?;
        }
        match self.way.as_ref() {
            Way::User { client, name, basic, .. } => {
                Ok(Self::by(Way::user(client.clone(), name.clone(), basic.clone(), Some(codes))))
            }
            _ => Err(Error::config("only a Code42 user signs in with a one-time code")),
        }
    }

    fn by(way: Way) -> Self {
        let clock = match &way {
            Way::User { client, .. } | Way::ApiClient { client, .. } | Way::Gateway { client, .. } => {
                Arc::clone(client.clock())
            }
            Way::Tokens(_) => SystemClock::shared(),
        };
        let way = Arc::new(way);
        let signs_in = Arc::clone(&way);
        let renewal = Renewal::new(clock, move || {
            let way = Arc::clone(&signs_in);
            async move { way.sign_in().await }
        });
        Self { way, renewal }
    }
}

impl Way {
    fn user(client: Client, name: String, basic: Basic, totp: Option<Totp>) -> Self {
        Self::User { client, name, basic, totp, code_is_used: AtomicBool::new(false) }
    }

    async fn sign_in(&self) -> Result<Lease<HeaderValue>, Error> {
        match self {
            Self::User { client, name, basic, totp, code_is_used } => {
                let next = |totp: &Totp| totp.next(code_is_used.load(Ordering::Acquire));
                let code = totp.as_ref().map(next).transpose()?;
                let began = client.clock().monotonic();
                let call = sign_in::as_user(client, basic, code.as_ref().map(SecretString::expose));
                let token = match call.send().await {
                    Ok(token) => token,
                    Err(error) if error.is_unauthenticated() => {
                        return Err(refused_user(client, name, code.is_some()).await);
                    }
                    Err(error) => return Err(error),
                };
                code_is_used.store(true, Ordering::Release);
                Ok(lease(header(&token.v3_user_token)?, began, USER_TOKEN))
            }
            Self::ApiClient { client, basic } => {
                let began = client.clock().monotonic();
                let token = sign_in::as_api_client(client, basic).send().await;
                client_lease(token.map_err(|error| refused_client("OAuthV3_Token", error))?, began)
            }
            Self::Gateway { client, basic } => {
                let began = client.clock().monotonic();
                let token = sign_in::at_gateway(client, basic).send().await;
                client_lease(token.map_err(|error| refused_client("GatewayOAuth_Token", error))?, began)
            }
            Self::Tokens(source) => Ok(Lease::endless(header(source.token().await?.expose())?)),
        }
    }
}

fn basic_of(id: String, secret: &SecretString) -> Result<Basic, Error> {
    let basic = Basic::new(&id, secret.expose());
    basic.ok_or_else(|| Error::config("the Code42 API client needs an id and a secret"))
}

fn client_lease(token: OAuthToken, began: Duration) -> Result<Lease<HeaderValue>, Error> {
    let life = token.expires_in.map_or(CLIENT_TOKEN, Duration::from_secs);
    Ok(lease(header(&token.access_token)?, began, life))
}

/// A token that lives shorter than the margin is used for half its life.
fn lease(header: HeaderValue, began: Duration, life: Duration) -> Lease<HeaderValue> {
    Lease::new(header, began, life, MARGIN.min(life / 2))
}

impl Totp {
    fn next(&self, is_used: bool) -> Result<SecretString, Error> {
        let code = match &self.0 {
            Codes::One(_) if is_used => {
                return Err(failed(
                    SIGN_IN,
                    "the sign-in has ended, and its one-time code was used; start again with a new code",
                ));
            }
            Codes::One(code) => code.clone(),
            Codes::Source(source) => source(),
        };
        check_code(&code).map_err(|message| failed(SIGN_IN, message))?;
        Ok(code)
    }
}

fn check_code(code: &SecretString) -> Result<(), &'static str> {
    let code = code.expose();
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else {
        Err("a one-time code has six digits, for instance 123456")
    }
}

fn header(token: &str) -> Result<HeaderValue, Error> {
    let unusable = || failed(SIGN_IN, "the token that came cannot be sent: it is empty or no plain text");
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(unusable());
    }
    let mut header = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| unusable())?;
    header.set_sensitive(true);
    Ok(header)
}

/// A sign-in that did not work. The message says what to do next.
fn failed(operation: &'static str, message: &'static str) -> Error {
    Error::auth(operation, "sign_in_failed", message)
}

/// Why a name and a password were refused, as far as the service tells how the user signs in.
async fn refused_user(client: &Client, name: &str, has_code: bool) -> Error {
    let way = client.call(GetLoginConfiguration::new(name)).send().await.unwrap_or_default().login_type;
    let message = match way {
        LoginType::SingleSignOn => {
            "this user signs in through single sign-on, and has no password here; use an API client"
        }
        LoginType::LocalTwoFactor if !has_code => {
            "the user was refused: check the name and the password, and give the one-time code of the account"
        }
        LoginType::LocalTwoFactor => {
            "the user was refused: check the name and the password, and give a fresh one-time code"
        }
        _ => "the user was refused: check the name and the password",
    };
    failed("AuthV3_Jwt", message)
}

fn refused_client(operation: &'static str, error: Error) -> Error {
    if error.is_unauthenticated() {
        return failed(operation, "the API client was refused: check its id and secret");
    }
    error
}

#[async_trait]
impl Credentials for SignIn {
    async fn headers(&self, _context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        let lease = self.renewal.get().await.map_err(credentials_error)?;
        Ok(HeaderMap::from_iter([(AUTHORIZATION, lease.value().clone())]))
    }

    async fn invalidate(&self, _context: &CredentialContext<'_>, rejected: &HeaderMap) -> bool {
        self.renewal.forget(|header| rejected.get(AUTHORIZATION) == Some(header));
        true
    }

    async fn settle(&self) {
        self.renewal.settle().await;
    }
}

/// Shows the way only.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match self.way.as_ref() {
            Way::User { .. } => "user",
            Way::ApiClient { .. } => "API client",
            Way::Gateway { .. } => "API client of the gateway",
            Way::Tokens(_) => "tokens",
        };
        f.debug_tuple("SignIn").field(&way).finish()
    }
}
