//! Five ways of asking for the next page, as data.

use std::{fmt, str::FromStr};

use crate::{Error, OperationMeta};

/// How an operation's pages are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paging {
    /// The way.
    pub style: PagingStyle,
    /// The name of the query parameter for the size.
    pub size: &'static str,
    /// The name of the query parameter for the position.
    pub position: &'static str,
    /// The size that is asked for, and the largest that may be.
    pub max: u32,
}

/// A way of asking for pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingStyle {
    /// By the number of items to skip, a multiple of the size.
    Offset,
    /// By the number of the page, from 1.
    Number,
    /// By a token that the page before carried.
    Token,
    /// Not at all: the list comes whole.
    Whole,
}

impl Paging {
    /// `limit` and `offset`.
    pub const fn offset(max: u32) -> Self {
        Self { style: PagingStyle::Offset, size: "limit", position: "offset", max }
    }

    /// `perPage` and `page`.
    pub const fn number(max: u32) -> Self {
        Self { style: PagingStyle::Number, size: "perPage", position: "page", max }
    }

    /// `pageSize` and `pageToken`.
    pub const fn token(max: u32) -> Self {
        Self { style: PagingStyle::Token, size: "pageSize", position: "pageToken", max }
    }

    /// `limit` and `iteration_key`.
    pub const fn key(max: u32) -> Self {
        Self { style: PagingStyle::Token, size: "limit", position: "iteration_key", max }
    }

    /// A list that comes whole: nothing is asked for beside it.
    pub const fn whole() -> Self {
        Self { style: PagingStyle::Whole, size: "", position: "", max: u32::MAX }
    }

    /// Replaces the name of the query parameter for the size.
    #[must_use]
    pub const fn with_size(mut self, name: &'static str) -> Self {
        self.size = name;
        self
    }

    /// Replaces the name of the query parameter for the position.
    #[must_use]
    pub const fn with_position(mut self, name: &'static str) -> Self {
        self.position = name;
        self
    }

    pub(crate) fn pairs(self, page: &PageRequest, mut pair: impl FnMut(&str, &str)) {
        if self.style == PagingStyle::Whole {
            return;
        }
        pair(self.size, &page.size_for(self).to_string());
        match (&page.cursor, self.style) {
            (Some(cursor), _) => pair(self.position, &cursor.0),
            (None, PagingStyle::Offset | PagingStyle::Token | PagingStyle::Whole) => {}
            (None, PagingStyle::Number) => pair(self.position, "1"),
        }
    }
}

/// Which page is asked for, and how large.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRequest {
    size: Option<u32>,
    cursor: Option<Cursor>,
}

impl PageRequest {
    pub(crate) fn set_size(&mut self, size: u32) {
        self.size = Some(size);
    }

    pub(crate) fn set_cursor(&mut self, cursor: Option<Cursor>) {
        self.cursor = cursor;
    }

    pub(crate) fn cursor(&self) -> Option<&Cursor> {
        self.cursor.as_ref()
    }

    pub(crate) fn size_for(&self, paging: Paging) -> u32 {
        self.size.unwrap_or(paging.max).clamp(1, paging.max)
    }
}

/// Where a page begins: an offset, a number or a token, as text.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct Cursor(pub(crate) String);

/// Shows the size only: a token may tell more than a log should.
impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cursor({} characters)", self.0.len())
    }
}

/// What a page says of itself and of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageFacts {
    pub(crate) size: Option<u64>,
    pub(crate) total: Option<u64>,
    pub(crate) pages: Option<u64>,
    pub(crate) token: Option<String>,
}

/// Where to go on with a list that was not read to its end. Written as text and read back, it outlives the
/// program. It belongs to one operation on one host: another list would skip what it has not seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    operation: String,
    host: String,
    pub(crate) cursor: Option<Cursor>,
    /// How many items of that page have been delivered.
    pub(crate) skip: u64,
    /// The size of a page, which the positions are multiples of.
    pub(crate) size: u32,
}

impl Continuation {
    pub(crate) fn new(meta: &OperationMeta, cursor: Option<Cursor>, skip: u64, size: u32) -> Self {
        Self { operation: meta.id.to_owned(), host: meta.host.to_string(), cursor, skip, size }
    }

    /// Why another operation cannot go on here; nothing where this one can.
    pub(crate) fn refuses(&self, meta: &OperationMeta) -> Option<Error> {
        if self.operation == meta.id && self.host == meta.host.to_string() {
            return None;
        }
        let message = format!(
            "the continuation is one of {} on {}, and cannot go on with this list",
            self.operation, self.host
        );
        Some(Error::build(meta.id, message))
    }
}

impl fmt::Display for Continuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}:", self.operation, self.host, self.size, self.skip)?;
        match &self.cursor {
            Some(cursor) => write!(f, "@{}", cursor.0),
            None => Ok(()),
        }
    }
}

/// A text that [`Continuation`] did not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no continuation; give one that an earlier run printed, unchanged")]
#[non_exhaustive]
pub struct InvalidContinuation;

impl FromStr for Continuation {
    type Err = InvalidContinuation;

    fn from_str(text: &str) -> Result<Self, InvalidContinuation> {
        let parts: Vec<_> = text.splitn(5, ':').collect();
        let [operation, host, size, skip, cursor] = parts[..] else { return Err(InvalidContinuation) };
        let cursor = match cursor {
            "" => None,
            cursor => Some(Cursor(cursor.strip_prefix('@').ok_or(InvalidContinuation)?.to_owned())),
        };
        let number = |text: &str| text.parse().map_err(|_| InvalidContinuation);
        if operation.is_empty() || host.is_empty() {
            return Err(InvalidContinuation);
        }
        Ok(Self {
            operation: operation.to_owned(),
            host: host.to_owned(),
            cursor,
            skip: number(skip)?,
            size: size.parse().map_err(|_| InvalidContinuation)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use proptest::prelude::*;

    use super::*;
    use crate::Host;

    static USERS: OperationMeta = OperationMeta::new("get-users", Host::Cloud, Method::GET, "/users");

    proptest! {
        #[test]
        fn a_continuation_goes_round(size: u32, skip: u64, cursor in proptest::option::of(".*")) {
            let continuation = Continuation::new(&USERS, cursor.map(Cursor), skip, size);
            prop_assert_eq!(continuation.to_string().parse(), Ok(continuation));
        }
    }

    #[test]
    fn a_text_that_is_no_continuation_is_refused() {
        for text in [
            "",
            "1",
            "1:2",
            "x:0:",
            "1:2:token",
            "100:0:@7",
            "get-users:cloud:x:0:",
            "get-users:cloud:1:0:token",
        ] {
            assert_eq!(text.parse::<Continuation>(), Err(InvalidContinuation), "{text}");
        }
    }
}
