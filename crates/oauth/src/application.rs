//! The token service, as one application asks it.

use std::time::Duration;

use orglib_core::{
    Call, Client, Error,
    transport::{SecretString, StaticToken},
};

use crate::{
    device::{DeviceCode, StartDevice},
    info::GetUserInfo,
    subject::Subject,
    token::{
        ExchangeToken, GrantType, RequestToken, RequestTokenOptions, RevokeToken, RevokeTokenOptions, Token,
    },
};

/// What a device that asks too often adds to its waits (RFC 8628).
const SLOWER: Duration = Duration::from_secs(5);

/// An application that is registered with the token service.
#[derive(Clone, Debug)]
pub struct Application {
    pub(crate) id: String,
    pub(crate) secret: Option<SecretString>,
}

impl Application {
    /// The application with this id.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), secret: None }
    }

    /// Sets the application's secret. Without it, only the device flow can begin.
    #[must_use]
    pub fn secret(mut self, secret: impl Into<SecretString>) -> Self {
        self.secret = Some(secret.into());
        self
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

/// The token service, as one application asks it.
#[derive(Clone, Debug)]
pub struct OAuth {
    client: Client,
    application: Application,
}

impl OAuth {
    /// The token service for this application. What credentials the client has are not sent to it; connections and
    /// limits are shared.
    pub fn new(client: &Client, application: Application) -> Self {
        Self { client: client.without_credentials(), application }
    }

    /// The application.
    pub fn application(&self) -> &Application {
        &self.application
    }

    /// The client beneath.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// Begins the device flow: gives a code to show to a person, who types it on a page of the service. Then
    /// [`wait_for_device`](Self::wait_for_device).
    pub fn start_device(&self) -> Call<StartDevice> {
        self.client.call(StartDevice::new(self.application.id.as_str()))
    }

    /// Asks once whether the person has typed the code. Until then it fails with the code `authorization_pending`.
    pub fn device_token(&self, code: &DeviceCode) -> Call<RequestToken> {
        self.token(GrantType::DeviceCode).code(code.device_code.clone())
    }

    /// Waits until the person has typed the code, asking as often as the service allows.
    ///
    /// # Errors
    /// `Auth`, where the person refuses or the code ends before it was typed; else as any call.
    pub async fn wait_for_device(&self, code: &DeviceCode) -> Result<Token, Error> {
        let clock = self.client.clock();
        let end = clock.monotonic().saturating_add(code.expires_in);
        let mut interval = code.interval;
        while clock.monotonic() < end {
            clock.sleep(interval.min(code.expires_in)).await;
            match self.device_token(code).send().await {
                Err(error) if error.code() == Some("authorization_pending") => {}
                Err(error) if error.code() == Some("slow_down") => interval = interval.saturating_add(SLOWER),
                // Asking again does no harm, whatever became of the question.
                Err(error) if error.is_retryable() || error.may_be_done() => {}
                outcome => return outcome,
            }
        }
        Err(Error::auth("token", "expired_token", "nobody confirmed the code in time"))
    }

    /// Trades a confirmation code that a person was shown for a token.
    pub fn code_token(&self, code: impl Into<SecretString>) -> Call<RequestToken> {
        self.token(GrantType::AuthorizationCode).code(code)
    }

    /// Renews a token. The answer may hold a new refresh token, which takes the place of the old one.
    pub fn refresh(&self, refresh_token: SecretString) -> Call<RequestToken> {
        self.token(GrantType::RefreshToken).refresh_token(refresh_token)
    }

    /// Trades the right of a service application over an employee for a token of that employee. Most programs want
    /// [`ServiceApplication`](crate::ServiceApplication), which keeps and renews such tokens.
    pub fn exchange(&self, subject: &Subject) -> Call<ExchangeToken> {
        self.client.call(ExchangeToken::new(&self.application, subject))
    }

    /// Revokes a token that was issued for a device.
    pub fn revoke(&self, token: SecretString) -> Call<RevokeToken> {
        let call = self.client.call(RevokeToken::new(token)).client_id(self.application.id.as_str());
        match &self.application.secret {
            Some(secret) => call.client_secret(secret.clone()),
            None => call,
        }
    }

    /// Reads whose token it is.
    ///
    /// # Errors
    /// `Config`, where the token cannot be sent.
    pub fn user_info(&self, token: SecretString) -> Result<Call<GetUserInfo>, Error> {
        let token = StaticToken::oauth(token).map_err(|error| Error::config(error.to_string()))?;
        Ok(self.client.with_credentials(token.shared()).call(GetUserInfo::new()))
    }

    fn token(&self, grant: GrantType) -> Call<RequestToken> {
        let call = self.client.call(RequestToken::new(grant)).client_id(self.application.id.as_str());
        match &self.application.secret {
            Some(secret) => call.client_secret(secret.clone()),
            None => call,
        }
    }
}
