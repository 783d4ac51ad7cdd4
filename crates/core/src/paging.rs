//! Five ways of asking for the next page, as data.

use std::{fmt, str::FromStr};

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
        pair(self.size, &page.size_for(self).to_string());
        match (&page.cursor, self.style) {
            (Some(cursor), _) => pair(self.position, &cursor.0),
            (None, PagingStyle::Offset | PagingStyle::Token) => {}
            (None, PagingStyle::Number) => pair(self.position, "1"),
        }
    }

    /// What a first page says of itself, with the size that the server really uses where it does not say it: a page
    /// shorter than what was asked for, though the list goes on.
    pub(crate) fn complete(self, asked: &PageRequest, mut facts: PageFacts, len: u64) -> PageFacts {
        let is_first = self.style == PagingStyle::Number && asked.position().unwrap_or(1) == 1;
        let is_cut = len > 0 && facts.pages.is_none() && facts.total.is_some_and(|total| total > len);
        if is_first && is_cut && facts.size.is_none() {
            facts.size = Some(len);
        }
        facts
    }

    /// The cursor of the page after `page`, of which `len` items came.
    pub(crate) fn next(self, asked: &PageRequest, facts: &PageFacts, len: u64) -> Option<Cursor> {
        // The services write "unset" as 0: a count of 0 beside items says nothing.
        let told = |count: Option<u64>| count.filter(|count| *count > 0 || len == 0);
        let (pages, total) = (told(facts.pages), told(facts.total));
        match self.style {
            PagingStyle::Token => facts.token.clone().map(Cursor),
            PagingStyle::Number => {
                let page: u64 = asked.position().unwrap_or(1);
                let more = match (pages, total) {
                    (Some(pages), _) => page < pages,
                    (None, Some(total)) => {
                        len > 0 && page.saturating_mul(asked.effective(self, facts)) < total
                    }
                    (None, None) => len >= asked.effective(self, facts),
                };
                more.then(|| Cursor(page.saturating_add(1).to_string()))
            }
            PagingStyle::Offset => {
                let size = asked.effective(self, facts);
                let next = asked.position().unwrap_or(0).saturating_add(size);
                let more = match total {
                    Some(total) => len > 0 && next < total,
                    None => len >= size,
                };
                more.then(|| Cursor(next.to_string()))
            }
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

    fn position(&self) -> Option<u64> {
        self.cursor.as_ref()?.0.parse().ok()
    }

    /// The size that the server really uses: it may have one smaller than what was asked for.
    pub(crate) fn effective(&self, paging: Paging, facts: &PageFacts) -> u64 {
        let asked = u64::from(self.size_for(paging));
        facts.size.filter(|size| *size > 0).map_or(asked, |size| size.min(asked))
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
/// program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continuation {
    pub(crate) cursor: Option<Cursor>,
    /// How many items of that page have been delivered.
    pub(crate) skip: u64,
    /// The size of a page, which the positions are multiples of.
    pub(crate) size: u32,
}

impl Continuation {
    /// The beginning of a page of a list that is asked for by page number, from 1.
    #[must_use]
    pub fn of_page(number: u32, size: u32) -> Self {
        Self { cursor: Some(Cursor(number.to_string())), skip: 0, size }
    }
}

impl fmt::Display for Continuation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.size, self.skip)?;
        match &self.cursor {
            Some(cursor) => write!(f, "@{}", cursor.0),
            None => Ok(()),
        }
    }
}

/// A text that [`Continuation`] did not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no continuation; give one that an earlier run printed, unchanged")]
pub struct InvalidContinuation;

impl FromStr for Continuation {
    type Err = InvalidContinuation;

