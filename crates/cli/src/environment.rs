//! The environment variables that the program reads.

use std::{collections::HashMap, env::VarError};

use orglib::Host;

use crate::failure::Failure;

/// The administrator's token.
pub(crate) const TOKEN: &str = "ORGLIB_TOKEN";
/// The organisation's id.
pub(crate) const ORG_ID: &str = "ORGLIB_ORG_ID";
/// The application's id, for signing in and for tokens of employees.
pub(crate) const CLIENT_ID: &str = "ORGLIB_CLIENT_ID";
/// The application's secret.
pub(crate) const CLIENT_SECRET: &str = "ORGLIB_CLIENT_SECRET";
/// The Code42 user who signs in.
pub(crate) const CODE42_USER: &str = "ORGLIB_CODE42_USER";
/// The Code42 user's password.
pub(crate) const CODE42_PASSWORD: &str = "ORGLIB_CODE42_PASSWORD";
/// The Code42 user's one-time code.
pub(crate) const CODE42_TOTP: &str = "ORGLIB_CODE42_TOTP";
/// The Code42 API client that signs in.
pub(crate) const CODE42_CLIENT_ID: &str = "ORGLIB_CODE42_CLIENT_ID";
/// The Code42 API client's secret.
pub(crate) const CODE42_CLIENT_SECRET: &str = "ORGLIB_CODE42_CLIENT_SECRET";
/// The profile to use.
pub(crate) const PROFILE: &str = "ORGLIB_PROFILE";
/// The directory of `config.toml`.
pub(crate) const CONFIG_DIR: &str = "ORGLIB_CONFIG_DIR";
/// A file of certificates to trust beside the machine's.
pub(crate) const CA_FILE: &str = "ORGLIB_CA_FILE";
/// The proxy for all requests.
pub(crate) const PROXY: &str = "ORGLIB_PROXY";
/// Whether output is without colours.
const NO_COLOR: &str = "NO_COLOR";

/// The variables of the hosts' base URLs.
pub(crate) const URLS: [(Host, &str); 6] = [
    (Host::Api360, "ORGLIB_API360_URL"),
    (Host::Cloud, "ORGLIB_CLOUD_URL"),
    (Host::OAuth, "ORGLIB_OAUTH_URL"),
    (Host::Login, "ORGLIB_LOGIN_URL"),
    (Host::Code42, "ORGLIB_CODE42_URL"),
    (Host::Code42Gateway, "ORGLIB_CODE42_GATEWAY_URL"),
];

const CODE42: [&str; 5] = [CODE42_USER, CODE42_PASSWORD, CODE42_TOTP, CODE42_CLIENT_ID, CODE42_CLIENT_SECRET];

/// What the environment says.
#[derive(Default)]
pub(crate) struct Environment(HashMap<&'static str, String>);

impl Environment {
    /// Reads the variables that the program knows; an empty one is as good as none.
    pub(crate) fn read() -> Result<Self, Failure> {
        let names = [TOKEN, ORG_ID, CLIENT_ID, CLIENT_SECRET, PROFILE, CONFIG_DIR, CA_FILE, PROXY]
            .into_iter()
            .chain(CODE42)
            .chain(URLS.map(|(_, name)| name));
        let mut variables = HashMap::new();
        for name in names {
            if let Some(value) = variable(name)? {
                variables.insert(name, value);
            }
        }
        Ok(Self(variables))
    }

    /// The value of a variable.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    #[cfg(test)]
    pub(crate) fn of<const N: usize>(variables: [(&'static str, &str); N]) -> Self {
        Self(variables.into_iter().map(|(name, value)| (name, value.to_owned())).collect())
    }
}

/// Whether colours are wanted on a terminal.
#[allow(clippy::disallowed_methods, reason = "the program reads the environment, in this file only")]
pub(crate) fn wants_colour() -> bool {
    std::env::var_os(NO_COLOR).is_none_or(|value| value.is_empty())
}

/// The locale of messages, by the first of the variables that say one.
pub(crate) fn locale() -> Option<String> {
    ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(|name| variable(name).ok().flatten())
}

#[allow(clippy::disallowed_methods, reason = "the program reads the environment, in this file only")]
fn variable(name: &str) -> Result<Option<String>, Failure> {
    match std::env::var(name) {
        Ok(value) if value.trim().is_empty() => Ok(None),
        Ok(value) => Ok(Some(value.trim().to_owned())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(format!("{name} is not UTF-8 text"))),
    }
}
