//! How far a list has been read, and whether it goes on.

use std::collections::HashSet;

use crate::{
    Paging, PagingStyle,
    paging::{Cursor, PageFacts, PageRequest},
};

/// How far a list has been read. It decides by what the server says: its total, its number of pages, the limit that it
/// echoes; where it says nothing, by the sizes of the pages that came.
#[derive(Debug)]
pub(crate) struct Course {
    paging: Paging,
    /// How many items a page is asked to hold.
    size: u32,
    /// How many items came, those before a resumed list began among them.
    count: u64,
    /// The largest page that came.
    largest: Option<u64>,
    /// The tokens that were asked with.
    tokens: HashSet<Cursor>,
    /// What the page before was, so that one that comes again is known.
    before: Option<Print>,
}

/// What a page is known by: a hash of its items' text, and their number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Print {
    pub(crate) hash: u64,
    pub(crate) len: u64,
}

/// What comes after a page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The page that begins here.
    Page(Cursor),
    /// Nothing: the list is whole.
    End,
    /// Nothing that could be asked for, though the list is not whole; why.
    Lost(String),
}

impl Course {
    /// The course of a list that begins at this page.
    pub(crate) fn new(paging: Paging, size: u32, start: Option<&Cursor>) -> Self {
        let begins = position(paging, start, size);
        // A list that is resumed has seen pages of this size.
        let largest = start.map(|_| u64::from(size));
        Self { paging, size, count: begins, largest, tokens: HashSet::new(), before: None }
    }

    /// How many items the next page is asked to hold: no more than the server gives.
    pub(crate) fn size(&self) -> u32 {
        self.size
    }

    /// Whether the page before was this one.
    pub(crate) fn is_repeated(&self, print: Print) -> bool {
        print.len > 0 && self.before == Some(print)
    }

    /// Takes a page in that was asked for at `asked`, and says what comes after it.
    pub(crate) fn advance(&mut self, asked: Option<&Cursor>, facts: &PageFacts, print: Print) -> Next {
        if self.is_repeated(print) {
            let message = "the service gave the same page twice: it does not move on in the list";
            return Next::Lost(message.to_owned());
        }
        self.before = Some(print);
        self.count = self.count.saturating_add(print.len);
        match self.paging.style {
            PagingStyle::Token => self.after_token(asked, facts),
            PagingStyle::Whole => match facts.total.filter(|total| *total > self.count) {
                Some(total) => self.lost(total),
                None => Next::End,
            },
            PagingStyle::Offset | PagingStyle::Number => self.after_position(asked, facts, print.len),
        }
    }

    fn after_token(&mut self, asked: Option<&Cursor>, facts: &PageFacts) -> Next {
        self.tokens.extend(asked.cloned());
        match facts.token.clone().map(Cursor) {
            None => Next::End,
            Some(next) if self.tokens.contains(&next) => {
                Next::Lost("the service gave a page token for the second time".to_owned())
            }
            Some(next) => Next::Page(next),
        }
    }

    fn after_position(&mut self, asked: Option<&Cursor>, facts: &PageFacts, len: u64) -> Next {
        // The services write "unset" as 0: a count of 0 beside items says nothing.
        let told = |count: Option<u64>| count.filter(|count| *count > 0 || len == 0);
        let (total, pages) = (told(facts.total), told(facts.pages));
        let may_grow = self.learn_size(asked, facts, len, total);
        let page = number(asked).max(1);
        let goes_on = match (self.paging.style, pages, total) {
            (PagingStyle::Number, Some(pages), _) if page < pages => {
                total.is_none_or(|total| self.count < total)
            }
            (_, _, Some(total)) if self.count >= total => false,
            (PagingStyle::Number, Some(_), Some(total)) => return self.lost(total),
            (_, _, Some(total)) if len == 0 => return self.lost(total),
            (_, _, Some(_)) => true,
            (PagingStyle::Number, Some(_), None) => false,
            (_, _, None) => len > 0 && (len >= u64::from(self.size) || may_grow),
        };
        let begins = position(self.paging, asked, self.size);
        match (goes_on, self.paging.style, total) {
            (false, ..) => Next::End,
            (true, PagingStyle::Number, _) => Next::Page(Cursor((page + 1).to_string())),
            (true, _, total) => {
                let next = begins.saturating_add(u64::from(self.size));
                match total.filter(|total| next >= *total) {
                    Some(total) => self.lost(total),
                    None => Next::Page(Cursor(next.to_string())),
                }
            }
        }
    }

