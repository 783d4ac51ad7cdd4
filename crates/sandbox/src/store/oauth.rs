//! What the token service remembers.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use crate::exchange::mix;

/// What the token service remembers, but for the tokens that are alive.
#[derive(Debug, Default)]
pub(crate) struct OAuth {
    /// The one application that is registered.
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// The organisation that the application serves.
    pub(crate) org: u64,
    pub(crate) seed: u64,
    pub(crate) issued: u64,
    /// Device flows by the device's code.
    pub(crate) devices: HashMap<String, Device>,
    /// Confirmation codes that wait to be traded.
    pub(crate) codes: HashMap<String, Code>,
    /// Whose refresh tokens these are.
    pub(crate) refresh_tokens: HashMap<String, u64>,
    /// Tokens that can be revoked.
    pub(crate) of_devices: HashSet<String>,
    pub(crate) revoked: HashSet<String>,
}

/// A confirmation code that a page gave.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    /// What the proof of whoever began the sign-in must come to.
    pub(crate) challenge: Option<String>,
    /// Whether the proof is that itself, and not its digest.
    pub(crate) is_plain: bool,
    pub(crate) is_of_device: bool,
    pub(crate) ends_at: Duration,
}

/// A device that waits for its person.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Device {
    /// When the person has typed the code, on the sandbox's clock.
    pub(crate) confirmed_at: Duration,
    pub(crate) ends_at: Duration,
}

impl OAuth {
    /// A text that nobody guesses, and that follows from the seed.
    pub(crate) fn secret(&mut self, kind: &str) -> String {
        self.issued += 1;
        let number = 10_000 + self.issued * 2;
        let [high, low] = [0, 1].map(|half| mix(mix(self.seed) ^ mix(number + half)));
        format!("{kind}_sandbox_{high:016x}{low:016x}")
    }

    /// A short code for a person to type.
    pub(crate) fn user_code(&mut self) -> String {
        self.issued += 1;
        format!("{:08}", mix(self.seed ^ mix(self.issued)) % 100_000_000)
    }
}
