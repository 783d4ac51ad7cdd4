//! A client of the Code42 tenant that a command asks.

use std::sync::Arc;

use orglib::{Code42, Code42Builder, code42::Totp};

use crate::{
    environment::{CODE42_CLIENT_ID, CODE42_CLIENT_SECRET, CODE42_PASSWORD, CODE42_USER, Environment},
    failure::Failure,
    options::GlobalOptions,
    session::Session,
    settings::{Settings, SignIn},
};

/// The tenant that the options, the environment and the profile describe. Sends nothing.
pub(super) fn open(options: &GlobalOptions) -> Result<Code42, Failure> {
    let environment = Environment::read()?;
    of(Settings::resolve(options, &environment)?, &environment)
}

/// The same as a session.
pub(super) fn session(options: &GlobalOptions) -> Result<Session, Failure> {
    let environment = Environment::read()?;
    let settings = Settings::resolve(options, &environment)?;
    let pace = settings.pace;
    Ok(Session::of_tenant(of(settings, &environment)?.client().clone(), pace))
}

/// A session of the gateway. Where a user and an API client are both named, it is the API client who signs in here.
pub(super) fn gateway_session(options: &GlobalOptions) -> Result<Session, Failure> {
    let environment = Environment::read()?;
    let settings = Settings::resolve(options, &environment)?;
    let pace = settings.pace;
    let client = settings.code42_client(&environment)?.ok_or_else(|| {
        Failure::usage(format!(
            "no API client signs in to Code42's gateway: set {CODE42_CLIENT_ID} and {CODE42_CLIENT_SECRET}, or try \
             --sandbox"
        ))
    })?;
    let tenant = built(settings, Code42::builder().api_client(client.0, client.1))?;
    let gateway = tenant.gateway().map_err(|error| Failure::usage(error.to_string()))?;
    Ok(Session::of_tenant(gateway.client().clone(), pace).with_console(tenant.client().clone()))
}

fn of(settings: Settings, environment: &Environment) -> Result<Code42, Failure> {
    let builder = match settings.code42(environment)?.map(|sign_in| sign_in.value) {
        Some(SignIn::User { name, password, code }) => {
            let builder = Code42::builder().user(name, password);
            code.into_iter().fold(builder, |builder, code| builder.totp(Totp::code(code)))
        }
        Some(SignIn::ApiClient { id, secret }) => Code42::builder().api_client(id, secret),
        None => {
            return Err(Failure::usage(format!(
                "nobody signs in to Code42: set {CODE42_USER} and {CODE42_PASSWORD}, or {CODE42_CLIENT_ID} and \
                 {CODE42_CLIENT_SECRET}, or try --sandbox"
            )));
        }
    };
    built(settings, builder)
}

fn built(settings: Settings, builder: Code42Builder) -> Result<Code42, Failure> {
    let builder = match &settings.sandbox {
        Some(sandbox) => builder.transport(sandbox.transport()),
        None => builder.endpoints(settings.urls.endpoints).transport(Arc::new(settings.network.transport()?)),
    };
    let pace = settings.pace;
    let tenant = builder.stack(move |stack| pace.apply(stack)).build();
    tenant.map_err(|error| Failure::usage(error.to_string()))
}
