//! Who signs in to Code42.

use orglib::transport::SecretString;
use orglib_sandbox::Sandbox;

use super::{Chosen, Settings, chosen::SANDBOX};
use crate::{
    environment::{
        CODE42_CLIENT_ID, CODE42_CLIENT_SECRET, CODE42_PASSWORD, CODE42_TOTP, CODE42_USER, Environment,
    },
    failure::Failure,
};

/// Who signs in to Code42.
#[derive(Debug)]
pub(crate) enum SignIn {
    User { name: String, password: SecretString, code: Option<SecretString> },
    ApiClient { id: String, secret: SecretString },
}

impl Settings {
    /// Who signs in to Code42. Where a user and an API client are both named, the user does: there is nothing that only
    /// the other can.
    pub(crate) fn code42(&self, environment: &Environment) -> Result<Option<Chosen<SignIn>>, Failure> {
        if let Some(sandbox) = &self.sandbox {
            return Ok(Some(of_sandbox(sandbox)));
        }
        if let Some((name, password)) = pair(environment, CODE42_USER, CODE42_PASSWORD)? {
            let code = environment.get(CODE42_TOTP).map(SecretString::from);
            return Ok(Some(Chosen::new(SignIn::User { name, password, code }, CODE42_USER)));
        }
        let client = pair(environment, CODE42_CLIENT_ID, CODE42_CLIENT_SECRET)?;
        Ok(client.map(|(id, secret)| Chosen::new(SignIn::ApiClient { id, secret }, CODE42_CLIENT_ID)))
    }
}

impl Settings {
    /// The API client that signs in to the gateway.
    pub(crate) fn code42_client(
        &self,
        environment: &Environment,
    ) -> Result<Option<(String, SecretString)>, Failure> {
        match &self.sandbox {
            Some(sandbox) => {
                let access = &sandbox.info().code42;
                Ok(Some((access.client_id.clone(), access.client_secret.as_str().into())))
            }
            None => pair(environment, CODE42_CLIENT_ID, CODE42_CLIENT_SECRET),
        }
    }
}

fn of_sandbox(sandbox: &Sandbox) -> Chosen<SignIn> {
    let access = &sandbox.info().code42;
    let (name, password) = (access.user.clone(), SecretString::from(access.password.as_str()));
    Chosen::new(SignIn::User { name, password, code: None }, SANDBOX)
}

fn pair(
    environment: &Environment,
    name: &str,
    secret: &str,
) -> Result<Option<(String, SecretString)>, Failure> {
    match (environment.get(name), environment.get(secret)) {
        (Some(name), Some(secret)) => Ok(Some((name.to_owned(), secret.into()))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(Failure::usage(format!("{name} is set without {secret}"))),
        (None, Some(_)) => Err(Failure::usage(format!("{secret} is set without {name}"))),
    }
}
