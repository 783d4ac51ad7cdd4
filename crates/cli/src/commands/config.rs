//! `orglib config`.

use std::{fs, io::Write, path::PathBuf};

use clap::Subcommand;
use orglib::{Endpoints, Host, models::OrgId};
use serde::Serialize;

use super::list;
use crate::{
    console,
    environment::{Environment, ORG_ID, PROFILE, TOKEN, URLS},
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    profile::Profile,
    settings::Settings,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print where config.toml is, whether it is there or not
    Path,
    /// Show what a command would go by: profile, organisation, hosts, and where the token comes from. No secret is shown
    Show,
    /// Write a config.toml with one profile and everything that can stand there, commented out
    Init,
}

/// What a command would go by.
#[derive(Debug, Default, Serialize)]
struct Shown {
    config_file: PathBuf,
    exists: bool,
    profiles: Vec<String>,
    profile: String,
    org_id: Option<OrgId>,
    org_id_from: Option<&'static str>,
    token_from: Option<String>,
    application: Option<String>,
    api360_url: String,
    cloud_url: String,
    oauth_url: String,
    login_url: String,
    code42_url: String,
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
    let profile = Profile::load(global.profile.as_deref(), environment)?;
    let settings = Settings::resolve(&GlobalOptions { sandbox: false, ..global.clone() }, environment)?;
    let org_id_from = match (global.org, environment.get(ORG_ID), profile.org_id) {
        (Some(_), ..) => Some("--org"),
        (None, Some(_), _) => Some(ORG_ID),
        (None, None, Some(_)) => Some("the profile"),
        _ => None,
    };
    let signed_in = match &settings.store {
        Some(store) => store.read()?.map(|_| "orglib auth login".to_owned()),
        None => None,
    };
    let token_from = match (&global.token_file, environment.get(TOKEN), &profile.token_file) {
        (Some(file), ..) => Some(format!("--token-file {}", file.display())),
        (None, Some(_), _) => Some(TOKEN.to_owned()),
        (None, None, Some(file)) => Some(format!("the profile's {}", file.display())),
        _ => signed_in,
    };
    let url = |host| address(&settings.endpoints, host);
    Ok(Shown {
        exists: file.exists(),
        config_file: file,
        profiles: Profile::names(environment)?,
        profile: Profile::name(global.profile.as_deref(), environment).to_owned(),
        org_id: settings.org,
        org_id_from,
        token_from,
        application: settings.application.as_ref().map(|application| application.id().to_owned()),
        api360_url: url(Host::Api360),
        cloud_url: url(Host::Cloud),
        oauth_url: url(Host::OAuth),
        login_url: url(Host::Login),
        code42_url: url(Host::Code42),
    })
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
    if global.dry_run {
        console::say(&format!("would write {}", file.display()));
        return Ok(());
    }
    let written = fs::create_dir_all(file.parent().unwrap_or(file)).and_then(|()| {
        let mut file = fs::File::create_new(file)?;
        file.write_all(template().as_bytes())
    });
    written.map_err(|error| Failure::usage(format!("{} is not written: {error}", file.display())))?;
    if !global.quiet {
        console::say(&format!("wrote {}", file.display()));
    }
    Ok(())
}
