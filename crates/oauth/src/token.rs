//! Tokens.

use std::time::Duration;

use http::Method;
use orglib_core::{
    Error, FromResponse, Host, Operation, OperationMeta, RawResponse, RequestBuilder, operation,
    transport::{RateClass, SecretString},
};
use orglib_models::{
    object,
    shape::{Kind, Shape},
    words,
};
use serde::Deserialize;

use crate::{application::Application, subject::Subject};

/// Ask for a token. What it needs depends on the grant; the methods of [`OAuth`](crate::OAuth) set it.
#[operation(id = "token", post = "/token", host = OAuth, rate = "oauth", output = Token)]
pub struct RequestToken {
    /// What the token is asked for with.
    #[form]
    grant_type: GrantType,
    /// The application's id.
    #[form]
    client_id: Option<String>,
    /// The application's secret.
    #[form(secret)]
    client_secret: Option<SecretString>,
    /// The confirmation code, or the code of the device.
    #[form(secret)]
    code: Option<SecretString>,
    /// The refresh token.
    #[form(secret)]
    refresh_token: Option<SecretString>,
    /// The employee whom a service application acts as.
    #[form(secret)]
    subject_token: Option<SecretString>,
    /// Whether the employee is given by id or by address.
    #[form]
    subject_token_type: Option<SubjectType>,
    /// An id of one's own for the device, 6 to 50 characters; only a device's token can be revoked.
    #[form]
    device_id: Option<String>,
    /// The name of the device, as the person is shown it.
    #[form]
    device_name: Option<String>,
    /// What proves that the one who asks is the one who began (PKCE).
    #[form(secret)]
    code_verifier: Option<SecretString>,
}

words! {
    /// What a token is asked for with.
    GrantType {
        /// A confirmation code that a person was shown.
        AuthorizationCode = "authorization_code",
        /// A code that a person types on a page of the service.
        DeviceCode = "device_code",
        /// A refresh token.
        RefreshToken = "refresh_token",
        /// The right of a service application over an employee.
        TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange",
    }
}

words! {
    /// How an employee is given.
    SubjectType {
        /// By id.
        Uid = "urn:yandex:params:oauth:token-type:uid",
        /// By e-mail address.
        Email = "urn:yandex:params:oauth:token-type:email",
    }
}

/// Trades the right of a service application over an employee for a token of that employee.
///
/// It is the operation `token` once more, with the one grant that may be asked for twice without harm.
#[derive(Clone, Debug)]
pub struct ExchangeToken(RequestToken);

impl ExchangeToken {
    /// The exchange for one employee.
    #[must_use]
    pub fn new(application: &Application, subject: &Subject) -> Self {
        let kind = match subject {
            Subject::Id(_) => SubjectType::Uid,
            Subject::Email(_) => SubjectType::Email,
        };
        let request = RequestToken::new(GrantType::TokenExchange)
            .client_id(application.id.as_str())
            .subject_token(subject.text())
            .subject_token_type(kind);
        Self(match &application.secret {
            Some(secret) => request.client_secret(secret.clone()),
            None => request,
        })
    }
}

impl Operation for ExchangeToken {
    const META: &'static OperationMeta = &OperationMeta::new("token", Host::OAuth, Method::POST, "/token")
        .with_rate_class(RateClass::new("oauth"))
        .with_idempotent(true);
    type Output = Token;

    fn encode(&self, request: &mut RequestBuilder<'_>) -> Result<(), Error> {
        self.0.encode(request)
    }

    fn decode(&self, response: RawResponse) -> Result<Token, Error> {
        Token::from_response(response)
    }
}

/// Revoke a token that was issued for a device. One that is revoked already is no error.
#[operation(id = "token-invalidate", post = "/revoke_token", host = OAuth, rate = "oauth", idempotent = true)]
pub struct RevokeToken {
    /// The token.
    #[form(secret)]
    access_token: SecretString,
    /// The application's id.
    #[form]
    client_id: Option<String>,
    /// The application's secret.
    #[form(secret)]
    client_secret: Option<SecretString>,
}

/// A token. Nothing shows it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "WireToken")]
#[non_exhaustive]
pub struct Token {
    /// The token.
    pub access_token: SecretString,
    /// What it is renewed with; none for an exchanged one.
    pub refresh_token: Option<SecretString>,
    /// How long it lives from now; nothing where the service does not say.
    pub expires_in: Option<Duration>,
    /// The scheme that the service names. Services of Yandex want `OAuth` whatever it says.
    pub token_type: Option<String>,
    /// The kind of token that an exchange gave.
    pub issued_token_type: Option<String>,
    /// The scopes, joined by spaces; only where they are fewer than were asked for.
    pub scope: Option<String>,
}

impl Token {
    /// A token that was kept.
    pub fn new(access_token: impl Into<SecretString>) -> Self {
        Self {
            access_token: access_token.into(),
            refresh_token: None,
            expires_in: None,
            token_type: None,
            issued_token_type: None,
            scope: None,
        }
    }

    /// Sets what it is renewed with.
    #[must_use]
    pub fn refresh_token(mut self, refresh_token: impl Into<SecretString>) -> Self {
        self.refresh_token = Some(refresh_token.into());
        self
    }

    /// Sets how long it lives from now.
    #[must_use]
    pub fn expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = Some(expires_in);
        self
    }
}

object! {
    /// A token.
    Token {
        /// The token.
        access_token: Shape::of(Kind::Secret),
        /// What it is renewed with; none for an exchanged one.
        refresh_token: Shape::of(Kind::Secret).optional(),
        /// How many seconds it lives.
        expires_in: Shape::of(Kind::Number).optional(),
        /// The scheme that the service names.
        token_type: Shape::of(Kind::Text).optional(),
        /// The kind of token that an exchange gave.
        issued_token_type: Shape::of(Kind::Text).optional(),
        /// The scopes, joined by spaces; only where they are fewer than were asked for.
        scope: Shape::of(Kind::Text).optional(),
    }
}

#[derive(Deserialize)]
struct WireToken {
    access_token: String,
    #[serde(default)]
    refresh_token: Option<String>,
    #[serde(default)]
    expires_in: Option<Seconds>,
    #[serde(default)]
    token_type: Option<String>,
    #[serde(default)]
    issued_token_type: Option<String>,
    #[serde(default)]
    scope: Option<String>,
}

/// A number of seconds, as a number or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
    /// No time at all, which must not cost the token that it came with.
    Other(serde::de::IgnoredAny),
}

impl Seconds {
    /// What cannot be a time is none; what is too long for one is the longest.
    fn duration(self) -> Option<Duration> {
        let seconds = match self {
            Self::Number(number) => number,
            Self::Text(text) => text.trim().parse().ok()?,
            Self::Other(_) => return None,
        };
        let is_time = seconds >= 0.0;
        is_time.then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
    }
}

pub(crate) fn seconds<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Duration>, D::Error> {
    Ok(Option::<Seconds>::deserialize(deserializer)?.and_then(Seconds::duration))
}

impl TryFrom<WireToken> for Token {
    type Error = &'static str;

    fn try_from(wire: WireToken) -> Result<Self, &'static str> {
        if wire.access_token.is_empty() {
            return Err("the token is empty");
        }
        let some = |text: Option<String>| text.filter(|text| !text.is_empty());
        Ok(Self {
            access_token: wire.access_token.into(),
            refresh_token: some(wire.refresh_token).map(SecretString::from),
            expires_in: wire.expires_in.and_then(Seconds::duration),
            token_type: some(wire.token_type),
            issued_token_type: some(wire.issued_token_type),
            scope: some(wire.scope),
        })
    }
}
