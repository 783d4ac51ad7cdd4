//! The token of whoever signed in, kept beside `config.toml` in a file that nobody else may read.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use orglib::{oauth::Token, transport::SecretString};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// Where the token of one profile is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenStore(PathBuf);

/// What is kept. It has no `Debug`: it is all secrets.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredToken {
    /// The application that the token was issued to.
    pub(crate) client_id: String,
    access_token: String,
    refresh_token: Option<String>,
    /// In seconds of the Unix era.
    expires_at: Option<u64>,
}

impl TokenStore {
    /// The store of a profile in the directory of `config.toml`. A name that would lead elsewhere has none.
    pub(crate) fn of(directory: &Path, profile: &str) -> Option<Self> {
        let leads_elsewhere = profile.is_empty() || profile.starts_with('.') || profile.contains(['/', '\\']);
        (!leads_elsewhere).then(|| Self(directory.join("tokens").join(format!("{profile}.json"))))
    }

    /// What is kept, if somebody signed in.
    pub(crate) fn read(&self) -> Result<Option<StoredToken>, Failure> {
        let text = match fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed("read", &error)),
        };
        let stored = serde_json::from_str(&text);
        // The message alone would quote what stands there.
        stored.map(Some).map_err(|_| {
            Failure::usage(format!("{} is no kept token; sign in again: orglib auth login", self.0.display()))
        })
    }

    /// Keeps a token, whole or not at all, in a file for its owner only.
    pub(crate) fn write(&self, stored: &StoredToken) -> Result<(), Failure> {
        let failed = |error: io::Error| self.failed("written", &error);
        let directory = self.0.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(directory).map_err(failed)?;
        // A temporary file is made for its owner only, and keeps that when it is renamed.
        let mut file = tempfile::NamedTempFile::new_in(directory).map_err(failed)?;
        serde_json::to_writer(&mut file, stored).map_err(|error| failed(error.into()))?;
        file.flush().map_err(failed)?;
        file.persist(&self.0).map(drop).map_err(|error| failed(error.error))
    }

    /// Forgets the token; one that is not there is forgotten already.
    pub(crate) fn delete(&self) -> Result<(), Failure> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed("deleted", &error)),
            _ => Ok(()),
        }
    }

    fn failed(&self, what: &str, error: &io::Error) -> Failure {
        Failure::usage(format!("the kept token {} cannot be {what}: {error}", self.0.display()))
    }
}

impl StoredToken {
    /// A token that lives from now.
    pub(crate) fn new(client_id: &str, token: &Token, now: SystemTime) -> Self {
        let era = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self {
            client_id: client_id.to_owned(),
            access_token: token.access_token.expose().to_owned(),
            refresh_token: token.refresh_token.as_ref().map(|token| token.expose().to_owned()),
            expires_at: token.expires_in.map(|life| (era + life).as_secs()),
        }
    }

    /// The token as it is now.
    pub(crate) fn token(&self, now: SystemTime) -> Token {
        let token = Token::new(self.access_token.as_str());
        let token = match &self.refresh_token {
            Some(refresh) => token.refresh_token(SecretString::from(refresh.as_str())),
            None => token,
        };
        let era = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        match self.expires_at {
            Some(end) => token.expires_in(Duration::from_secs(end).saturating_sub(era)),
            None => token,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_token_is_for_its_owner_only_and_knows_its_end() {
        let directory = tempfile::tempdir().unwrap();
        let store = TokenStore::of(directory.path(), "work").unwrap();
        assert!(store.read().unwrap().is_none());
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
        let token = Token::new("y0_x").refresh_token("1:r").expires_in(Duration::from_secs(60));
        store.write(&StoredToken::new("app", &token, start)).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&store.0).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let stored = store.read().unwrap().unwrap();
        for (passed, left) in [(0, 60), (59, 1), (61, 0)] {
            let token = stored.token(start + Duration::from_secs(passed));
            assert_eq!(token.expires_in, Some(Duration::from_secs(left)));
            assert_eq!(token.access_token.expose(), "y0_x");
        }
        store.delete().unwrap();
        store.delete().unwrap();
        assert!(store.read().unwrap().is_none());
    }

    #[test]
    fn what_is_no_kept_token_is_not_quoted() {
        let directory = tempfile::tempdir().unwrap();
        let store = TokenStore::of(directory.path(), "work").unwrap();
        fs::create_dir_all(store.0.parent().unwrap()).unwrap();
        fs::write(&store.0, "geheim").unwrap();
        let Err(failure) = store.read() else { panic!() };
        assert!(failure.to_string().contains("auth login") && !failure.to_string().contains("geheim"));
    }

    #[test]
    fn a_profile_with_a_path_for_a_name_has_no_store() {
        for name in ["", "..", "../x", "a/b", "a\\b", ".hidden"] {
            assert_eq!(TokenStore::of(Path::new("/x"), name), None, "{name}");
        }
    }
}
