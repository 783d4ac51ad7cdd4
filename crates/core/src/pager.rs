//! Lists as streams.

use std::{
    collections::{HashSet, VecDeque},
    fmt,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures::{Stream, future::BoxFuture};

use crate::{
    Error, List, OperationMeta, Page, PagedOperation, Paging, PagingStyle,
    paging::{Continuation, Cursor, PageRequest},
};

/// The items of a list, one after another.
///
/// It asks for no page that it need not ask for. A page that cannot be had ends the stream with its error, and
/// [`continuation`](Self::continuation) tells where to go on. An item that cannot be read is an error in its place;
/// the stream goes on after it.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pager<O: PagedOperation> {
    pages: Pages<O>,
    items: VecDeque<Result<O::Item, Error>>,
    /// How many items of the page in hand have been delivered.
    delivered: u64,
    /// How many items of the next page had been delivered by the list that is resumed.
    skip: u64,
    /// How many items may still be delivered.
    left: Option<u64>,
}

impl<O: PagedOperation> Pager<O> {
    pub(crate) fn new(mut list: List<O>) -> Self {
        let left = list.limit;
        let skip = list.resume.as_ref().map_or(0, |continuation| continuation.skip);
        if let (Some(limit), None, None) = (left, list.page_size, &list.resume) {
            let most = O::meta(list.client.endpoints()).paging.map_or(u32::MAX, |paging| paging.max);
            list.page_size = Some(u32::try_from(limit).unwrap_or(u32::MAX).clamp(1, most));
        }
        Self { pages: Pages::new(list), items: VecDeque::new(), delivered: 0, skip, left }
    }

    /// Where to go on, with [`List::resume_from`]; nothing where the list has been read to its end.
    pub fn continuation(&self) -> Option<Continuation> {
        let size = self.pages.size;
        if self.items.is_empty() {
            let cursor = self.pages.next.clone()?;
            return Some(Continuation { cursor, skip: self.skip, size });
        }
        Some(Continuation { cursor: self.pages.current.clone(), skip: self.delivered, size })
    }

    fn take_page(&mut self, page: Page<O::Item>) {
        let skip = self.skip.min(page.items.len() as u64);
        self.skip = 0;
        self.delivered = skip;
        self.items = page.items.into_iter().skip(usize::try_from(skip).unwrap_or(usize::MAX)).collect();
    }
}

/// Nothing in it is pinned.
impl<O: PagedOperation> Unpin for Pager<O> {}

impl<O: PagedOperation> Stream for Pager<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if self.left == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = self.items.pop_front() {
                self.delivered += 1;
                self.left = self.left.map(|left| left - 1);
                return Poll::Ready(Some(item));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.take_page(page),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: PagedOperation> fmt::Debug for Pager<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pager")
            .field("pages", &self.pages)
            .field("in_hand", &self.items.len())
            .finish_non_exhaustive()
    }
}

/// The pages of a list, one after another.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<O: PagedOperation> {
    list: List<O>,
    /// Where the next page begins: `None` after the last, `Some(None)` before the first.
    next: Option<Option<Cursor>>,
    /// Where the page in hand begins.
    current: Option<Cursor>,
    size: u32,
    tokens: HashSet<Cursor>,
    asked: Option<BoxFuture<'static, Result<Page<O::Item>, Error>>>,
    /// A size that no page can have, told in place of the first page.
    refused: Option<Error>,
    failed: bool,
}

impl<O: PagedOperation> Pages<O> {
    pub(crate) fn new(list: List<O>) -> Self {
        let meta = O::meta(list.client.endpoints());
        let refused = list.page_size.and_then(|size| refuse(meta, size));
        let wanted = list.resume.as_ref().map(|continuation| continuation.size).or(list.page_size);
        let mut request = PageRequest::default();
        if let Some(size) = wanted {
            request.set_size(size);
        }
        let size = meta.paging.map_or(0, |paging| request.size_for(paging));
        let start = list.resume.as_ref().and_then(|continuation| continuation.cursor.clone());
        Self {
            list,
            next: Some(start),
            current: None,
            size,
            tokens: HashSet::new(),
            asked: None,
            refused,
            failed: false,
        }
    }

    /// Where to go on, with [`List::resume_from`]; nothing where the list has been read to its end.
    pub fn continuation(&self) -> Option<Continuation> {
        let cursor = self.next.clone()?;
        Some(Continuation { cursor, skip: 0, size: self.size })
    }

    fn ask(&self, cursor: Option<Cursor>) -> BoxFuture<'static, Result<Page<O::Item>, Error>> {
        let mut list = self.list.clone();
        let request = list.operation.page_request_mut();
        request.set_size(self.size);
        request.set_cursor(cursor);
        Box::pin(list.fetch())
    }

    /// Moves on behind a page that came, and says whether the list goes round.
    fn advance(&mut self, page: &Page<O::Item>) -> Result<(), Error> {
        let meta = O::meta(self.list.client.endpoints());
        let Some(paging) = meta.paging else {
            self.next = None;
            return Ok(());
        };
        let mut asked = PageRequest::default();
        asked.set_size(self.size);
        asked.set_cursor(self.next.take().flatten());
        self.current = asked.cursor().cloned();
        let len = page.items.len() as u64;
        let facts = paging.complete(&asked, page.facts.clone(), len);
        self.size = u32::try_from(asked.effective(paging, &facts)).unwrap_or(self.size);
        let next = paging.next(&asked, &facts, len);
        if paging.style == PagingStyle::Token {
            self.tokens.extend(self.current.clone());
            if next.as_ref().is_some_and(|cursor| self.tokens.contains(cursor)) {
                self.failed = true;
                return Err(Error::paging(
                    meta.id,
                    "the service gave a page token for the second time; the list ends here",
                ));
            }
        }
        self.next = next.map(Some);
        Ok(())
    }
}

fn refuse(meta: &OperationMeta, size: u32) -> Option<Error> {
    let Paging { size: name, max, .. } = meta.paging?;
    let message = format!("`{name}` is {size}; a page holds 1 to {max} items");
    (!(1..=max).contains(&size)).then(|| Error::build(meta.id, message))
}

/// Nothing in it is pinned.
impl<O: PagedOperation> Unpin for Pages<O> {}

impl<O: PagedOperation> Stream for Pages<O> {
    type Item = Result<Page<O::Item>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.failed {
            return Poll::Ready(None);
        }
        if let Some(error) = self.refused.take() {
            self.failed = true;
            return Poll::Ready(Some(Err(error)));
        }
        if self.asked.is_none() {
            let Some(cursor) = self.next.clone() else { return Poll::Ready(None) };
            self.asked = Some(self.ask(cursor));
        }
        let Some(asked) = self.asked.as_mut() else { return Poll::Ready(None) };
        let outcome = ready!(asked.as_mut().poll(cx));
        self.asked = None;
        let outcome = outcome.and_then(|mut page| {
            match self.advance(&page) {
                Ok(()) => Ok(page),
                // The items of the page that came with the repeated token are not lost for it.
                Err(error) if !page.items.is_empty() => {
                    page.items.push(Err(error));
                    Ok(page)
                }
                Err(error) => Err(error),
            }
        });
        self.failed |= outcome.is_err();
        Poll::Ready(Some(outcome))
    }
}

impl<O: PagedOperation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::META.id)
            .field("size", &self.size)
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}
