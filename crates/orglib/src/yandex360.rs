//! Yandex 360 for Business.

use orglib_core::{Client, Error};
use orglib_models::OrgId;
use orglib_transport::{SecretString, SharedCredentials, StaticToken};

use crate::{
    base::{Base, base_setters},
    environment,
};

/// One organisation of Yandex 360 for Business. Cheap to clone; all clones share connections, limits and
/// credentials.
#[derive(Clone, Debug)]
pub struct Yandex360 {
    client: Client,
    org: OrgId,
    #[cfg(feature = "oauth")]
    service_application: Option<orglib_oauth::ServiceApplication>,
}

impl Yandex360 {
    /// Builds a client of an organisation.
    pub fn builder() -> Yandex360Builder {
        Yandex360Builder::default()
    }

    /// The client that the environment describes: `ORGLIB_TOKEN` and `ORGLIB_ORG_ID`, and for other addresses
    /// `ORGLIB_API360_URL`, `ORGLIB_CLOUD_URL`, `ORGLIB_OAUTH_URL`, `ORGLIB_LOGIN_URL`. A service application is
    /// taken from `ORGLIB_CLIENT_ID` and `ORGLIB_CLIENT_SECRET`, where both are set; certificates to trust from the file
    /// `ORGLIB_CA_FILE`, and a proxy from `ORGLIB_PROXY`.
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

    /// The organisation's id.
    pub fn org(&self) -> OrgId {
        self.org
    }

    /// The same organisation, asked as one of its employees (an e-mail address, or an id in digits): their Disk is
    /// one's own then. Tokens are kept and renewed; connections, the concurrency limit and a fixed rate are shared.
    ///
    /// Nothing is asked here: an employee who is not known or is blocked is an error of the first call.
    ///
    /// # Errors
    /// `Config`, where no [service application](Yandex360Builder::service_application) is set up.
    #[cfg(feature = "oauth")]
    pub fn as_user(&self, user: impl Into<orglib_oauth::Subject>) -> Result<Self, Error> {
        let application = self.service_application.as_ref().ok_or_else(|| {
            Error::config(
                "no service application: only one can act as an employee; give its id and secret, or set \
                 ORGLIB_CLIENT_ID and ORGLIB_CLIENT_SECRET",
            )
        })?;
        Ok(Self { client: self.client.with_credentials(application.as_user(user)), ..self.clone() })
    }

    /// The service application, where one is set up.
    #[cfg(feature = "oauth")]
    pub fn service_application(&self) -> Option<&orglib_oauth::ServiceApplication> {
        self.service_application.as_ref()
    }

    /// Audit logs.
    #[cfg(feature = "audit")]
    pub fn audit(&self) -> orglib_audit::Audit {
        orglib_audit::Audit::new(self.client.clone(), self.org)
    }

    /// Organisations, users, departments and groups.
    #[cfg(feature = "directory")]
    pub fn directory(&self) -> orglib_directory::Directory {
        orglib_directory::Directory::new(self.client.clone(), self.org)
    }

    /// Yandex Disk.
    #[cfg(feature = "disk")]
    pub fn disk(&self) -> orglib_disk::Disk {
        orglib_disk::Disk::new(self.client.clone(), self.org)
    }

    /// Domains and their DNS records.
    #[cfg(feature = "domains")]
    pub fn domains(&self) -> orglib_domains::Domains {
        orglib_domains::Domains::new(self.client.clone(), self.org)
    }

    /// Shared and delegated mailboxes.
    #[cfg(feature = "mail")]
    pub fn mail(&self) -> orglib_mail::Mail {
        orglib_mail::Mail::new(self.client.clone(), self.org)
    }

    /// Two-factor sign-in, passwords, sessions and service applications.
    #[cfg(feature = "security")]
    pub fn security(&self) -> orglib_security::Security {
        orglib_security::Security::new(self.client.clone(), self.org)
    }

    /// The report of what is shared from Disk.
    #[cfg(feature = "jobs")]
    pub fn exposure(&self) -> orglib_jobs::exposure::Exposure {
        orglib_jobs::exposure::Exposure::new(self.directory(), self.disk(), self.org)
    }
}

/// Builds a [`Yandex360`].
#[derive(Default)]
#[must_use]
pub struct Yandex360Builder {
    org: Option<u64>,
    token: Option<SecretString>,
    credentials: Option<SharedCredentials>,
    base: Base,
    #[cfg(feature = "oauth")]
    service_application: Option<(String, SecretString)>,
}

impl Yandex360Builder {
    /// Sets the OAuth token of an administrator.
    pub fn token(mut self, token: impl Into<SecretString>) -> Self {
        self.token = Some(token.into());
        self
    }

    /// Sets credentials of one's own, in place of a token.
    pub fn credentials(mut self, credentials: SharedCredentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// Sets the organisation's id.
    pub fn org(mut self, org: u64) -> Self {
        self.org = Some(org);
        self
    }

    base_setters!();

    /// Sets the service application that acts as employees; see [`Yandex360::as_user`]. With one, a token is not
    /// needed: what asks for an administrator fails then.
    #[cfg(feature = "oauth")]
    pub fn service_application(mut self, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        self.service_application = Some((id.into(), secret.into()));
        self
    }

    #[cfg(feature = "oauth")]
    fn acts_as_employees(&self) -> bool {
        self.service_application.is_some()
    }

    #[cfg(not(feature = "oauth"))]
    fn acts_as_employees(&self) -> bool {
        false
    }

    /// Takes from the environment what has not been set yet; see [`Yandex360::from_env`] for the variables.
    ///
    /// # Errors
    /// `Config`, where a variable is malformed.
    pub fn from_env(mut self) -> Result<Self, Error> {
        if self.token.is_none() && self.credentials.is_none() {
            self.token = environment::token()?;
        }
        if self.org.is_none() {
            self.org = environment::org()?.map(OrgId::get);
        }
        self.base.read_environment()?;
        #[cfg(feature = "oauth")]
        if self.service_application.is_none() {
            self.service_application = environment::service_application()?;
        }
        Ok(self)
    }

    /// The client. Sends nothing, and needs no runtime.
    ///
    /// # Errors
    /// `Config`, where the token or the organisation is missing or cannot be used.
    pub fn build(self) -> Result<Yandex360, Error> {
        let org = self.org.ok_or_else(|| {
            Error::config(format!("no organisation: give its id, or set {}", environment::ORG_ID))
        })?;
        let org =
            OrgId::try_from(org).map_err(|error| Error::config(format!("the organisation's id: {error}")))?;
        let acts_as_employees = self.acts_as_employees();
        let credentials = match (self.credentials, self.token) {
            (Some(credentials), _) => Some(credentials),
            (None, Some(token)) => {
                let token = StaticToken::oauth(token).map_err(|error| Error::config(error.to_string()))?;
                Some(token.shared())
            }
            (None, None) if acts_as_employees => None,
            (None, None) => {
                return Err(Error::config(format!("no token: give one, or set {}", environment::TOKEN)));
            }
        };
        let builder = self.base.client()?;
        let builder = match credentials {
            Some(credentials) => builder.credentials(credentials),
            None => builder,
        };
        let client = builder.build();
        Ok(Yandex360 {
            #[cfg(feature = "oauth")]
            service_application: self
                .service_application
                .map(|(id, secret)| orglib_oauth::ServiceApplication::new(&client, id, secret)),
            client,
            org,
        })
    }
}
