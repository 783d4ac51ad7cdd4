//! Renewals of the token, which are finished and kept whatever ends the command.

use std::{
    fs::File,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use futures::future::{Either, join_all, select};
use orglib::{
    Error,
    oauth::{KeeperLock, Token, TokenKeeper},
    transport::{Clock, SharedClock, SharedCredentials, SystemClock},
};

use crate::{
    console,
    failure::Failure,
    token_store::{StoredToken, TokenStore},
};

/// How long the end of the program waits for a renewal.
const LAST_WAIT: Duration = Duration::from_secs(30);
/// How long a renewal waits for that of another program, and how often it looks.
const TURN: Duration = Duration::from_secs(90);
const LOOK: Duration = Duration::from_millis(50);

/// The credentials of a command that may renew themselves, and what went wrong with keeping what came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Renewals(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    credentials: Vec<SharedCredentials>,
    unkept: Option<String>,
}

impl Renewals {
    /// Has the end of the program wait for renewals of these.
    pub(crate) fn add(&self, credentials: SharedCredentials) {
        self.state().credentials.push(credentials);
    }

    /// Waits for what is under way, at most 30 s. Fails where a new token was not kept.
    pub(crate) async fn settle(&self) -> Result<(), Failure> {
        let credentials = std::mem::take(&mut self.state().credentials);
        let settled = join_all(credentials.iter().map(|credentials| credentials.settle()));
        if let Either::Right(_) = select(settled, SystemClock::new().sleep(LAST_WAIT)).await {
            console::say(
                "orglib: the token was being renewed; if it is refused from now on: orglib auth login",
            );
        }
        match self.state().unkept.take() {
            Some(message) => Err(Failure::other(message)),
            None => Ok(()),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps the token of whoever signed in, for all programs that use it.
#[derive(Debug)]
pub(crate) struct Keeper {
    pub(crate) store: TokenStore,
    pub(crate) client_id: String,
    pub(crate) clock: SharedClock,
    pub(crate) renewals: Renewals,
}

/// The lock of the store, when whoever holds it has let it go: whoever writes the store holds it.
pub(crate) async fn turn(store: &TokenStore, clock: &SharedClock) -> Result<File, Failure> {
    let end = clock.monotonic().saturating_add(TURN);
    loop {
        if let Some(lock) = store.try_lock()? {
            return Ok(lock);
        }
        if clock.monotonic() >= end {
            return Err(Failure::usage("another orglib has been renewing the token for too long; end it"));
        }
        clock.sleep(LOOK).await;
    }
}

#[async_trait]
impl TokenKeeper for Keeper {
    async fn lock(&self) -> Result<KeeperLock, Error> {
        Ok(Box::new(turn(&self.store, &self.clock).await.map_err(config)?))
    }

    async fn load(&self) -> Result<Option<Token>, Error> {
        let stored = self.store.read().map_err(config)?;
        let own = stored.filter(|stored| stored.client_id == self.client_id);
        Ok(own.map(|stored| stored.token(self.clock.now())))
    }

    async fn save(&self, token: &Token) -> Result<(), Error> {
        let stored = StoredToken::new(&self.client_id, token, self.clock.now());
        self.store.write(&stored).map_err(|failure| {
            let message = format!("{failure}; the kept one is used up: sign in again: orglib auth login");
            console::say(&format!("orglib: {message}"));
            self.renewals.state().unkept = Some(message.clone());
            Error::config(message)
        })
    }
}

fn config(failure: Failure) -> Error {
    Error::config(failure.to_string())
}

#[cfg(test)]
mod tests {
    use orglib_testkit::ManualClock;

    use super::*;

    #[tokio::test]
    async fn whoever_writes_the_store_waits_for_the_turn_and_not_for_ever() {
        let directory = tempfile::tempdir().unwrap();
        let store = TokenStore::of(directory.path(), "work").unwrap();
        let clock: SharedClock = ManualClock::auto().shared();
        let lock = turn(&store, &clock).await.unwrap();
        let failure = turn(&store, &clock).await.unwrap_err();
        assert!(failure.to_string().contains("another orglib"), "{failure}");
        drop(lock);
        assert!(turn(&store, &clock).await.is_ok());
    }
}