    /// Learns how many items the server's pages hold, from the limit that it echoes or else from what came, and says
    /// whether a page that is shorter than asked may have others behind it: a first one, of which nobody says how many
    /// there are.
    fn learn_size(
        &mut self,
        asked: Option<&Cursor>,
        facts: &PageFacts,
        len: u64,
        total: Option<u64>,
    ) -> bool {
        let is_first = self.largest.is_none();
        self.largest = Some(self.largest.unwrap_or_default().max(len));
        if let Some(echoed) = facts.size.filter(|size| *size > 0) {
            self.size = u32::try_from(echoed).unwrap_or(u32::MAX).min(self.size);
            return false;
        }
        let is_cut = len > 0 && len < u64::from(self.size) && total.is_none_or(|total| self.count < total);
        let fits = position(self.paging, asked, self.size).checked_rem(len) == Some(0);
        if is_first && is_cut && fits {
            self.size = u32::try_from(len).unwrap_or(self.size);
            return true;
        }
        false
    }

    fn lost(&self, total: u64) -> Next {
        Next::Lost(format!("the list ended after {} of {total} items", self.count))
    }
}

/// How many items are before a page.
fn position(paging: Paging, cursor: Option<&Cursor>, size: u32) -> u64 {
    match paging.style {
        PagingStyle::Offset => number(cursor),
        PagingStyle::Number => number(cursor).saturating_sub(1).saturating_mul(u64::from(size)),
        PagingStyle::Token | PagingStyle::Whole => 0,
    }
}

fn number(cursor: Option<&Cursor>) -> u64 {
    cursor.and_then(|cursor| cursor.0.parse().ok()).unwrap_or_default()
}

