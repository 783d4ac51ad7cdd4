//! Signing in: who asks, and a token for as long as it lives.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures::lock::Mutex;
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use orglib_core::{Client, Error};
use orglib_models::code42::LoginType;
use orglib_transport::{CredentialContext, Credentials, SecretString, TransportError, TransportErrorKind};

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
/// The token is fetched when it is first needed, again a minute before it ends, and again when the service refuses it.
/// However many calls wait for it, it is fetched once; where that fails, all that waited fail with it, so that a wrong
/// password is not tried over and over.
pub struct SignIn {
    way: Way,
    /// How often somebody has tried, whether it worked or not.
    tries: AtomicU64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    failure: Option<Arc<Error>>,
    /// A fixed one-time code is good for one sign-in.
    code_is_used: bool,
}

struct Held {
    header: HeaderValue,
    /// When it is to be replaced, on the client's clock; never where nobody knows.
    until: Option<Duration>,
}

enum Way {
    User { client: Client, name: String, basic: Basic, totp: Option<Totp> },
    ApiClient { client: Client, basic: Basic },
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
        Ok(Self::by(Way::User { client, name, basic, totp: None }))
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
        let basic = Basic::new(&id.into(), secret.into().expose());
        let basic = basic.ok_or_else(|| Error::config("the Code42 API client needs an id and a secret"))?;
        Ok(Self::by(Way::ApiClient { client, basic }))
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
    pub fn with_totp(mut self, codes: Totp) -> Result<Self, Error> {
        if let Codes::One(code) = &codes.0 {
            check_code(code).map_err(Error::config)?;
        }
        match &mut self.way {
            Way::User { totp, .. } => *totp = Some(codes),
            _ => return Err(Error::config("only a Code42 user signs in with a one-time code")),
        }
        Ok(self)
    }

    fn by(way: Way) -> Self {
        Self { way, tries: AtomicU64::new(0), state: Mutex::new(State::default()) }
    }

    async fn header(&self) -> Result<HeaderValue, Arc<Error>> {
        let seen = self.tries.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(held) = state.held.as_ref().filter(|held| self.is_fresh(held)) {
            return Ok(held.header.clone());
        }
        // Somebody tried while this call waited: the answer would be the same.
        if let Some(failure) = &state.failure
            && self.tries.load(Ordering::Acquire) > seen
        {
            return Err(Arc::clone(failure));
        }
        let outcome = self.sign_in(&mut state).await.map_err(Arc::new);
        state.held = None;
        state.failure = outcome.as_ref().err().cloned();
        self.tries.fetch_add(1, Ordering::Release);
        let held = outcome?;
        let header = held.header.clone();
        state.held = Some(held);
        Ok(header)
    }

    fn is_fresh(&self, held: &Held) -> bool {
        let now = match &self.way {
            Way::User { client, .. } | Way::ApiClient { client, .. } => client.clock().monotonic(),
            Way::Tokens(_) => return true,
        };
        held.until.is_none_or(|until| now < until)
    }

    async fn sign_in(&self, state: &mut State) -> Result<Held, Error> {
        match &self.way {
            Way::User { client, name, basic, totp } => {
                let code = totp.as_ref().map(|totp| totp.next(state.code_is_used)).transpose()?;
                let began = client.clock().monotonic();
                let call = sign_in::as_user(client, basic, code.as_ref().map(SecretString::expose));
                let token = match call.send().await {
                    Ok(token) => token,
                    Err(error) if error.is_unauthenticated() => {
                        return Err(refused_user(client, name, code.is_some()).await);
                    }
                    Err(error) => return Err(error),
                };
                state.code_is_used = true;
                held(&token.v3_user_token, Some(began + USER_TOKEN.saturating_sub(MARGIN)))
            }
            Way::ApiClient { client, basic } => {
                let began = client.clock().monotonic();
                let token = sign_in::as_api_client(client, basic).send().await.map_err(refused_client)?;
                let life = token.expires_in.map_or(CLIENT_TOKEN, Duration::from_secs);
                // A token that lives shorter than the margin is used for half its life.
                let life = life.saturating_sub(MARGIN).max(life / 2);
                held(&token.access_token, Some(began.saturating_add(life)))
            }
            Way::Tokens(source) => held(source.token().await?.expose(), None),
        }
    }
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

fn held(token: &str, until: Option<Duration>) -> Result<Held, Error> {
    let unusable = || failed(SIGN_IN, "the token that came cannot be sent: it is empty or no plain text");
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(unusable());
    }
    let mut header = HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| unusable())?;
    header.set_sensitive(true);
    Ok(Held { header, until })
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

fn refused_client(error: Error) -> Error {
    if error.is_unauthenticated() {
        return failed("OAuthV3_Token", "the API client was refused: check its id and secret");
    }
    error
}

#[async_trait]
impl Credentials for SignIn {
    async fn headers(&self, _context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        match self.header().await {
            Ok(header) => Ok(HeaderMap::from_iter([(AUTHORIZATION, header)])),
            Err(error) => {
                let failed = TransportError::new(TransportErrorKind::Credentials, false, error.to_string());
                let failed = match error.retry_after() {
                    Some(delay) => failed.with_retry_after(delay),
                    None => failed,
                };
                Err(failed.with_source(error))
            }
        }
    }

    async fn invalidate(&self, _context: &CredentialContext<'_>, rejected: &HeaderMap) -> bool {
        let mut state = self.state.lock().await;
        if state.held.as_ref().is_some_and(|held| rejected.get(AUTHORIZATION) == Some(&held.header)) {
            state.held = None;
        }
        true
    }
}

/// Shows the way only.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = match &self.way {
            Way::User { .. } => "user",
            Way::ApiClient { .. } => "API client",
            Way::Tokens(_) => "tokens",
        };
        f.debug_tuple("SignIn").field(&way).finish()
    }
}
