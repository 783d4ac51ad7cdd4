//! Lists as streams.

use std::{
    collections::VecDeque,
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures::{Stream, future::BoxFuture};

use crate::{
    Error, List, OperationMeta, Page, PagedOperation, Paging,
    course::{Course, Next},
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
        let Pages { size, delivered, .. } = self.pages;
        let meta = self.pages.meta();
        if self.items.is_empty() {
            let cursor = self.pages.next.clone()?;
            return Some(Continuation::new(meta, cursor, self.skip.max(delivered), size));
        }
        Some(Continuation::new(meta, self.pages.current.clone(), self.delivered, size))
    }

    /// The next item; nothing behind the last. An error of a page ends the list, one of an item
    /// ([`Error::is_of_item`]) does not.
    ///
    /// # Errors
    /// As [`Client::execute`](crate::Client::execute), and `Paging` where the list cannot be followed to its end.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
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
    /// How many items of the next page have been delivered: of one that has to be asked for again.
    delivered: u64,
    /// Where the page in hand begins.
    current: Option<Cursor>,
    size: u32,
    course: Option<Course>,
    asked: Option<BoxFuture<'static, Result<Page<O::Item>, Error>>>,
    /// What ends the list in place of the next page.
    fatal: Option<Error>,
    failed: bool,
}

impl<O: PagedOperation> Pages<O> {
    pub(crate) fn new(list: List<O>) -> Self {
        let meta = O::meta(list.client.endpoints());
        let misplaced = list.resume.as_ref().and_then(|continuation| continuation.refuses(meta));
        let fatal = misplaced.or_else(|| list.page_size.and_then(|size| refuse(meta, size)));
        let wanted = list.resume.as_ref().map(|continuation| continuation.size).or(list.page_size);
        let mut request = PageRequest::default();
        if let Some(size) = wanted {
            request.set_size(size);
        }
        let start = list.resume.as_ref().and_then(|continuation| continuation.cursor.clone());
        request.set_cursor(start.clone());
        let size = meta.paging.map_or(0, |paging| request.size_for(paging));
        let delivered = list.resume.as_ref().map_or(0, |continuation| continuation.skip);
        Self {
            list,
            next: Some(start),
            delivered,
            current: None,
            size,
            course: meta.paging.map(|paging| request.course(paging)),
            asked: None,
            fatal,
            failed: false,
        }
    }

    /// Where to go on, with [`List::resume_from`]; nothing where the list has been read to its end. After an error it
    /// is where the failed page begins, or the one behind which the list could not be followed.
    pub fn continuation(&self) -> Option<Continuation> {
        let cursor = self.next.clone()?;
        Some(Continuation::new(self.meta(), cursor, self.delivered, self.size))
    }

    /// The next page; nothing behind the last.
    ///
    /// # Errors
    /// As [`Client::execute`](crate::Client::execute), and `Paging` where the list cannot be followed to its end.
    pub async fn next(&mut self) -> Option<Result<Page<O::Item>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    fn meta(&self) -> &'static OperationMeta {
        O::meta(self.list.client.endpoints())
    }

    fn ask(&self, cursor: Option<Cursor>) -> BoxFuture<'static, Result<Page<O::Item>, Error>> {
        let mut list = self.list.clone();
        let request = list.operation.page_request_mut();
        request.set_size(self.size);
        request.set_cursor(cursor);
        Box::pin(list.fetch())
    }

    /// Moves on behind a page that came. What keeps the list from being followed is told in place of the next page, so
    /// that the items of this one are not lost for it; the list can be resumed behind them.
    fn advance(&mut self, page: &Page<O::Item>) -> Result<(), Error> {
        let asked = self.next.take().flatten();
        self.current.clone_from(&asked);
        self.delivered = 0;
        let meta = self.meta();
        let Some(course) = &mut self.course else { return Ok(()) };
        let print = page.print();
        let is_repeated = course.is_repeated(print);
        match course.advance(asked.as_ref(), &page.facts, print) {
            Next::Page(next) => self.next = Some(Some(next)),
            Next::End => {}
            Next::Lost(message) => {
                self.next = Some(asked);
                let error = Error::paging(meta.id, message);
                // A page that came before holds nothing new, and one that is to be asked for again is not delivered.
                if print.len == 0 || is_repeated {
                    return Err(error);
                }
                self.delivered = print.len;
                self.fatal = Some(error);
            }
        }
        self.size = course.size();
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
        if let Some(error) = self.fatal.take() {
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
        let outcome = outcome.and_then(|page| self.advance(&page).map(|()| page));
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
