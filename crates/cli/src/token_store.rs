//! The token of whoever signed in, kept beside `config.toml` in a file that nobody else may read.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use orglib::{oauth::Token, transport::SecretString};
use serde::{Deserialize, Serialize};

use crate::{failure::Failure, secret_file};

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
        is_plain_name(profile).then(|| Self(directory.join("tokens").join(format!("{profile}.json"))))
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
        let written = serde_json::to_vec(stored).map_err(io::Error::from).and_then(|bytes| {
            secret_file::make_directory(self.directory())?;
            secret_file::write(&self.0, &bytes)
        });
        written.map_err(|error| self.failed("written", &error))
    }

    /// Keeps others from renewing the token until what comes is dropped; nothing where somebody else does.
    pub(crate) fn try_lock(&self) -> Result<Option<File>, Failure> {
        let locked = || {
            secret_file::make_directory(self.directory())?;
            let file = secret_file::open_lock(&self.0.with_extension("json.lock"))?;
            match file.try_lock() {
                Ok(()) => Ok(Some(file)),
                Err(TryLockError::WouldBlock) => Ok(None),
                Err(TryLockError::Error(error)) => Err(error),
            }
        };
        locked().map_err(|error| self.failed("locked", &error))
    }

    fn directory(&self) -> &Path {
        self.0.parent().unwrap_or(Path::new("."))
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

/// Whether a profile's name can be that of a file on every system: no path, no device of Windows, nothing that a
/// system drops or forbids.
pub(crate) fn is_plain_name(name: &str) -> bool {
    let forbidden = |character: char| character.is_control() || r#"/\:*?"<>|"#.contains(character);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_port = ["COM", "LPT"].iter().any(|port| {
        let number = stem.strip_prefix(port);
        number.is_some_and(|number| number.chars().count() == 1 && "0123456789¹²³".contains(number))
    });
    let is_device = is_port || ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str());
    (1..=200).contains(&name.len())
        && !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
        && !name.contains(forbidden)
        && !is_device
}

impl StoredToken {
    /// A token that lives from now.
    pub(crate) fn new(client_id: &str, token: &Token, now: SystemTime) -> Self {
        let era = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Self {
            client_id: client_id.to_owned(),
            access_token: token.access_token.expose().to_owned(),
            refresh_token: token.refresh_token.as_ref().map(|token| token.expose().to_owned()),
            expires_at: token.expires_in.map(|life| era.saturating_add(life).as_secs()),
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

    #[cfg(unix)]
    #[test]
    fn a_wider_token_file_and_directory_are_narrowed() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let store = TokenStore::of(directory.path(), "work").unwrap();
        fs::create_dir(store.directory()).unwrap();
        fs::write(&store.0, "{}").unwrap();
        fs::set_permissions(store.directory(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&store.0, fs::Permissions::from_mode(0o644)).unwrap();
        store.write(&StoredToken::new("app", &Token::new("y0_x"), SystemTime::UNIX_EPOCH)).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&store.0), mode(store.directory())), (0o600, 0o700));
    }

    #[test]
    fn one_at_a_time_holds_the_lock_of_the_store() {
        let directory = tempfile::tempdir().unwrap();
        let store = TokenStore::of(directory.path(), "work").unwrap();
        let lock = store.try_lock().unwrap();
        assert!(lock.is_some() && store.try_lock().unwrap().is_none());
        drop(lock);
        assert!(store.try_lock().unwrap().is_some());
    }

    #[test]
    fn a_life_without_end_is_kept_and_read() {
        let token = Token::new("y0_x").expires_in(Duration::MAX);
        let stored = StoredToken::new("app", &token, SystemTime::UNIX_EPOCH + Duration::from_secs(9));
        assert!(stored.token(SystemTime::UNIX_EPOCH).expires_in > Some(Duration::from_secs(1 << 60)));
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
        for name in [
            "", "..", "../x", "a/b", "a\\b", ".hidden", "C:x", "C:", "a\0b", "a\nb", "con", "NUL.x", "com1",
            "LPT³", "x.", "x ", " x", "a?b", "CONIN$",
        ] {
            assert_eq!(TokenStore::of(Path::new("/x"), name), None, "{name}");
        }
        for name in ["work", "a.b", "отдел", "console", "com10", "a b"] {
            assert!(TokenStore::of(Path::new("/x"), name).is_some(), "{name}");
        }
    }
}
