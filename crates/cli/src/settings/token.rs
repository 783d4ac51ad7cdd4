//! The token: where it is, and what it comes to where somebody signed in.

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    time::SystemTime,
};

use orglib::{
    oauth::{self, Application},
    transport::SecretString,
};

use super::Chosen;
use crate::{
    environment::{Environment, TOKEN},
    failure::Failure,
    options::GlobalOptions,
    profile::Profile,
    token_store::TokenStore,
};

/// Where the token is.
#[derive(Debug)]
pub(crate) enum Token {
    Given(SecretString),
    File(PathBuf),
    StandardInput,
}

impl Token {
    pub(super) fn of(
        options: &GlobalOptions,
        environment: &Environment,
        profile: &Profile,
    ) -> Result<Option<Chosen<Self>>, Failure> {
        let given = options.token_file.clone().map(|file| match file.as_os_str() == "-" {
            true => Self::StandardInput,
            false => Self::File(file),
        });
        let kept = profile.token_file.clone().map(Self::File);
        let read = |token: &str| Ok(Self::Given(SecretString::from(token)));
        Chosen::of(("--token-file", given), (TOKEN, environment), kept, read)
    }

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

/// The kept token of whoever signed in, which is used where no other is given.
pub(crate) struct Login {
    pub(crate) client_id: String,
    pub(crate) token: oauth::Token,
    /// The application that renews it, where that is the one that it was issued to.
    pub(crate) renewed_by: Option<Application>,
}

impl Login {
    /// Where it comes from.
    pub(crate) const FROM: &str = "orglib auth login";

    /// What is kept, if somebody signed in.
    pub(crate) fn of(
        store: Option<&TokenStore>,
        application: Option<&Application>,
        now: SystemTime,
    ) -> Result<Option<Self>, Failure> {
        let Some(stored) = store.map(TokenStore::read).transpose()?.flatten() else { return Ok(None) };
        let token = stored.token(now);
        let is_renewed = token.refresh_token.is_some();
        let its_own = application.filter(|application| is_renewed && application.id() == stored.client_id);
        Ok(Some(Self { client_id: stored.client_id, token, renewed_by: its_own.cloned() }))
    }

    /// Whether it can be used no more.
    pub(crate) fn has_ended(&self) -> bool {
        self.renewed_by.is_none() && self.token.expires_in.is_some_and(|life| life.is_zero())
    }

    /// What becomes of it, in a word.
    pub(crate) fn state(&self) -> &'static str {
        match &self.renewed_by {
            Some(_) => "renewable",
            None if self.has_ended() => "expired",
            None => "valid",
        }
    }
}
