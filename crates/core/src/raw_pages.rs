//! Pages of a list that is called by its path.

use std::fmt;

use serde_json::value::RawValue;

use crate::{
    Error, FromResponse, OperationMeta, Page, RawCall,
    course::{Course, Next},
    paging::{Cursor, PageRequest},
};

/// The pages of a list that is called by its path, with items as they came. Made by [`RawCall::pages`].
pub struct RawPages {
    call: RawCall,
    meta: &'static OperationMeta,
    course: Course,
    /// Where the next page begins: `None` after the last, `Some(None)` before the first.
    next: Option<Option<Cursor>>,
    /// What ends the list in place of the next page.
    fatal: Option<Error>,
}

impl RawPages {
    pub(crate) fn new(call: RawCall) -> Result<Self, Error> {
        let refuse = |message: &str| Err(Error::build("raw", message));
        let Some(meta) = call.declared() else {
            return refuse(
                "the path is none of a declared operation, so that nobody knows how its pages are asked for",
            );
        };
        let Some(paging) = meta.paging else { return refuse("the operation does not answer in pages") };
        if [paging.size, paging.position].iter().any(|name| call.has_query(name)) {
            let message = format!("`{}` and `{}` are set here; leave them out", paging.size, paging.position);
            return Err(Error::build(meta.id, message));
        }
        let course = PageRequest::default().course(paging);
        Ok(Self { call, meta, course, next: Some(None), fatal: None })
    }

    /// The next page; nothing behind the last.
    ///
    /// # Errors
    /// As [`RawCall::send`], and `Paging` where the list cannot be followed to its end. Nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Page<Box<RawValue>>, Error>> {
        let fatal = self.fatal.take();
        let cursor = self.next.take()?;
        Some(match fatal {
            Some(error) => Err(error),
            None => self.read(cursor).await,
        })
    }

    async fn read(&mut self, cursor: Option<Cursor>) -> Result<Page<Box<RawValue>>, Error> {
        let mut request = PageRequest::default();
        request.set_size(self.course.size());
        request.set_cursor(cursor.clone());
        let mut call = self.call.clone();
        if let Some(paging) = self.meta.paging {
            paging.pairs(&request, |name, value| call = call.clone().query(name, value));
        }
        let response = call.send().await?;
        let response = match self.meta.within {
            Some(key) => response.within(key),
            None => response,
        };
        let page = Page::<Box<RawValue>>::from_response(response)?;
        let print = page.print();
        let is_repeated = self.course.is_repeated(print);
        match self.course.advance(cursor.as_ref(), &page.facts, print) {
            Next::Page(next) => self.next = Some(Some(next)),
            Next::End => {}
            Next::Lost(message) => {
                let error = Error::paging(self.meta.id, message);
                if print.len == 0 || is_repeated {
                    return Err(error);
                }
                self.next = Some(cursor);
                self.fatal = Some(error);
            }
        }
        Ok(page)
    }
}

impl fmt::Debug for RawPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawPages").field("operation", &self.meta.id).finish_non_exhaustive()
    }
}
