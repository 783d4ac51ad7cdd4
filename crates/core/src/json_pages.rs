//! Pages of a list whose type is not known.

use std::fmt;

use serde_json::value::RawValue;

use crate::{
    Error, FromResponse, NamedCall, OperationMeta, Page, RawCall,
    course::{Course, Next},
    paging::{Cursor, PageRequest},
};

/// The pages of a list with their items as JSON: as they came, of a list that is called by its path
/// ([`RawCall::pages`]); as the models write them, of one that is called by name ([`NamedCall::pages`]).
pub struct JsonPages {
    list: Listed,
    meta: &'static OperationMeta,
    course: Option<Course>,
    /// Where the next page begins: `None` after the last, `Some(None)` before the first.
    next: Option<Option<Cursor>>,
    /// What ends the list in place of the next page.
    fatal: Option<Error>,
}

enum Listed {
    Raw(RawCall),
    Named(NamedCall),
}

impl JsonPages {
    pub(crate) fn of_raw(call: RawCall) -> Result<Self, Error> {
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
        Ok(Self::new(Listed::Raw(call), meta))
    }

    pub(crate) fn of_named(call: NamedCall) -> Self {
        let meta = call.meta();
        Self::new(Listed::Named(call), meta)
    }

    fn new(list: Listed, meta: &'static OperationMeta) -> Self {
        let course = meta.paging.map(|paging| PageRequest::default().course(paging));
        Self { list, meta, course, next: Some(None), fatal: None }
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
        if let Some(course) = &self.course {
            request.set_size(course.size());
        }
        request.set_cursor(cursor.clone());
        let page = match &self.list {
            Listed::Raw(call) => read_raw(call, self.meta, &request).await?,
            Listed::Named(call) => call.page(request).await?,
        };
        let Some(course) = &mut self.course else { return Ok(page) };
        let print = page.print();
        let is_repeated = course.is_repeated(print);
        match course.advance(cursor.as_ref(), &page.facts, print) {
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

async fn read_raw(
    call: &RawCall,
    meta: &'static OperationMeta,
    request: &PageRequest,
) -> Result<Page<Box<RawValue>>, Error> {
    let mut call = call.clone();
    if let Some(paging) = meta.paging {
        paging.pairs(request, |name, value| call = call.clone().query(name, value));
    }
    let response = call.send().await?;
    Page::from_response(match meta.within {
        Some(key) => response.within(key),
        None => response,
    })
}

impl fmt::Debug for JsonPages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonPages").field("operation", &self.meta.id).finish_non_exhaustive()
    }
}
