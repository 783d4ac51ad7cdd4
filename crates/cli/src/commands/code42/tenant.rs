//! A client of the Code42 tenant that a command asks.

use std::sync::Arc;

use orglib::{Code42, Code42Builder, code42::Totp, transport::SecretString};
use orglib_sandbox::Sandbox;

use crate::{
    environment::{
        CODE42_CLIENT_ID, CODE42_CLIENT_SECRET, CODE42_PASSWORD, CODE42_TOTP, CODE42_USER, Environment,
    },
    failure::Failure,
    options::GlobalOptions,
    settings::Settings,
};

/// The tenant that the options, the environment and the profile describe. Sends nothing.
pub(super) fn open(options: &GlobalOptions) -> Result<Code42, Failure> {
    let environment = Environment::read()?;
    let settings = Settings::resolve(options, &environment)?;
    let pace = settings.pace;
    let builder = if settings.sandbox {
        let sandbox = Sandbox::builder().build();
        let access = &sandbox.info().code42;
        Code42::builder().user(&access.user, access.password.as_str()).transport(sandbox.transport())
    } else {
        let transport = Arc::new(settings.network.transport()?);
        signed_in(Code42::builder(), &environment)?.endpoints(settings.endpoints).transport(transport)
    };
    let tenant = builder.stack(move |stack| pace.apply(stack)).build();
    tenant.map_err(|error| Failure::usage(error.to_string()))
}

/// Where a user and an API client are both named, the user signs in: there is nothing that only the other can.
fn signed_in(builder: Code42Builder, environment: &Environment) -> Result<Code42Builder, Failure> {
    if let Some((name, password)) = pair(environment, CODE42_USER, CODE42_PASSWORD)? {
        let builder = builder.user(name, password);
        return Ok(match environment.get(CODE42_TOTP) {
            Some(code) => builder.totp(Totp::code(code)),
            None => builder,
        });
    }
    match pair(environment, CODE42_CLIENT_ID, CODE42_CLIENT_SECRET)? {
        Some((id, secret)) => Ok(builder.api_client(id, secret)),
        None => Err(Failure::usage(format!(
            "nobody signs in to Code42: set {CODE42_USER} and {CODE42_PASSWORD}, or {CODE42_CLIENT_ID} and \
             {CODE42_CLIENT_SECRET}, or try --sandbox"
        ))),
    }
}

fn pair<'a>(
    environment: &'a Environment,
    name: &str,
    secret: &str,
) -> Result<Option<(&'a str, SecretString)>, Failure> {
    match (environment.get(name), environment.get(secret)) {
        (Some(name), Some(secret)) => Ok(Some((name, secret.into()))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(Failure::usage(format!("{name} is set without {secret}"))),
        (None, Some(_)) => Err(Failure::usage(format!("{secret} is set without {name}"))),
    }
}
