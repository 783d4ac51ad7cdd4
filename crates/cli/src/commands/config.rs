//! `orglib config`.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::PathBuf,
};

use clap::Subcommand;
use orglib::{
    Endpoints, Host,
    models::OrgId,
    transport::{Clock, SystemClock},
};
use serde::Serialize;

use super::list;
use crate::{
    console,
    environment::{Environment, ORG_ID, PROFILE, TOKEN, URLS},
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    profile::Profile,
    redacted,
    settings::{Chosen, Login, Settings, SignIn, Token},
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print where config.toml is, whether it is there or not
    Path,
    /// Show what a command would go by: profile, organisation, token, application, way, hosts, who signs in to Code42, and
    /// where each of them comes from. No secret is shown
    Show,
    /// Write a config.toml with one profile and everything that can stand there, commented out
    Init,
}

/// What a command would go by, and where each setting comes from.
#[derive(Debug, Default, Serialize)]
struct Shown {
    config_file: PathBuf,
    exists: bool,
    profiles: Vec<String>,
    sandbox: bool,
    profile: Option<String>,
    profile_from: Option<&'static str>,
    org_id: Option<OrgId>,
    org_id_from: Option<&'static str>,
    token_from: Option<String>,
    /// Of a token that somebody signed in for: whether it can be used.
    token_state: Option<&'static str>,
    application: Option<String>,
    application_from: Option<&'static str>,
    ca_file: Option<PathBuf>,
    ca_file_from: Option<&'static str>,
    proxy: Option<String>,
    proxy_from: Option<&'static str>,
    api360_url: Option<String>,
    api360_url_from: &'static str,
    cloud_url: Option<String>,
    cloud_url_from: &'static str,
    oauth_url: Option<String>,
    oauth_url_from: &'static str,
    login_url: Option<String>,
    login_url_from: &'static str,
    code42_url: Option<String>,
    code42_url_from: &'static str,
    code42_gateway_url: Option<String>,
    code42_gateway_url_from: &'static str,
    code42_user: Option<String>,
    code42_client_id: Option<String>,
    code42_from: Option<&'static str>,
}

pub(super) fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let environment = Environment::read()?;
    let file = Profile::file(&environment)?;
    match command {
        Command::Path => {
            let rows = Rows::open(global, Kind::Object, &Shape::flat(&["config_file", "exists"], &[]))?;
            let exists = file.exists();
            list::write_object(rows, &serde_json::json!({"config_file": file, "exists": exists}))
        }
        Command::Show => {
            let rows = Rows::open(global, Kind::Object, &Shape::of(&Shown::default(), &[])?)?;
            list::write_object(rows, &shown(global, &environment, file)?)
        }
        Command::Init => init(global, &file),
    }
}

fn shown(global: &GlobalOptions, environment: &Environment, file: PathBuf) -> Result<Shown, Failure> {
    let settings = Settings::resolve(global, environment)?;
    let (token_from, token_state) = token(&settings)?;
    let (code42, code42_from) = apart(settings.code42(environment)?);
    let (code42_user, code42_client_id) = match code42 {
        Some(SignIn::User { name, .. }) => (Some(name), None),
        Some(SignIn::ApiClient { id, .. }) => (None, Some(id)),
        None => (None, None),
    };
    let url = |host| {
        let Chosen { value, from } = settings.urls.of_host(host);
        (value.as_deref().map(redacted::url), from)
    };
    let (api360_url, api360_url_from) = url(Host::Api360);
    let (cloud_url, cloud_url_from) = url(Host::Cloud);
    let (oauth_url, oauth_url_from) = url(Host::OAuth);
    let (login_url, login_url_from) = url(Host::Login);
    let (code42_url, code42_url_from) = url(Host::Code42);
    let (code42_gateway_url, code42_gateway_url_from) = url(Host::Code42Gateway);
    let (profile, profile_from) = apart(settings.profile);
    let (org_id, org_id_from) = apart(settings.org);
    let (application, application_from) = apart(settings.application);
    let (ca, ca_file_from) = apart(settings.network.ca);
    let (proxy, proxy_from) = apart(settings.network.proxy);
    Ok(Shown {
        exists: file.exists(),
        config_file: file,
        profiles: Profile::names(environment)?,
        sandbox: settings.sandbox.is_some(),
        profile,
        profile_from,
        org_id,
        org_id_from,
        token_from,
        token_state,
        application: application.map(|application| application.id().to_owned()),
        application_from,
        ca_file: ca.map(|(file, _)| file),
        ca_file_from,
        proxy: proxy.map(|proxy| redacted::url(proxy.expose())),
        proxy_from,
        api360_url,
        api360_url_from,
        cloud_url,
        cloud_url_from,
        oauth_url,
        oauth_url_from,
        login_url,
        login_url_from,
        code42_url,
        code42_url_from,
        code42_gateway_url,
        code42_gateway_url_from,
        code42_user,
        code42_client_id,
        code42_from,
    })
}

