//! Service applications: programs that act as any employee of the organisation.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use http::HeaderMap;
use orglib_core::{
    Client, Error, Renewal,
    transport::{CredentialContext, Credentials, SecretString, SharedCredentials, TransportError},
};

use crate::{
    application::{Application, OAuth},
    kept::{self, Kept},
    subject::Subject,
    token::Token,
};

/// A service application, which acts as any employee of the organisation that registered it.
///
/// The token of each employee is kept until shortly before its end, and renewed by one call at a time however many wait
/// for it. Clones share the tokens. A token that a service refuses with 401 is forgotten and asked for once more.
/// Someone who is blocked or dismissed cannot be acted as: the token service refuses.
#[derive(Clone)]
pub struct ServiceApplication(Arc<Inner>);

struct Inner {
    oauth: OAuth,
    slots: Mutex<HashMap<Subject, Renewal<Kept>>>,
}

impl ServiceApplication {
    /// The service application with this id. The client's credentials are not used.
    pub fn new(client: &Client, id: impl Into<String>, secret: impl Into<SecretString>) -> Self {
        let oauth = OAuth::new(client, Application::new(id).secret(secret));
        Self(Arc::new(Inner { oauth, slots: Mutex::default() }))
    }

    /// Credentials that act as an employee, given by id or by e-mail address.
    pub fn as_user(&self, user: impl Into<Subject>) -> SharedCredentials {
        Arc::new(Employee(self.renewal(user.into())))
    }

    /// A token of an employee, as long as it still lives; the one that is kept, unless it is about to end.
    ///
    /// # Errors
    /// `Auth`, where the token service refuses: the application is not known, or the employee is not in the organisation
    /// or is blocked; else as any call.
    pub async fn token(&self, user: impl Into<Subject>) -> Result<Token, Arc<Error>> {
        let lease = self.renewal(user.into()).get().await?;
        let left = lease.left(self.0.oauth.client().clock().monotonic());
        Ok(Token::clone(&lease.value().token).expires_in(left))
    }

    fn renewal(&self, subject: Subject) -> Renewal<Kept> {
        let mut slots = self.0.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let oauth = &self.0.oauth;
        slots.entry(subject).or_insert_with_key(|subject| exchange(oauth.clone(), subject.clone())).clone()
    }
}

fn exchange(oauth: OAuth, subject: Subject) -> Renewal<Kept> {
    let clock = Arc::clone(oauth.client().clock());
    Renewal::new(clock, move || {
        let (call, start) = (oauth.exchange(&subject), oauth.client().clock().monotonic());
        async move { Kept::lease(call.send().await?, start) }
    })
}

impl fmt::Debug for ServiceApplication {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let application = self.0.oauth.application();
        f.debug_struct("ServiceApplication").field("id", &application.id()).finish_non_exhaustive()
    }
}

/// Acts as one employee.
#[derive(Debug)]
struct Employee(Renewal<Kept>);

#[async_trait]
impl Credentials for Employee {
    async fn headers(&self, _context: &CredentialContext<'_>) -> Result<HeaderMap, TransportError> {
        kept::headers(&self.0).await
    }

    async fn invalidate(&self, _context: &CredentialContext<'_>, rejected: &HeaderMap) -> bool {
        kept::forget(&self.0, rejected);
        true
    }

    async fn settle(&self) {
        self.0.settle().await;
    }
}
