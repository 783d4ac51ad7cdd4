//! Profiles: named settings in `config.toml`.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use etcetera::{BaseStrategy, choose_base_strategy};
use orglib::{Host, models::OrgId};
use serde::Deserialize;

use crate::{
    environment::{CONFIG_DIR, Environment, PROFILE},
    failure::Failure,
    settings::{self, Chosen},
    token_store::{TokenStore, is_plain_name},
};

/// The profile that is used where none is named.
const DEFAULT: &str = "default";

/// The settings of one profile. Secrets are in files of their own.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) org_id: Option<OrgId>,
    pub(crate) token_file: Option<PathBuf>,
    api360_url: Option<String>,
    cloud_url: Option<String>,
    oauth_url: Option<String>,
    login_url: Option<String>,
    code42_url: Option<String>,
    code42_gateway_url: Option<String>,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) proxy: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Config {
    #[serde(default)]
    profiles: BTreeMap<String, Profile>,
}

impl Profile {
    /// The profile that the option, else the environment, names; else `default` where there is one.
    pub(crate) fn load(named: Option<&str>, environment: &Environment) -> Result<Self, Failure> {
        let named = named.or_else(|| environment.get(PROFILE));
        if let Some(name) = named.filter(|name| !is_plain_name(name)) {
            return Err(Failure::usage(format!(
                "the profile's name `{name}` could lead to another file; use letters, digits, `-` and `_`"
            )));
        }
        let Some(directory) = directory(environment) else {
            return named.map_or(Ok(Self::default()), |name| {
                Err(Failure::usage(format!("profile `{name}`: no home directory is known; set {CONFIG_DIR}")))
            });
        };
        let path = directory.join("config.toml");
        let mut config = read(&path)?;
        let name = named.unwrap_or(DEFAULT);
        match (config.profiles.remove(name), named) {
            (Some(profile), _) => Ok(profile.relative_to(&directory)),
            (None, None) => Ok(Self::default()),
            (None, Some(name)) => Err(Failure::usage(unknown(name, &path, &config))),
        }
    }

    /// The file that profiles stand in.
    pub(crate) fn file(environment: &Environment) -> Result<PathBuf, Failure> {
        let directory = directory(environment);
        let missing = || Failure::usage(format!("no home directory is known; set {CONFIG_DIR}"));
        directory.map(|directory| directory.join("config.toml")).ok_or_else(missing)
    }

    /// The names of the profiles that there are.
    pub(crate) fn names(environment: &Environment) -> Result<Vec<String>, Failure> {
        Ok(read(&Self::file(environment)?)?.profiles.into_keys().collect())
    }

    /// The name of the profile that is used, whether it is there or not.
    pub(crate) fn name<'a>(named: Option<&'a str>, environment: &'a Environment) -> Chosen<&'a str> {
        match (named, environment.get(PROFILE)) {
            (Some(name), _) => Chosen::new(name, "--profile"),
            (None, Some(name)) => Chosen::new(name, PROFILE),
            (None, None) => Chosen::new(DEFAULT, settings::DEFAULT),
        }
    }

    /// Where the token of whoever signed in under the profile is kept.
    pub(crate) fn token_store(named: Option<&str>, environment: &Environment) -> Option<TokenStore> {
        TokenStore::of(&directory(environment)?, Self::name(named, environment).value)
    }

    /// The base URL that the profile gives a host, with the name of its key.
    pub(crate) fn url(&self, host: Host) -> Option<(&'static str, &str)> {
        let (key, url) = match host {
            Host::Api360 => ("api360_url", &self.api360_url),
            Host::Cloud => ("cloud_url", &self.cloud_url),
            Host::OAuth => ("oauth_url", &self.oauth_url),
            Host::Login => ("login_url", &self.login_url),
            Host::Code42 => ("code42_url", &self.code42_url),
            Host::Code42Gateway => ("code42_gateway_url", &self.code42_gateway_url),
            _ => return None,
        };
        url.as_deref().map(|url| (key, url))
    }

    fn relative_to(mut self, directory: &Path) -> Self {
        self.token_file = self.token_file.map(|file| directory.join(file));
        self.ca_file = self.ca_file.map(|file| directory.join(file));
        self
    }
}

fn unknown(name: &str, path: &Path, config: &Config) -> String {
    let known = config.profiles.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let known = if known.is_empty() { "none".to_owned() } else { known };
    format!("there is no profile `{name}` in {}; there are: {known}", path.display())
}

fn directory(environment: &Environment) -> Option<PathBuf> {
    match environment.get(CONFIG_DIR) {
        Some(directory) => Some(PathBuf::from(directory)),
        None => choose_base_strategy().ok().map(|strategy| strategy.config_dir().join("orglib")),
    }
}

fn read(path: &Path) -> Result<Config, Failure> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Config::default()),
        Err(error) => return Err(Failure::usage(format!("{} cannot be read: {error}", path.display()))),
    };
    toml::from_str(&text).map_err(|error| {
        // The message alone: the whole error quotes the line, which may hold what should not be there.
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        Failure::usage(format!("{}, line {line}: {}", path.display(), error.message()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(config: &str, named: Option<&str>, variable: Option<&str>) -> Result<Profile, Failure> {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("config.toml"), config).unwrap();
        let path = directory.path().to_str().unwrap().to_owned();
        let environment = match variable {
            Some(name) => Environment::of([(CONFIG_DIR, &path), (PROFILE, name)]),
            None => Environment::of([(CONFIG_DIR, &path)]),
        };
        Profile::load(named, &environment)
    }

    const CONFIG: &str =
        "[profiles.default]\norg_id = 1\n[profiles.work]\norg_id = '2'\ncloud_url = 'https://x'\n";

    #[test]
    fn a_profile_is_named_by_option_then_variable_then_default() {
        for (named, variable, org) in [
            (None, None, 1),
            (None, Some("work"), 2),
            (Some("default"), Some("work"), 1),
            (Some("work"), None, 2),
        ] {
            let profile = load(CONFIG, named, variable).unwrap();
            assert_eq!(profile.org_id, OrgId::new(org), "{named:?} {variable:?}");
        }
        assert_eq!(load("", None, None).unwrap(), Profile::default());
        assert_eq!(
            load(CONFIG, Some("work"), None).unwrap().url(Host::Cloud),
            Some(("cloud_url", "https://x"))
        );
    }

    #[test]
    fn a_profile_whose_name_is_a_path_is_refused() {
        for name in ["C:x", "..", "a/b", "a\\b", "a\0b", "nul", ""] {
            let message = load(CONFIG, Some(name), None).unwrap_err().to_string();
            assert!(message.contains("could lead to another file"), "{name:?}: {message}");
            assert!(name.is_empty() || load(CONFIG, None, Some(name)).is_err(), "{name:?}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_profile_is_said() {
        for (config, named, complaint) in [
            (CONFIG, Some("home"), "there are: default, work"),
            ("[profiles.a]\norg_id = 0\n", None, "line 2"),
            ("[profiles.a]\ntoken = 'y0_secret'\n", None, "unknown field `token`"),
            ("profiles", None, "line 1"),
        ] {
            let message = load(config, named, None).unwrap_err().to_string();
            assert!(message.contains(complaint) && message.contains("config.toml"), "{message}");
            assert!(!message.contains("secret"), "{message}");
        }
    }
}
