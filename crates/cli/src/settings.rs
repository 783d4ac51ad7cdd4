//! What the options, the environment and the profile say together.

use std::{
    fs,
    io::Read,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Duration,
};

use orglib::{
    Endpoints, Host,
    models::OrgId,
    oauth::Application,
    transport::{HttpTransport, Rate, RatePolicy, SecretString, StackBuilder},
};

use crate::{
    environment::{CA_FILE, CLIENT_ID, CLIENT_SECRET, Environment, ORG_ID, PROXY, TOKEN, URLS},
    failure::Failure,
    options::GlobalOptions,
    profile::Profile,
    token_store::TokenStore,
};

/// How many requests are under way at most, unless the options say otherwise.
const CONCURRENCY: NonZeroUsize = NonZeroUsize::MIN.saturating_add(15);

/// Where to ask, as whom, and how.
#[derive(Debug)]
pub(crate) struct Settings {
    pub(crate) sandbox: bool,
    pub(crate) org: Option<OrgId>,
    pub(crate) token: Option<Token>,
    /// The application that signs people in, or acts as employees.
    pub(crate) application: Option<Application>,
    /// Where the token of whoever signs in is kept.
    pub(crate) store: Option<TokenStore>,
    pub(crate) endpoints: Endpoints,
    pub(crate) network: Network,
    pub(crate) pace: Pace,
}

/// The way to the services.
#[derive(Debug, Default)]
pub(crate) struct Network {
    /// Certificates to trust, as PEM, and the file that they come from.
    ca: Option<(PathBuf, Vec<u8>)>,
    /// The proxy. It may hold a password.
    proxy: Option<SecretString>,
}

/// Where the token is.
#[derive(Debug)]
pub(crate) enum Token {
    Given(SecretString),
    File(PathBuf),
    StandardInput,
}

/// How fast, and how long.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pace {
    pub(crate) concurrency: NonZeroUsize,
    rate: Option<Rate>,
    timeout: Option<Duration>,
}

impl Settings {
    /// An option beats the environment, which beats the profile.
    pub(crate) fn resolve(options: &GlobalOptions, environment: &Environment) -> Result<Self, Failure> {
        let pace = Pace::of(options);
        if options.sandbox {
            return Self::of_sandbox(options, pace);
        }
        let profile = Profile::load(options.profile.as_deref(), environment)?;
        Ok(Self {
            sandbox: false,
            org: organization(options, environment, &profile)?,
            token: token(options, environment, &profile),
            application: application(environment)?,
            store: Profile::token_store(options.profile.as_deref(), environment),
            endpoints: endpoints(environment, &profile)?,
            network: Network::of(options, environment, &profile)?,
            pace,
        })
    }

    /// The sandbox brings its organisation and its token: it needs neither, and goes with no other.
    fn of_sandbox(options: &GlobalOptions, pace: Pace) -> Result<Self, Failure> {
        if options.token_file.is_some() {
            return Err(Failure::usage(
                "--sandbox and --token-file disagree: the sandbox has a token of its own",
            ));
        }
        if options.profile.is_some() {
            return Err(Failure::usage("--sandbox and --profile disagree: the sandbox needs no profile"));
        }
        Ok(Self {
            sandbox: true,
            org: options.org,
            token: None,
            application: None,
            store: None,
            endpoints: Endpoints::new(),
            network: Network::default(),
            pace,
        })
    }
}

impl Network {
    fn of(options: &GlobalOptions, environment: &Environment, profile: &Profile) -> Result<Self, Failure> {
        let named = options.ca_file.clone().or_else(|| environment.get(CA_FILE).map(PathBuf::from));
        let ca = match named.or_else(|| profile.ca_file.clone()) {
            Some(file) => {
                let pem = fs::read(&file).map_err(|error| {
                    Failure::usage(format!("the certificates in {} cannot be read: {error}", file.display()))
                })?;
                Some((file, pem))
            }
            None => None,
        };
        let proxy = options.proxy.as_deref().or_else(|| environment.get(PROXY)).or(profile.proxy.as_deref());
        Ok(Self { ca, proxy: proxy.map(SecretString::from) })
    }

    /// The transport that goes this way.
    pub(crate) fn transport(&self) -> Result<HttpTransport, Failure> {
        let mut builder = HttpTransport::builder();
        if let Some((_, pem)) = &self.ca {
            builder = builder.root_certificate_pem(pem.as_slice());
        }
        if let Some(proxy) = &self.proxy {
            builder = builder.proxy_at(proxy.expose()).map_err(|error| Failure::usage(error.to_string()))?;
        }
        builder.build().map_err(|error| match &self.ca {
            Some((file, _)) => Failure::usage(format!("{error} ({})", file.display())),
            None => Failure::usage(error.to_string()),
        })
    }
}

impl Pace {
    fn of(options: &GlobalOptions) -> Self {
        Self {
            concurrency: options.concurrency.unwrap_or(CONCURRENCY),
            rate: options.rate,
            timeout: options.timeout,
        }
    }

    /// The layers set up accordingly.
    pub(crate) fn apply(self, stack: StackBuilder) -> StackBuilder {
        let stack = stack.concurrency(self.concurrency);
        let stack = match self.rate {
            Some(rate) => stack.rate(RatePolicy::Fixed(rate)),
            None => stack,
        };
        match self.timeout {
            Some(timeout) => stack.deadline(timeout),
            None => stack,
        }
    }
}

impl Token {
    /// The token itself.
    pub(crate) fn read(self) -> Result<SecretString, Failure> {
        match self {
            Self::Given(token) => Ok(token),
            Self::File(path) => first_word(&path),
            Self::StandardInput => {
                let mut text = String::new();
                let read = std::io::stdin().take(1 << 16).read_to_string(&mut text);
                read.map_err(|error| Failure::usage(format!("no token on standard input: {error}")))?;
                trimmed(&text, "standard input")
            }
        }
    }
}