impl PageRequest {
    /// The course of a list that begins with this request.
    pub(crate) fn course(&self, paging: Paging) -> Course {
        Course::new(paging, self.size_for(paging), self.cursor())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A server with so many items, pages of at most `most`, and what it tells of them.
    #[derive(Clone, Copy, Debug)]
    struct Server {
        style: PagingStyle,
        items: u64,
        most: u64,
        tells_total: bool,
        tells_pages: bool,
        echoes: bool,
    }

    impl Server {
        fn paging(self) -> Paging {
            if self.style == PagingStyle::Offset { Paging::offset(10) } else { Paging::number(10) }
        }

        /// The items and facts of one page.
        fn page(self, asked: u32, cursor: Option<&Cursor>) -> (Vec<u64>, PageFacts) {
            let size = u64::from(asked).min(self.most);
            let begins = match self.style {
                PagingStyle::Offset => {
                    assert_eq!(number(cursor) % size, 0, "an offset is a multiple of the limit");
                    number(cursor)
                }
                _ => number(cursor).saturating_sub(1) * size,
            };
            let items = (begins..self.items.min(begins + size)).collect();
            let facts = PageFacts {
                size: self.echoes.then_some(size),
                total: self.tells_total.then_some(self.items),
                pages: self.tells_pages.then_some(self.items.div_ceil(size)),
                token: None,
            };
            (items, facts)
        }

        /// All that is read, and with how many requests.
        fn read(self) -> (Vec<u64>, u64, Next) {
            let mut course = Course::new(self.paging(), 10, None);
            let (mut all, mut requests, mut cursor) = (Vec::new(), 0, None);
            loop {
                let (items, facts) = self.page(course.size(), cursor.as_ref());
                requests += 1;
                assert!(requests <= self.items + 2, "it asks for ever");
                let print =
                    Print { hash: items.first().copied().unwrap_or_default(), len: items.len() as u64 };
                all.extend(items);
                match course.advance(cursor.as_ref(), &facts, print) {
                    Next::Page(next) => cursor = Some(next),
                    end => return (all, requests, end),
                }
            }
        }
    }

    #[test]
    fn a_list_that_comes_whole_ends_with_its_one_page_or_is_short() {
        let next = |total| {
            let facts = PageFacts { total, ..PageFacts::default() };
            Course::new(Paging::whole(), 10, None).advance(None, &facts, Print { hash: 1, len: 3 })
        };
        assert_eq!([next(None), next(Some(3))], [Next::End, Next::End]);
        assert_eq!(next(Some(4)), Next::Lost("the list ended after 3 of 4 items".to_owned()));
    }

    proptest! {
        #[test]
        fn every_item_comes_once_whatever_the_server_tells(
            is_offset: bool, items in 0_u64..60, most in 1_u64..15,
            tells_total: bool, tells_pages: bool, echoes: bool,
        ) {
            let style = if is_offset { PagingStyle::Offset } else { PagingStyle::Number };
            let tells_pages = tells_pages && !is_offset;
            let server = Server { style, items, most, tells_total, tells_pages, echoes };
            let (all, requests, end) = server.read();
            prop_assert_eq!(all, (0..items).collect::<Vec<_>>());
            prop_assert_eq!(end, Next::End);
            let needed = items.div_ceil(most.min(10)).max(1);
            if tells_total || tells_pages {
                prop_assert_eq!(requests, needed, "not one request more where the answers tell");
            } else {
                prop_assert!(requests <= needed + 1);
            }
        }
    }

    fn server() -> Server {
        Server {
            style: PagingStyle::Offset,
            items: 250,
            most: 7,
            tells_total: false,
            tells_pages: false,
            echoes: false,
        }
    }

    #[test]
    fn a_list_does_not_end_before_its_total() {
        for style in [PagingStyle::Offset, PagingStyle::Number] {
            let (all, ..) = Server { style, tells_total: true, ..server() }.read();
            assert_eq!(all.len(), 250, "{style:?}");
        }
    }

    #[test]
    fn fewer_items_than_the_total_is_an_error_and_never_an_end() {
        let total = |total| PageFacts { total: Some(total), ..PageFacts::default() };
        for (style, pages) in
            [(Paging::offset(10), None), (Paging::number(10), None), (Paging::number(10), Some(1))]
        {
            let mut course = Course::new(style, 10, None);
            let facts = PageFacts { pages, ..total(3) };
            let mut next = course.advance(None, &facts, Print { hash: 1, len: 1 });
            if let Next::Page(cursor) = next {
                next = course.advance(Some(&cursor), &facts, Print { hash: 0, len: 0 });
            }
            assert_eq!(
                next,
                Next::Lost("the list ended after 1 of 3 items".to_owned()),
                "{style:?} {pages:?}"
            );
        }
    }

    #[test]
    fn a_short_page_that_nobody_explains_is_asked_on_from_once() {
        let facts = PageFacts::default();
        let mut course = Course::new(Paging::offset(10), 10, None);
        assert_eq!(course.advance(None, &facts, Print { hash: 1, len: 4 }), Next::Page(Cursor("4".into())));
        assert_eq!(course.size(), 4);
        let four = Cursor("4".into());
        assert_eq!(course.advance(Some(&four), &facts, Print { hash: 2, len: 3 }), Next::End);
    }

    #[test]
    fn the_limit_that_the_answer_echoes_decides_whether_a_page_was_full() {
        for (len, next) in [(10, Next::Page(Cursor("10".into()))), (9, Next::End), (0, Next::End)] {
            let facts = PageFacts { size: Some(10), ..PageFacts::default() };
            let got = Course::new(Paging::offset(10), 10, None).advance(None, &facts, Print { hash: 1, len });
            assert_eq!(got, next, "{len}");
        }
    }

    #[test]
    fn an_empty_page_before_the_last_by_number_goes_on() {
        let facts = PageFacts { pages: Some(3), ..PageFacts::default() };
        let two = Cursor("2".into());
        let got = Course::new(Paging::number(10), 10, None).advance(Some(&two), &facts, Print::default());
        assert_eq!(got, Next::Page(Cursor("3".into())));
    }

    #[test]
    fn a_page_equal_to_the_one_before_it_is_an_error() {
        let facts = PageFacts { size: Some(2), ..PageFacts::default() };
        let mut course = Course::new(Paging::offset(10), 2, None);
        let Next::Page(next) = course.advance(None, &facts, Print { hash: 7, len: 2 }) else { panic!() };
        let got = course.advance(Some(&next), &facts, Print { hash: 7, len: 2 });
        assert!(matches!(got, Next::Lost(message) if message.contains("same page twice")));
    }

    #[test]
    fn an_empty_page_with_a_token_goes_on_and_a_token_that_comes_again_is_an_error() {
        let facts = PageFacts { token: Some("next".into()), ..PageFacts::default() };
        let mut course = Course::new(Paging::token(100), 100, None);
        let next = Cursor("next".into());
        assert_eq!(course.advance(None, &facts, Print::default()), Next::Page(next.clone()));
        let again = course.advance(Some(&next), &facts, Print { hash: 1, len: 5 });
        assert!(matches!(again, Next::Lost(message) if message.contains("second time")));
    }
}