    fn from_str(text: &str) -> Result<Self, InvalidContinuation> {
        let mut parts = text.splitn(3, ':');
        let size = parts.next().and_then(|part| part.parse().ok());
        let skip = parts.next().and_then(|part| part.parse().ok());
        let cursor = match parts.next() {
            Some("") => Some(None),
            Some(cursor) => cursor.strip_prefix('@').map(|cursor| Some(Cursor(cursor.to_owned()))),
            None => None,
        };
        match (size, skip, cursor) {
            (Some(size), Some(skip), Some(cursor)) => Ok(Self { cursor, skip, size }),
            _ => Err(InvalidContinuation),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn facts(size: u64, total: Option<u64>, pages: Option<u64>) -> PageFacts {
        PageFacts { size: Some(size), total, pages, token: None }
    }

    fn at(position: &str) -> PageRequest {
        PageRequest { size: None, cursor: Some(Cursor(position.into())) }
    }

    #[test]
    fn the_list_ends_where_the_server_says_or_a_page_is_short() {
        let offset = Paging::offset(1000);
        let number = Paging::number(1000);
        for (name, paging, asked, facts, len, next) in [
            ("a short page, no total", offset, PageRequest::default(), facts(1000, None, None), 999, None),
            (
                "a full page, no total",
                offset,
                PageRequest::default(),
                facts(1000, None, None),
                1000,
                Some("1000"),
            ),
            ("a full page that is the total", offset, at("1000"), facts(1000, Some(2000), None), 1000, None),
            (
                "a short page before the total",
                offset,
                at("0"),
                facts(1000, Some(1500), None),
                900,
                Some("1000"),
            ),
            ("an empty page before the total", offset, at("0"), facts(1000, Some(1500), None), 0, None),
            (
                "a server with smaller pages",
                offset,
                PageRequest::default(),
                facts(100, None, None),
                100,
                Some("100"),
            ),
            (
                "a server that says limit 0",
                offset,
                PageRequest::default(),
                facts(0, None, None),
                1000,
                Some("1000"),
            ),
            ("the last page by number", number, at("3"), facts(1000, None, Some(3)), 1000, None),
            ("an empty page before the last", number, at("2"), facts(1000, None, Some(3)), 0, Some("3")),
            ("no page count, total left", number, at("1"), facts(10, Some(11), None), 10, Some("2")),
            ("no page count, total reached", number, at("2"), facts(10, Some(11), None), 1, None),
            ("a page count of 0 beside items", number, at("1"), facts(10, Some(0), Some(0)), 10, Some("2")),
            ("no counts at all, full page", number, at("1"), facts(10, None, None), 10, Some("2")),
            ("no counts at all, short page", number, at("1"), facts(10, None, None), 9, None),
        ] {
            let got = paging.next(&asked, &facts, len);
            assert_eq!(got.as_ref().map(|cursor| cursor.0.as_str()), next, "{name}");
        }
    }

    #[test]
    fn a_first_page_that_the_server_cut_short_tells_the_size_of_the_others() {
        let paging = Paging::number(500);
        for (name, asked, total, len, size) in [
            ("more than came", PageRequest::default(), Some(750), 100, Some(100)),
            ("all that there is", PageRequest::default(), Some(100), 100, None),
            ("no total", PageRequest::default(), None, 100, None),
            ("a later page, which may be the last", at("2"), Some(750), 250, None),
        ] {
            let facts = PageFacts { total, ..PageFacts::default() };
            assert_eq!(paging.complete(&asked, facts, len).size, size, "{name}");
        }
    }

    #[test]
    fn an_empty_page_with_a_token_goes_on() {
        let facts = PageFacts { token: Some("next".into()), ..PageFacts::default() };
        assert_eq!(Paging::token(100).next(&PageRequest::default(), &facts, 0), Some(Cursor("next".into())));
    }

    proptest! {
        #[test]
        fn a_continuation_goes_round(size: u32, skip: u64, cursor in proptest::option::of(".*")) {
            let continuation = Continuation { cursor: cursor.map(Cursor), skip, size };
            prop_assert_eq!(continuation.to_string().parse(), Ok(continuation));
        }
    }

    #[test]
    fn a_text_that_is_no_continuation_is_refused() {
        for text in ["", "1", "1:2", "x:0:", "1:2:token"] {
            assert_eq!(text.parse::<Continuation>(), Err(InvalidContinuation), "{text}");
        }
    }
}
