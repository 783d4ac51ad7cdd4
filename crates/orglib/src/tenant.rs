//! A Code42 tenant.

use std::sync::Arc;

use orglib_code42::{Gateway, Organizations, SignIn, Tenant, Totp};
use orglib_core::{Client, Error, Host};
use orglib_transport::{SecretString, SharedCredentials, StaticToken};

use crate::{
    base::{Base, base_setters},
    environment,
};

/// A Code42 tenant. Cheap to clone; all clones share connections, limits and credentials.
#[derive(Clone, Debug)]
pub struct Code42 {
    client: Client,
    gateway: Option<Client>,
}

impl Code42 {
    /// Builds a client of a tenant.
    pub fn builder() -> Code42Builder {
        Code42Builder::default()
    }

    /// The client that the environment describes: `ORGLIB_CODE42_USER` and `ORGLIB_CODE42_PASSWORD`, with
    /// `ORGLIB_CODE42_TOTP` where the account has a second factor; or `ORGLIB_CODE42_CLIENT_ID` and
    /// `ORGLIB_CODE42_CLIENT_SECRET`. Where both are there, the user signs in. `ORGLIB_CODE42_URL` is the tenant's
    /// console, if it is not `https://console.us.code42.com`. Certificates to trust come from the file `ORGLIB_CA_FILE`,
    /// and a proxy from `ORGLIB_PROXY`.
    ///
    /// # Errors
    /// `Config`, where a variable is missing or malformed.
    #[cfg(feature = "reqwest")]
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env()?.build()
    }

    /// The client beneath, for operations without a handle and for raw calls.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Organisations and their settings.
    pub fn organizations(&self) -> Organizations {
        Tenant::new(self.client.clone()).organizations()
    }

    /// The gateway, which API clients sign in to, with tokens of its own. It is beside the console, unless its address is
    /// set: `ORGLIB_CODE42_GATEWAY_URL`, [`Endpoints`](orglib_core::Endpoints).
    ///
    /// # Errors
    /// `Config`, where it is not an API client who signs in.
    pub fn gateway(&self) -> Result<Gateway, Error> {
        let client = self.gateway.clone();
        client
            .map(Gateway::new)
            .ok_or_else(|| Error::config("only an API client signs in to the gateway of Code42"))
    }
}

/// Builds a [`Code42`].
#[derive(Default)]
#[must_use]
pub struct Code42Builder {
    way: Option<Way>,
    totp: Option<Totp>,
    url: Option<String>,
    base: Base,
}

enum Way {
    User { name: String, password: SecretString },
    ApiClient { id: String, secret: SecretString },
    Token(SecretString),
    Credentials(SharedCredentials),
}

impl Code42Builder {
    /// Signs in as a user with a password.
    pub fn user(mut self, name: impl Into<String>, password: impl Into<SecretString>) -> Self {
        self.way = Some(Way::User { name: name.into(), password: password.into() });
        self
    }

    /// Adds one-time codes to the user's sign-in.
    pub fn totp(mut self, codes: Totp) -> Self {
        self.totp = Some(codes);
        self
    }

    /// Signs in as an API client.
    pub fn api_client(mut self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.way = Some(Way::ApiClient { id: id.into(), secret: secret.into() });
        self
    }

    /// Sends a token that somebody else got, and that nobody renews.
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.way = Some(Way::Token(token.into()));
        self
    }

    /// Sets credentials of one's own, for instance [`SignIn::tokens`].
    pub fn credentials(mut self, credentials: SharedCredentials) -> Self {
        self.way = Some(Way::Credentials(credentials));
        self
    }

    /// Sets the address of the tenant's console; by default `https://console.us.code42.com`.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    base_setters!();

    /// Takes from the environment what has not been set yet; see [`Code42::from_env`] for the variables.
    ///
    /// # Errors
    /// `Config`, where a variable is malformed, or a name comes without its secret.
    pub fn from_env(mut self) -> Result<Self, Error> {
        if self.way.is_none() {
            let user = environment::pair(environment::CODE42_USER)?;
            let client = environment::pair(environment::CODE42_CLIENT)?;
            let client = client.map(|(id, secret)| Way::ApiClient { id, secret });
            self.way = user.map(|(name, password)| Way::User { name, password }).or(client);
            if self.totp.is_none() && matches!(self.way, Some(Way::User { .. })) {
                self.totp = environment::secret(environment::CODE42_TOTP)?.map(Totp::code);
            }
        }
        self.base.read_environment()?;
        Ok(self)
    }

    /// The client. Sends nothing, and needs no runtime: it signs in when a token is first needed.
    ///
    /// # Errors
    /// `Config`, where nobody is named who signs in, or an address, a name or a secret cannot be used.
    pub fn build(mut self) -> Result<Code42, Error> {
        if let Some(url) = self.url {
            self.base.endpoints = Some(self.base.endpoints.unwrap_or_default().set(Host::Code42, &url)?);
        }
        let door = self.base.client()?.build();
        let mut gateway = None;
        let credentials: SharedCredentials = match (self.way, self.totp) {
            (Some(Way::User { name, password }), totp) => {
                let sign_in = SignIn::user(door.clone(), name, password)?;
                Arc::new(match totp {
                    Some(codes) => sign_in.with_totp(codes)?,
                    None => sign_in,
                })
            }
            (_, Some(_)) => return Err(Error::config("only a Code42 user signs in with a one-time code")),
            (Some(Way::ApiClient { id, secret }), None) => {
                let sign_in = SignIn::gateway(door.clone(), id.clone(), secret.clone())?;
                gateway = Some(door.with_credentials(Arc::new(sign_in)));
                Arc::new(SignIn::api_client(door.clone(), id, secret)?)
            }
            (Some(Way::Token(token)), None) => {
                StaticToken::bearer(token).map_err(|error| Error::config(error.to_string()))?.shared()
            }
            (Some(Way::Credentials(credentials)), None) => credentials,
            (None, None) => return Err(nobody()),
        };
        Ok(Code42 { client: door.with_credentials(credentials), gateway })
    }
}

fn nobody() -> Error {
    let [(user, password), (id, secret)] = [environment::CODE42_USER, environment::CODE42_CLIENT];
    Error::config(format!(
        "nobody signs in to Code42: give a user or an API client, or set {user} and {password}, or {id} and {secret}"
    ))
}
