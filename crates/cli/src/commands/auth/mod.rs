//! `orglib auth`.

mod web;

use std::io::Write;

use clap::{Args, Subcommand};
use orglib::{
    models::oauth::UserInfo,
    oauth::{Application, GetUserInfo, OAuth, Subject, Token},
    prelude::*,
};
use serde::Serialize;

use super::list;
use crate::{
    console,
    environment::{CLIENT_ID, CLIENT_SECRET, CONFIG_DIR, Environment},
    failure::Failure,
    options::GlobalOptions,
    output::{Destination, Kind, Rows, Shape},
    renewals::turn,
    session::Session,
    settings::Settings,
    token_store::{StoredToken, TokenStore},
};

/// The name that people see in the list of their devices.
const DEVICE: &str = "orglib";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Sign in: shows a code to type on a page of the service, and keeps the token
    ///
    /// The application is taken from ORGLIB_CLIENT_ID and ORGLIB_CLIENT_SECRET. The token is kept beside config.toml, in
    /// a file that nobody else may read, and used wherever no other token is given.
    Login(LoginOptions),
    /// Show whose token is used
    Status,
    /// Revoke the token that was kept by signing in, and forget it
    Logout,
    /// Print a token of an employee, for the service application of ORGLIB_CLIENT_ID and ORGLIB_CLIENT_SECRET
    Token(TokenOptions),
}

#[derive(Args, Debug)]
pub(crate) struct LoginOptions {
    /// Sign in on a page in a browser of this machine: shows its address, and waits for the page to lead back here
    #[arg(long)]
    web: bool,
    /// The port that the page leads back to: `http://127.0.0.1:PORT/` must be a Redirect URI of the application; 0 is any
    #[arg(long, value_name = "PORT", default_value_t = web::PORT, requires = "web", conflicts_with = "typed")]
    port: u16,
    /// The page shows a code, which is typed here: for an application with the Redirect URI
    /// https://oauth.yandex.ru/verification_code, and for browsers on another machine
    #[arg(long, requires = "web")]
    typed: bool,
    /// Propose this account on the page
    #[arg(long, value_name = "LOGIN", requires = "web")]
    login_hint: Option<String>,
}

#[derive(Args, Debug)]
pub(crate) struct TokenOptions {
    /// The employee's id or e-mail address
    #[arg(long, value_name = "WHO", value_parser = who)]
    user: String,
}

fn who(text: &str) -> Result<String, String> {
    let is_id = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_address =
        text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty());
    if is_id || is_address {
        Ok(text.to_owned())
    } else {
        Err("give an id (digits) or an e-mail address".to_owned())
    }
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    match command {
        Command::Login(options) => login(options, global).await,
        Command::Status => status(global).await,
        Command::Logout => logout(global).await,
        Command::Token(options) => token(options, global).await,
    }
}

async fn login(options: &LoginOptions, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::without_token(global)?;
    let store = store(&session)?;
    let oauth = OAuth::new(session.client(), application(&session)?);
    if let Some(given) = Settings::resolve(global, &Environment::read()?)?.token {
        console::say(&format!(
            "commands go by another token, from {}, and by the one of this sign-in only without it",
            given.from
        ));
    }
    if global.dry_run {
        console::say("would sign in and keep the token");
        return Ok(());
    }
    let device = device_id(&session);
    let token = if options.web {
        web::token(options, &oauth, &device, &session).await?
    } else {
        let code = oauth.start_device().device_name(DEVICE).device_id(device).send().await?;
        console::say(&format!("open {} and type {}", code.verification_url, code.user_code));
        oauth.wait_for_device(&code).await?
    };
    let now = session.client().clock().now();
    // A renewal that is under way elsewhere must not write over this token.
    let lock = turn(store, session.client().clock()).await?;
    store.write(&StoredToken::new(oauth.application().id(), &token, now))?;
    drop(lock);
    let info = oauth.user_info(token.access_token)?.send().await?;
    console::say(&format!("signed in as {}", info.default_email.as_deref().unwrap_or(&info.login)));
    Ok(())
}

/// An id for this sign-in: the token of a device can be revoked, one of no device cannot.
fn device_id(session: &Session) -> String {
    let number = (session.client().clock().random() * f64::from(u32::MAX)) as u32;
    format!("{DEVICE}-{number:08x}")
}

async fn status(global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    let rows = list::object_rows::<UserInfo>(global)?;
    list::write_object(rows, &session.client().call(GetUserInfo::new()).send().await?)
}

async fn logout(global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::without_token(global)?;
    let store = store(&session)?;
    // A token that is being renewed elsewhere is revoked when it is there, not the one before it.
    let _lock = turn(store, session.client().clock()).await?;
    let stored =
        store.read()?.ok_or_else(|| Failure::usage("nobody is signed in; orglib auth login signs in"))?;
    if global.dry_run {
        console::say("would revoke the kept token and forget it");
        return Ok(());
    }
    let revoked = match application(&session) {
        Ok(application) => {
            let token = stored.token(session.client().clock().now());
            let oauth = OAuth::new(session.client(), application);
            oauth.revoke(token.access_token).send().await.map_err(Failure::from)
        }
        Err(failure) => Err(failure),
    };
    // A token that cannot be revoked is forgotten all the same: that much can be done here.
    store.delete()?;
    match revoked {
        Ok(()) => console::say("signed out"),
        Err(failure) => console::say(&format!("signed out here; the token was not revoked: {failure}")),
    }
    Ok(())
}

async fn token(options: &TokenOptions, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::without_token(global)?;
    let oauth = OAuth::new(session.client(), application(&session)?);
    let subject = Subject::from(options.user.as_str());
    if global.format.is_some() {
        let secret = GlobalOptions { secret: true, ..global.clone() };
        let rows = Rows::open(&secret, Kind::Object, &Shape::flat(&Shown::COLUMNS, &Shown::COLUMNS))?;
        let token = oauth.exchange(&subject).send().await?;
        return list::write_object(rows, &Shown::of(&token));
    }
    let mut to = Destination::open(global.output.as_deref())?.for_owner_only()?;
    let token = oauth.exchange(&subject).send().await?;
    writeln!(to, "{}", token.access_token.expose()).map_err(|error| Failure::output(&error))?;
    to.finish()
}

/// A token, to be shown to whoever asked for it.
#[derive(Serialize)]
struct Shown<'a> {
    access_token: &'a str,
    token_type: Option<&'a str>,
    expires_in: Option<u64>,
    issued_token_type: Option<&'a str>,
    scope: Option<&'a str>,
}

impl<'a> Shown<'a> {
    const COLUMNS: [&'static str; 5] =
        ["access_token", "token_type", "expires_in", "issued_token_type", "scope"];

    fn of(token: &'a Token) -> Self {
        Self {
            access_token: token.access_token.expose(),
            token_type: token.token_type.as_deref(),
            expires_in: token.expires_in.map(|life| life.as_secs()),
            issued_token_type: token.issued_token_type.as_deref(),
            scope: token.scope.as_deref(),
        }
    }
}

fn application(session: &Session) -> Result<Application, Failure> {
    session
        .application()
        .cloned()
        .ok_or_else(|| Failure::usage(format!("no application: set {CLIENT_ID} and {CLIENT_SECRET}")))
}

fn store(session: &Session) -> Result<&TokenStore, Failure> {
    session.store().ok_or_else(|| {
        Failure::usage(format!(
            "there is no place to keep a token: the sandbox has one of its own, else set {CONFIG_DIR} and use a plain \
             name for the profile"
        ))
    })
}