fn first_word(path: &Path) -> Result<SecretString, Failure> {
    let shown = format!("the token file {}", path.display());
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| Failure::usage(format!("{shown} cannot be read: {error}")))?;
    trimmed(&text, &shown)
}

fn trimmed(text: &str, place: &str) -> Result<SecretString, Failure> {
    match text.trim() {
        "" => Err(Failure::usage(format!("{place} holds no token"))),
        token => Ok(SecretString::from(token)),
    }
}

fn organization(
    options: &GlobalOptions,
    environment: &Environment,
    profile: &Profile,
) -> Result<Option<OrgId>, Failure> {
    if options.org.is_some() {
        return Ok(options.org);
    }
    match environment.get(ORG_ID) {
        Some(text) => text.parse().map(Some).map_err(|error| Failure::usage(format!("{ORG_ID}: {error}"))),
        None => Ok(profile.org_id),
    }
}

fn token(options: &GlobalOptions, environment: &Environment, profile: &Profile) -> Option<Token> {
    match (&options.token_file, environment.get(TOKEN), &profile.token_file) {
        (Some(file), _, _) if file.as_os_str() == "-" => Some(Token::StandardInput),
        (Some(file), _, _) => Some(Token::File(file.clone())),
        (None, Some(token), _) => Some(Token::Given(SecretString::from(token))),
        (None, None, file) => file.clone().map(Token::File),
    }
}

/// An id without its secret, or the other way round, is a slip rather than a choice.
fn application(environment: &Environment) -> Result<Option<Application>, Failure> {
    match (environment.get(CLIENT_ID), environment.get(CLIENT_SECRET)) {
        (Some(id), Some(secret)) => Ok(Some(Application::new(id).secret(secret))),
        (None, None) => Ok(None),
        _ => {
            Err(Failure::usage(format!("{CLIENT_ID} and {CLIENT_SECRET} go together: set both, or neither")))
        }
    }
}

fn endpoints(environment: &Environment, profile: &Profile) -> Result<Endpoints, Failure> {
    URLS.into_iter().try_fold(Endpoints::new(), |endpoints, (host, variable)| {
        let url = environment.get(variable).map(|url| (variable, url)).or_else(|| profile.url(host));
        set(endpoints, host, url)
    })
}

fn set(endpoints: Endpoints, host: Host, url: Option<(&str, &str)>) -> Result<Endpoints, Failure> {
    match url {
        Some((source, url)) => {
            let set = endpoints.set(host, url);
            set.map_err(|error| Failure::usage(format!("{source}: {error}")))
        }
        None => Ok(endpoints),
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::{arguments::Arguments, environment::CONFIG_DIR};

    fn resolve(options: &[&str], variables: [(&'static str, &str); 3]) -> Result<Settings, Failure> {
        let line = ["orglib", "operations"].iter().chain(options);
        let arguments = Arguments::try_parse_from(line).unwrap();
        Settings::resolve(&arguments.global, &Environment::of(variables))
    }

    #[test]
    fn an_option_beats_the_environment_which_beats_the_profile() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(
            directory.path().join("config.toml"),
            "[profiles.default]\norg_id = 1\ntoken_file = 'token'\ncloud_url = 'https://profile.example'\n",
        )
        .unwrap();
        let directory = directory.path().to_str().unwrap();
        let unset = ("ORGLIB_PROFILE", "default");

        let settings = resolve(&[], [(CONFIG_DIR, directory), unset, unset]).unwrap();
        assert_eq!(settings.org, OrgId::new(1));
        assert!(matches!(&settings.token, Some(Token::File(file)) if file.is_absolute()));
        assert_eq!(settings.endpoints.url(Host::Cloud).unwrap().host_str(), Some("profile.example"));

        let variables = [(CONFIG_DIR, directory), (ORG_ID, "2"), (TOKEN, "secret")];
        let settings = resolve(&[], variables).unwrap();
        assert_eq!(settings.org, OrgId::new(2));
        assert!(matches!(settings.token, Some(Token::Given(_))));

        let settings = resolve(&["--org", "3", "--token-file", "-"], variables).unwrap();
        assert_eq!(settings.org, OrgId::new(3));
        assert!(matches!(settings.token, Some(Token::StandardInput)));
        assert!(!format!("{settings:?}").contains("secret"));
    }

    #[test]
    fn the_sandbox_goes_with_no_other_token_and_ignores_the_environment() {
        let variables = [(TOKEN, "t"), (ORG_ID, "no number"), ("ORGLIB_CLOUD_URL", "malformed")];
        let settings = resolve(&["--sandbox"], variables).unwrap();
        assert!(settings.sandbox && settings.org.is_none() && settings.token.is_none());
        for options in [["--sandbox", "--token-file", "x"], ["--sandbox", "--profile", "x"]] {
            let message = resolve(&options, variables).unwrap_err().to_string();
            assert!(message.contains(options[0]) && message.contains(options[1]), "{message}");
        }
    }

    #[test]
    fn a_variable_that_cannot_be_used_is_named() {
        for (name, value) in
            [(ORG_ID, "acme"), ("ORGLIB_CLOUD_URL", "cloud"), ("ORGLIB_API360_URL", "http://a.b")]
        {
            let variables = [(name, value), (TOKEN, "t"), (CONFIG_DIR, "/nonexistent")];
            let failure = resolve(&[], variables).unwrap_err();
            assert!(failure.to_string().contains(name), "{failure}");
            assert_eq!(failure.exit().code(), 2);
        }
    }
}
