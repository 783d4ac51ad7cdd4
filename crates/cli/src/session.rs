//! A client of the organisation that a command asks.

use std::sync::{Arc, OnceLock};

use orglib::{
    Client, Generation,
    directory::{Directory, Resolver},
    disk::Disk,
    mail::{Mail, Mailboxes},
    models::{Email, OrgId},
    oauth::{Application, OAuth, RefreshCredentials},
    transport::{SecretString, SharedCredentials, SharedTransport, StaticToken},
};

use crate::{
    console,
    environment::{Environment, ORG_ID, TOKEN},
    failure::Failure,
    options::GlobalOptions,
    renewals::{Keeper, Renewals},
    settings::{Login, Pace, Settings, Token},
    token_store::TokenStore,
};

/// A client, and the organisation where one is known.
#[derive(Debug)]
pub(crate) struct Session {
    client: Client,
    org: Option<OrgId>,
    application: Option<Application>,
    store: Option<TokenStore>,
    resolver: OnceLock<Resolver>,
    /// Whom to ask for organisations of Code42 by any of their ids, where that is not the client.
    console: Option<Client>,
    pub(crate) pace: Pace,
}

impl Session {
    /// The session that the options, the environment and the profile describe. Sends nothing.
    pub(crate) async fn open(options: &GlobalOptions) -> Result<Self, Failure> {
        let mut settings = Settings::resolve(options, &Environment::read()?)?;
        let token = settings.token.take();
        let session = Self::over(settings)?;
        match token {
            Some(token) => {
                let token = console::waiting(|| token.value.read()).await?;
                session.with_token(token)
            }
            None => session.signed_in(&options.renewals),
        }
    }

    /// The same session without a token, for what needs none. In the sandbox there is one always.
    pub(crate) fn without_token(options: &GlobalOptions) -> Result<Self, Failure> {
        Self::of(Settings::resolve(options, &Environment::read()?)?)
    }

    /// The session of these settings, with the token of the sandbox or none.
    pub(crate) fn of(mut settings: Settings) -> Result<Self, Failure> {
        match settings.token.take().map(|token| token.value) {
            Some(Token::Given(token)) if settings.sandbox.is_some() => {
                Self::over(settings)?.with_token(token)
            }
            _ => Self::over(settings),
        }
    }

    /// The session of a Code42 tenant, which has no organisation of Yandex 360.
    pub(crate) fn of_tenant(client: Client, pace: Pace) -> Self {
        let (org, application, store, console) = (None, None, None, None);
        Self { client, org, application, store, resolver: OnceLock::new(), console, pace }
    }

    /// The same, with the console of a tenant whose gateway is asked: it alone knows organisations by any of their ids.
    pub(crate) fn with_console(self, console: Client) -> Self {
        Self { console: Some(console), ..self }
    }

    /// The same, asking the chosen home of methods that have two.
    pub(crate) fn in_generation(self, generation: Generation) -> Self {
        Self { client: self.client.with_generation(generation), resolver: OnceLock::new(), ..self }
    }

    /// The console of the tenant.
    pub(crate) fn console(&self) -> &Client {
        self.console.as_ref().unwrap_or(&self.client)
    }

    fn over(settings: Settings) -> Result<Self, Failure> {
        let transport: SharedTransport = match &settings.sandbox {
            Some(sandbox) => sandbox.transport(),
            None => Arc::new(settings.network.transport()?),
        };
        let Settings { org, application, store, urls, pace, .. } = settings;
        let client = orglib::OPERATIONS
            .iter()
            .fold(Client::builder(transport), |builder, table| builder.operations(table));
        let client = client.endpoints(urls.endpoints).stack(|stack| pace.apply(stack)).build();
        let org = org.map(|org| org.value);
        let application = application.map(|application| application.value);
        Ok(Self { client, org, application, store, resolver: OnceLock::new(), console: None, pace })
    }

    fn with_token(self, token: SecretString) -> Result<Self, Failure> {
        let token = StaticToken::oauth(token).map_err(|error| Failure::usage(error.to_string()))?;
        Ok(self.with_credentials(token.shared()))
    }

    fn with_credentials(self, credentials: SharedCredentials) -> Self {
        Self { client: self.client.with_credentials(credentials), ..self }
    }

    /// The session of whoever signed in. The token is renewed and kept anew where the application is known that it was
    /// issued to.
    fn signed_in(self, renewals: &Renewals) -> Result<Self, Failure> {
        let login = Login::of(self.store.as_ref(), self.application.as_ref(), self.client.clock().now())?;
        let login = login.ok_or_else(|| {
            Failure::usage(format!(
                "no token: set {TOKEN}, give --token-file FILE, sign in with `orglib auth login`, or try --sandbox"
            ))
        })?;
        if login.has_ended() {
            return Err(Failure::expired(format!(
                "the token of whoever signed in has expired, and nothing renews it: sign in again with `orglib auth \
                 login`, or set {TOKEN}"
            )));
        }
        let Login { client_id, token, renewed_by } = login;
        let (Some(application), Some(store)) = (renewed_by, self.store.clone()) else {
            return self.with_token(token.access_token);
        };
        let oauth = OAuth::new(&self.client, application);
        let clock = Arc::clone(self.client.clock());
        let keeper = Keeper { store, client_id, clock, renewals: renewals.clone() };
        let credentials = RefreshCredentials::kept_by(oauth, &token, keeper)?.shared();
        renewals.add(Arc::clone(&credentials));
        Ok(self.with_credentials(credentials))
    }

    /// The application that signs people in, or acts as employees.
    pub(crate) fn application(&self) -> Option<&Application> {
        self.application.as_ref()
    }

    /// Where the token of whoever signs in is kept.
    pub(crate) fn store(&self) -> Option<&TokenStore> {
        self.store.as_ref()
    }

    /// The client beneath.
    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// The organisation.
    pub(crate) fn org(&self) -> Result<OrgId, Failure> {
        let missing = || {
            format!(
                "no organisation: give --org ID, or set {ORG_ID}; `orglib organizations list` shows yours"
            )
        };
        self.org.ok_or_else(|| Failure::usage(missing()))
    }

    /// The organisation's directory.
    pub(crate) fn directory(&self) -> Result<Directory, Failure> {
        Ok(Directory::new(self.client.clone(), self.org()?))
    }

    /// The organisation's mailboxes.
    pub(crate) fn mailboxes(&self) -> Result<Mailboxes, Failure> {
        Ok(Mail::new(self.client.clone(), self.org()?).mailboxes())
    }

    /// The organisation's Disk.
    pub(crate) fn disk(&self) -> Result<Disk, Failure> {
        Ok(Disk::new(self.client.clone(), self.org()?))
    }

    /// The ids of those who are named by address. It is one for all, for it does not ask twice for the same.
    pub(crate) fn resolver(&self) -> Result<&Resolver, Failure> {
        let directory = self.directory()?;
        Ok(self.resolver.get_or_init(|| directory.resolver()))
    }
}

pub(crate) fn unknown(what: &str, email: &Email) -> Failure {
    Failure::not_found(format!("the organisation has no {what} {email}; check the address"))
}
