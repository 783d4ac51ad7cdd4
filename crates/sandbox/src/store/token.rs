//! Tokens: whose they are, what they allow, how long they live.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use super::Principal;

/// All tokens that were issued.
#[derive(Debug, Default)]
pub(crate) struct Tokens(HashMap<String, Token>);

/// What a token stands for.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    pub(crate) uid: u64,
    pub(crate) scopes: HashSet<String>,
    /// When it ends, on the sandbox's clock; never without one.
    pub(crate) ends: Option<Duration>,
}

/// Who asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    pub(crate) uid: u64,
    /// The organisations that the caller administers.
    pub(crate) organizations: Vec<u64>,
    /// Who asks a Code42 tenant.
    pub(crate) code42: Option<Principal>,
}

impl Tokens {
    pub(crate) fn add(&mut self, text: String, token: Token) {
        self.0.insert(text, token);
    }

    pub(crate) fn remove(&mut self, text: &str) {
        self.0.remove(text);
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The token with this text, if it is alive.
    pub(crate) fn find(&self, text: &str, now: Duration) -> Option<&Token> {
        self.0.get(text).filter(|token| token.ends.is_none_or(|end| now < end))
    }
}