/// A setting and its place, by themselves.
fn apart<T>(setting: Option<Chosen<T>>) -> (Option<T>, Option<&'static str>) {
    setting.map(|Chosen { value, from }| (value, from)).unzip()
}

/// Where the token comes from, and of one that somebody signed in for, what becomes of it. What is kept is read only
/// where no other token beats it.
fn token(settings: &Settings) -> Result<(Option<String>, Option<&'static str>), Failure> {
    if let Some(Chosen { value, from }) = &settings.token {
        let from = match value {
            Token::File(file) => format!("{from}: {}", file.display()),
            Token::StandardInput => format!("{from}: standard input"),
            Token::Given(_) => (*from).to_owned(),
        };
        return Ok((Some(from), None));
    }
    let application = settings.application.as_ref().map(|application| &application.value);
    let login = Login::of(settings.store.as_ref(), application, SystemClock::new().now())?;
    Ok(login.map(|login| (Login::FROM.to_owned(), login.state())).unzip())
}

fn address(endpoints: &Endpoints, host: Host) -> String {
    endpoints.url(host).map(|url| url.to_string()).unwrap_or_default()
}

/// What can stand in the file.
fn template() -> String {
    let urls: String = URLS
        .iter()
        .map(|(host, _)| format!("# {}_url = \"{}\"\n", host.name(), address(&Endpoints::new(), *host)))
        .collect();
    format!(
        "# Settings of orglib, by profile. `--profile NAME` or {PROFILE} chooses one, `default` else.\n\
         # Secrets do not stand here: a token comes from {TOKEN}, a file, or `orglib auth login`.\n\n\
         [profiles.default]\n\
         # org_id = 1234567            # the organisation's number; {ORG_ID} and --org beat it\n\
         # token_file = \"token\"        # a file with an administrator's token, beside this one\n\
         # ca_file = \"ca.pem\"          # certificates to trust beside the machine's own\n\
         # proxy = \"http://proxy.example.org:3128\"\n{urls}"
    )
}

fn init(global: &GlobalOptions, file: &PathBuf) -> Result<(), Failure> {
    let refuse = |why: &str| Failure::usage(format!("{} is not written: {why}", file.display()));
    let there = "it is there already; edit it, or move it away first";
    if global.dry_run && file.exists() {
        return Err(refuse(there));
    }
    if global.dry_run {
        console::say(&format!("would write {}", file.display()));
        return Ok(());
    }
    let written = fs::create_dir_all(file.parent().unwrap_or(file)).and_then(|()| {
        let mut file = fs::File::create_new(file)?;
        file.write_all(template().as_bytes())
    });
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => refuse(there),
        _ => refuse(&format!("{error}; check the path and its rights")),
    })?;
    if !global.quiet {
        console::say(&format!("wrote {}", file.display()));
    }
    Ok(())
}
