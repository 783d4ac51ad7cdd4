//! What is chosen of several places where a setting may stand.

use crate::{environment::Environment, failure::Failure};

/// What is said to be the place of what stands nowhere.
pub(crate) const DEFAULT: &str = "the default";
/// What is said to be the place of what stands in `config.toml`.
pub(crate) const PROFILE: &str = "the profile";
/// The option that beats all else.
pub(crate) const SANDBOX: &str = "--sandbox";

/// The value of a setting, and where it comes from.
#[derive(Clone, Debug)]
pub(crate) struct Chosen<T> {
    pub(crate) value: T,
    pub(crate) from: &'static str,
}

impl<T> Chosen<T> {
    /// A value that comes from there.
    pub(crate) fn new(value: T, from: &'static str) -> Self {
        Self { value, from }
    }

    /// An option beats a variable, which beats the profile. A variable that is beaten is not read.
    pub(super) fn of(
        (option, given): (&'static str, Option<T>),
        (variable, environment): (&'static str, &Environment),
        profile: Option<T>,
        read: impl FnOnce(&str) -> Result<T, Failure>,
    ) -> Result<Option<Self>, Failure> {
        Ok(match (given, environment.get(variable)) {
            (Some(given), _) => Some(Self::new(given, option)),
            (None, Some(text)) => Some(Self::new(read(text)?, variable)),
            (None, None) => profile.map(|value| Self::new(value, PROFILE)),
        })
    }

    /// Another value that comes from the same place.
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Chosen<U> {
        Chosen::new(change(self.value), self.from)
    }
}
