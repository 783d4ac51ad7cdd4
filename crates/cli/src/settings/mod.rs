//! What the options, the environment and the profile say together: each setting, and where it comes from. What opens
//! a client and what shows the settings both read them here.

mod chosen;
mod code42;
mod network;
mod token;
mod urls;

use std::{num::NonZeroUsize, time::Duration};

use orglib::{
    models::OrgId,
    oauth::Application,
    transport::{Rate, RatePolicy, SecretString, StackBuilder},
};
use orglib_sandbox::Sandbox;

pub(crate) use self::{
    chosen::{Chosen, DEFAULT, SANDBOX},
    code42::SignIn,
    network::Network,
    token::{Login, Token},
    urls::Urls,
};

use crate::{
    environment::{CLIENT_ID, CLIENT_SECRET, Environment, ORG_ID},
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
    /// What is asked in place of all services.
    pub(crate) sandbox: Option<Sandbox>,
    /// The name of the profile, whether it is there or not.
    pub(crate) profile: Option<Chosen<String>>,
    pub(crate) org: Option<Chosen<OrgId>>,
    pub(crate) token: Option<Chosen<Token>>,
    /// The application that signs people in, or acts as employees.
    pub(crate) application: Option<Chosen<Application>>,
    /// Where the token of whoever signs in is kept.
    pub(crate) store: Option<TokenStore>,
    pub(crate) urls: Urls,
    pub(crate) network: Network,
    pub(crate) pace: Pace,
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
            sandbox: None,
            profile: Some(Profile::name(options.profile.as_deref(), environment).map(str::to_owned)),
            org: Chosen::of(("--org", options.org), (ORG_ID, environment), profile.org_id, |text| {
                text.parse().map_err(|error| Failure::usage(format!("{ORG_ID}: {error}")))
            })?,
            token: Token::of(options, environment, &profile)?,
            application: application(environment)?,
            store: Profile::token_store(options.profile.as_deref(), environment),
            urls: Urls::of(environment, &profile)?,
            network: Network::of(options, environment, &profile)?,
            pace,
        })
    }

    /// The sandbox brings its organisation, its token and its application: it needs no others, and goes with none.
    fn of_sandbox(options: &GlobalOptions, pace: Pace) -> Result<Self, Failure> {
        if options.token_file.is_some() {
            return Err(Failure::usage(
                "--sandbox and --token-file disagree: the sandbox has a token of its own",
            ));
        }
        if options.profile.is_some() {
            return Err(Failure::usage("--sandbox and --profile disagree: the sandbox needs no profile"));
        }
        let sandbox = Sandbox::builder().build();
        let org = OrgId::new(sandbox.org_id());
        if let (Some(given), Some(own)) = (options.org, org)
            && given != own
        {
            return Err(Failure::usage(format!(
                "--sandbox and --org {given} disagree: the organisation of the sandbox is {own}"
            )));
        }
        let own = &sandbox.info().service_app;
        let application = Application::new(&own.client_id).secret(own.client_secret.as_str());
        let token = Token::Given(SecretString::from(sandbox.token()));
        Ok(Self {
            profile: None,
            org: org.map(|org| Chosen::new(org, SANDBOX)),
            token: Some(Chosen::new(token, SANDBOX)),
            application: Some(Chosen::new(application, SANDBOX)),
            store: None,
            urls: Urls::of_sandbox(),
            network: Network::default(),
            pace,
            sandbox: Some(sandbox),
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

/// An id without its secret, or the other way round, is a slip rather than a choice.
fn application(environment: &Environment) -> Result<Option<Chosen<Application>>, Failure> {
    match (environment.get(CLIENT_ID), environment.get(CLIENT_SECRET)) {
        (Some(id), Some(secret)) => Ok(Some(Chosen::new(Application::new(id).secret(secret), CLIENT_ID))),
        (None, None) => Ok(None),
        _ => {
            Err(Failure::usage(format!("{CLIENT_ID} and {CLIENT_SECRET} go together: set both, or neither")))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use clap::Parser;
    use orglib::Host;

    use super::*;
    use crate::{
        arguments::Arguments,
        environment::{CONFIG_DIR, TOKEN},
    };

    fn resolve(options: &[&str], variables: [(&'static str, &str); 3]) -> Result<Settings, Failure> {
        let line = ["orglib", "operations"].iter().chain(options);
        let arguments = Arguments::try_parse_from(line).unwrap();
        Settings::resolve(&arguments.global, &Environment::of(variables))
    }

    fn org(settings: &Settings) -> (Option<OrgId>, &'static str) {
        settings.org.as_ref().map(|org| (Some(org.value), org.from)).unwrap()
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
        assert_eq!(org(&settings), (OrgId::new(1), "the profile"));
        let token = settings.token.as_ref().unwrap();
        assert!(matches!(&token.value, Token::File(file) if file.is_absolute()));
        assert_eq!(token.from, "the profile");
        let url = settings.urls.of_host(Host::Cloud);
        assert_eq!((url.value.as_deref(), url.from), (Some("https://profile.example/"), "the profile"));
        assert_eq!(settings.urls.of_host(Host::Login).from, "the default");

        let variables = [(CONFIG_DIR, directory), (ORG_ID, "2"), (TOKEN, "secret")];
        let settings = resolve(&[], variables).unwrap();
        assert_eq!(org(&settings), (OrgId::new(2), ORG_ID));
        assert!(matches!(settings.token, Some(Chosen { value: Token::Given(_), from: TOKEN })));

        let settings = resolve(&["--org", "3", "--token-file", "-"], variables).unwrap();
        assert_eq!(org(&settings), (OrgId::new(3), "--org"));
        assert!(matches!(settings.token, Some(Chosen { value: Token::StandardInput, from: "--token-file" })));
        assert!(!format!("{settings:?}").contains("secret"));
    }

    #[test]
    fn the_sandbox_goes_with_no_other_token_and_ignores_the_environment() {
        let variables = [(TOKEN, "t"), (ORG_ID, "no number"), ("ORGLIB_CLOUD_URL", "malformed")];
        let settings = resolve(&["--sandbox"], variables).unwrap();
        assert!(settings.sandbox.is_some() && settings.profile.is_none() && settings.store.is_none());
        assert_eq!(org(&settings).1, "--sandbox");
        assert_eq!(settings.token.unwrap().from, "--sandbox");
        assert_eq!(settings.urls.of_host(Host::Cloud).value, None);
        for options in
            [["--sandbox", "--token-file", "x"], ["--sandbox", "--profile", "x"], ["--sandbox", "--org", "1"]]
        {
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
