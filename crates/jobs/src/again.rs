//! Calls of a job that must not lose a row to bad luck.
//!
//! A call makes five attempts. Where a quarter of all answers fails, one call in a thousand fails five times over, and a
//! job makes a hundred thousand: what failed and may pass is called again.

use orglib_core::{Call, Error, ErrorKind, List, Operation, Page, PagedOperation, Pages};

/// How often a job makes one call, each time with all its attempts.
const CALLS: u32 = 3;

/// Whether calling again may help. A host that cannot be reached, and a call whose time is up, have had their time.
fn may_pass(error: &Error) -> bool {
    error.is_retryable()
        && !error.is_paused()
        && !matches!(error.kind(), ErrorKind::Connect | ErrorKind::Timeout)
}

/// Sends a call, again if it fails and may pass.
pub(crate) async fn send<O: Operation + Clone>(call: Call<O>) -> Result<O::Output, Error> {
    let call = call.patient();
    for _ in 1..CALLS {
        match call.clone().send().await {
            Err(error) if may_pass(&error) => {}
            outcome => return outcome,
        }
    }
    call.send().await
}

/// The pages of a list, each asked for again if it fails and may pass.
pub(crate) struct PersistentPages<O: PagedOperation> {
    list: List<O>,
    pages: Pages<O>,
}

impl<O: PagedOperation> PersistentPages<O> {
    pub(crate) fn of(list: List<O>) -> Self {
        let list = list.patient();
        Self { pages: list.clone().pages(), list }
    }

    pub(crate) async fn next(&mut self) -> Result<Option<Page<O::Item>>, Error> {
        for _ in 1..CALLS {
            match self.pages.next().await.transpose() {
                Err(error) if may_pass(&error) => {
                    let Some(continuation) = self.pages.continuation() else { return Err(error) };
                    self.pages = self.list.clone().resume_from(continuation).pages();
                }
                outcome => return outcome,
            }
        }
        self.pages.next().await.transpose()
    }
}
