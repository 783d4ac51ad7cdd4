//! Calls that give a token.

use std::fmt;

use http::{HeaderName, HeaderValue, header::AUTHORIZATION};
use orglib_core::{Call, Client, operation};
use orglib_models::code42::{LoginConfiguration, OAuthToken, UserToken};

use crate::gateway::SignInAtGateway;

/// The header of a one-time code.
const TOTP: HeaderName = HeaderName::from_static("totp-auth");

/// `Authorization: Basic …`. `Debug` shows nothing.
#[derive(Clone)]
pub(crate) struct Basic(HeaderValue);

impl Basic {
    /// Nothing where a name or a password is empty: the service would take the request for one of nobody.
    pub(crate) fn new(name: &str, password: &str) -> Option<Self> {
        use base64::{Engine, prelude::BASE64_STANDARD};

        if name.is_empty() || password.is_empty() {
            return None;
        }
        let text = format!("Basic {}", BASE64_STANDARD.encode(format!("{name}:{password}")));
        let mut value = HeaderValue::try_from(text).ok()?;
        value.set_sensitive(true);
        Some(Self(value))
    }
}

impl fmt::Debug for Basic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Basic([secret])")
    }
}

pub(crate) fn as_user(client: &Client, basic: &Basic, code: Option<&str>) -> Call<SignInAsUser> {
    let call = client.call(SignInAsUser::new(true)).header(AUTHORIZATION, basic.0.clone());
    match code.and_then(|code| HeaderValue::from_str(code).ok()) {
        Some(mut code) => {
            code.set_sensitive(true);
            call.header(TOTP, code)
        }
        None => call,
    }
}

pub(crate) fn as_api_client(client: &Client, basic: &Basic) -> Call<SignInAsApiClient> {
    let operation = SignInAsApiClient::new("client_credentials");
    client.call(operation).header(AUTHORIZATION, basic.0.clone())
}

pub(crate) fn at_gateway(client: &Client, basic: &Basic) -> Call<SignInAtGateway> {
    client.call(SignInAtGateway::new("client_credentials")).header(AUTHORIZATION, basic.0.clone())
}

/// Trade a name and a password, in a `Basic` header, for a token of 30 minutes.
#[operation(id = "AuthV3_Jwt", get = "/api/v3/auth/jwt", host = Code42, within = "data", output = UserToken)]
pub struct SignInAsUser {
    /// Whether the token comes in the body; else as a cookie.
    #[query(name = "useBody")]
    use_body: bool,
}

/// Trade an API client's id and secret, in a `Basic` header, for a token of 15 minutes.
#[operation(
    id = "OAuthV3_Token", post = "/api/v3/oauth/token", host = Code42,
    spelling = snake, idempotent = true, within = "data", output = OAuthToken
)]
pub struct SignInAsApiClient {
    /// Always `client_credentials`.
    #[query]
    grant_type: String,
}

/// Say how a user signs in; it needs no credentials.
#[operation(
    id = "LoginConfigurationV3_Get", get = "/api/v3/LoginConfiguration", host = Code42,
    within = "data", output = LoginConfiguration
)]
pub struct GetLoginConfiguration {
    /// The name that the user signs in with.
    #[query]
    username: String,
}
