//! What the environment says. Nothing else in the libraries reads it.

use std::env::VarError;

use orglib_core::{Endpoints, Error, Host};
use orglib_models::OrgId;
use orglib_transport::SecretString;

/// The variable of the token.
pub(crate) const TOKEN: &str = "ORGLIB_TOKEN";
/// The variable of the organisation.
pub(crate) const ORG_ID: &str = "ORGLIB_ORG_ID";

/// The variables of the service application.
#[cfg(feature = "oauth")]
const CLIENT_ID: &str = "ORGLIB_CLIENT_ID";
#[cfg(feature = "oauth")]
const CLIENT_SECRET: &str = "ORGLIB_CLIENT_SECRET";

/// The variables of a Code42 user: the name, and the password.
#[cfg(feature = "code42")]
pub(crate) const CODE42_USER: (&str, &str) = ("ORGLIB_CODE42_USER", "ORGLIB_CODE42_PASSWORD");
/// The variables of a Code42 API client: its id, and its secret.
#[cfg(feature = "code42")]
pub(crate) const CODE42_CLIENT: (&str, &str) = ("ORGLIB_CODE42_CLIENT_ID", "ORGLIB_CODE42_CLIENT_SECRET");
/// The variable of a Code42 user's one-time code.
#[cfg(feature = "code42")]
pub(crate) const CODE42_TOTP: &str = "ORGLIB_CODE42_TOTP";

const URLS: [(Host, &str); 6] = [
    (Host::Api360, "ORGLIB_API360_URL"),
    (Host::Cloud, "ORGLIB_CLOUD_URL"),
    (Host::OAuth, "ORGLIB_OAUTH_URL"),
    (Host::Login, "ORGLIB_LOGIN_URL"),
    (Host::Code42, "ORGLIB_CODE42_URL"),
    (Host::Code42Gateway, "ORGLIB_CODE42_GATEWAY_URL"),
];

/// A file of certificates to trust beside the machine's.
const CA_FILE: &str = "ORGLIB_CA_FILE";
/// The proxy for all requests.
const PROXY: &str = "ORGLIB_PROXY";

/// The way to the services.
#[derive(Default)]
#[cfg_attr(not(feature = "reqwest"), allow(dead_code, reason = "a transport of one's own has its own way"))]
pub(crate) struct Network {
    /// Certificates to trust, as PEM.
    pub(crate) certificates: Option<Vec<u8>>,
    /// The proxy. It may hold a password.
    pub(crate) proxy: Option<SecretString>,
}

impl Network {
    pub(crate) fn read() -> Result<Self, Error> {
        let read = |file: String| {
            std::fs::read(&file)
                .map_err(|error| Error::config(format!("{CA_FILE}: {file} cannot be read: {error}")))
        };
        let certificates = variable(CA_FILE)?.map(read).transpose()?;
        Ok(Self { certificates, proxy: variable(PROXY)?.map(SecretString::from) })
    }
}

pub(crate) fn token() -> Result<Option<SecretString>, Error> {
    Ok(variable(TOKEN)?.map(SecretString::from))
}

/// The service application's id and secret.
#[cfg(feature = "oauth")]
pub(crate) fn service_application() -> Result<Option<(String, SecretString)>, Error> {
    let lone = |given: &str, missing: &str| {
        Error::config(format!("{given} is set without {missing}: a service application needs both"))
    };
    match (variable(CLIENT_ID)?, variable(CLIENT_SECRET)?) {
        (Some(id), Some(secret)) => Ok(Some((id, secret.into()))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(lone(CLIENT_ID, CLIENT_SECRET)),
        (None, Some(_)) => Err(lone(CLIENT_SECRET, CLIENT_ID)),
    }
}

pub(crate) fn org() -> Result<Option<OrgId>, Error> {
    let Some(text) = variable(ORG_ID)? else { return Ok(None) };
    text.parse().map(Some).map_err(|error| Error::config(format!("{ORG_ID}: {error}")))
}

pub(crate) fn endpoints() -> Result<Endpoints, Error> {
    URLS.into_iter().try_fold(Endpoints::new(), |endpoints, (host, name)| match variable(name)? {
        Some(url) => endpoints.set(host, &url).map_err(|error| Error::config(format!("{name}: {error}"))),
        None => Ok(endpoints),
    })
}

/// A name and its secret, where they are set.
#[cfg(feature = "code42")]
pub(crate) fn pair((name, password): (&str, &str)) -> Result<Option<(String, SecretString)>, Error> {
    match (variable(name)?, secret(password)?) {
        (Some(name), Some(secret)) => Ok(Some((name, secret))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(Error::config(format!("{name} is set without {password}"))),
        (None, Some(_)) => Err(Error::config(format!("{password} is set without {name}"))),
    }
}

#[cfg(feature = "code42")]
pub(crate) fn secret(name: &str) -> Result<Option<SecretString>, Error> {
    Ok(variable(name)?.map(SecretString::from))
}

/// A variable that is set and not empty.
#[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
fn variable(name: &str) -> Result<Option<String>, Error> {
    match std::env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value.trim().to_owned())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::config(format!("{name} is not UTF-8 text"))),
    }
}
