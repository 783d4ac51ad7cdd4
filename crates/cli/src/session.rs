//! A client of the organisation that a command asks.

use std::sync::Arc;

use orglib::{
    Client,
    directory::{Directory, Resolver},
    disk::Disk,
    mail::{Mail, Mailboxes},
    models::{Email, OrgId},
    oauth::{Application, OAuth, RefreshCredentials},
    transport::{SecretString, SharedCredentials, SharedTransport, StaticToken},
};
use orglib_sandbox::Sandbox;

use crate::{
    console,
    environment::{Environment, ORG_ID, TOKEN},
    failure::Failure,
    options::GlobalOptions,
    renewals::{Keeper, Renewals},
    settings::{Pace, Settings},
    token_store::TokenStore,
};

/// A client, and the organisation where one is known.
#[derive(Debug)]
pub(crate) struct Session {
    client: Client,
    org: Option<OrgId>,
    application: Option<Application>,
    store: Option<TokenStore>,
    pub(crate) pace: Pace,
}

impl Session {
    /// The session that the options, the environment and the profile describe. Sends nothing.
    pub(crate) async fn open(options: &GlobalOptions) -> Result<Self, Failure> {
        let mut settings = Settings::resolve(options, &Environment::read()?)?;
        let (token, is_sandbox) = (settings.token.take(), settings.sandbox);
        let session = Self::of(settings)?;
        if is_sandbox {
            return Ok(session);
        }
        match token {
            Some(token) => {
                let token = console::waiting(|| token.read()).await?;
                session.with_token(token)
            }
            None => session.signed_in(&options.renewals),
        }
    }

    /// The same session without a token, for what needs none. In the sandbox there is one always.
    pub(crate) fn without_token(options: &GlobalOptions) -> Result<Self, Failure> {
        Self::of(Settings::resolve(options, &Environment::read()?)?)
    }

    fn of(settings: Settings) -> Result<Self, Failure> {
        if settings.sandbox {
            return Self::of_sandbox(settings);
        }
        let transport = settings.network.transport()?;
        Ok(Self::over(Arc::new(transport), settings))
    }

    fn of_sandbox(mut settings: Settings) -> Result<Self, Failure> {
        let sandbox = Sandbox::builder().build();
        let org = OrgId::new(sandbox.org_id());
        if let (Some(given), Some(own)) = (settings.org, org)
            && given != own
        {
            return Err(Failure::usage(format!(
                "--sandbox and --org {given} disagree: the organisation of the sandbox is {own}"
            )));
        }
        let application = &sandbox.info().service_app;
        settings.org = org;
        settings.application =
            Some(Application::new(&application.client_id).secret(application.client_secret.as_str()));
        Self::over(sandbox.transport(), settings).with_token(sandbox.token().into())
    }

    /// The session of a Code42 tenant, which has no organisation of Yandex 360.
    pub(crate) fn of_tenant(client: Client, options: &GlobalOptions) -> Result<Self, Failure> {
        let Settings { pace, .. } = Settings::resolve(options, &Environment::read()?)?;
        Ok(Self { client, org: None, application: None, store: None, pace })
    }

    fn over(transport: SharedTransport, settings: Settings) -> Self {
        let Settings { org, application, store, pace, .. } = settings;
        let client = orglib::OPERATIONS
            .iter()
            .fold(Client::builder(transport), |builder, table| builder.operations(table));
        let client = client.endpoints(settings.endpoints).stack(|stack| pace.apply(stack)).build();
        Self { client, org, application, store, pace }
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
        let stored = match &self.store {
            Some(store) => store.read()?,
            None => None,
        };
        let stored = stored.ok_or_else(|| {
            Failure::usage(format!(
                "no token: set {TOKEN}, give --token-file FILE, sign in with `orglib auth login`, or try --sandbox"
            ))
        })?;
        let token = stored.token(self.client.clock().now());
        let application = self.application.clone().filter(|application| application.id() == stored.client_id);
        let (Some(application), Some(store)) = (application, self.store.clone()) else {
            return self.with_token(token.access_token);
        };
        let oauth = OAuth::new(&self.client, application);
        let clock = Arc::clone(self.client.clock());
        let keeper = Keeper { store, client_id: stored.client_id, clock, renewals: renewals.clone() };
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

    /// The ids of those who are named by address.
    pub(crate) fn resolver(&self) -> Result<Resolver, Failure> {
        Ok(self.directory()?.resolver())
    }
}

pub(crate) fn unknown(what: &str, email: &Email) -> Failure {
    Failure::not_found(format!("the organisation has no {what} {email}; check the address"))
}
