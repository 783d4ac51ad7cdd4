//! What a token is to allow.

use std::time::Duration;

/// What a token is to allow. Given to [`Sandbox::issue`](crate::Sandbox::issue).
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Grant {
    pub(crate) user_id: Option<u64>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) lifetime: Option<Duration>,
}

impl Grant {
    /// The organisation's administrator, every scope, no end.
    pub fn administrator() -> Self {
        Self::default()
    }

    /// This employee, every scope, no end.
    pub fn employee(user_id: u64) -> Self {
        Self { user_id: Some(user_id), ..Self::default() }
    }

    /// Only these scopes.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Only for so long, on the sandbox's clock.
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }
}
