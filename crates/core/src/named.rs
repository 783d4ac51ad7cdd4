//! Operations whose types are not known: made of values by name, answered with JSON.
//!
//! The program, files of rows and whatever else speaks of operations by name go through this door. What a call sends
//! and how its answer is read is what the typed operation does; nothing here repeats it.

use std::fmt;

use orglib_models::value::Values;
use orglib_transport::{Expect, Request};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

use crate::{
    Client, Download, Endpoints, Error, FromValues, Generation, JsonPages, NamedPoller, NamedTask,
    OperationHomes, OperationMeta, Page, PageRequest, PagingStyle, RawResponse, RequestBuilder, Started,
    TaskRole, paging::Cursor,
};

/// A declared operation, known by its META alone.
#[derive(Clone, Copy)]
pub struct NamedOperation {
    homes: OperationHomes,
    answers_in_pages: bool,
    task: TaskRole,
    make: fn(Values) -> Result<Box<dyn Made>, Error>,
}

impl NamedOperation {
    /// This operation.
    #[must_use]
    pub const fn of<O: FromValues>() -> Self
    where
        O::Output: IntoJson,
    {
        Self {
            homes: (O::META, O::LEGACY),
            answers_in_pages: O::Output::IS_PAGE,
            task: O::TASK,
            make: make::<O>,
        }
    }

    /// What is fixed about it: on its own host, and on the legacy one where it lives on both.
    pub fn homes(&self) -> OperationHomes {
        self.homes
    }

    /// Whether it answers with pages of a list.
    pub fn answers_in_pages(&self) -> bool {
        self.answers_in_pages
    }

    /// What it has to do with tasks.
    pub fn task_role(&self) -> TaskRole {
        self.task
    }

    /// What is fixed about it on the host that these endpoints choose.
    pub fn meta(&self, endpoints: &Endpoints) -> &'static OperationMeta {
        match (endpoints.generation(), self.homes) {
            (Generation::Legacy, (_, Some(legacy))) => legacy,
            (_, (meta, _)) => meta,
        }
    }
}

impl fmt::Debug for NamedOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NamedOperation").field(&self.homes.0.id).finish()
    }
}

fn make<O: FromValues>(values: Values) -> Result<Box<dyn Made>, Error>
where
    O::Output: IntoJson,
{
    Ok(Box::new(O::from_values(values)?))
}

/// An operation that was made of values.
pub(crate) trait Made: Send + Sync {
    fn request(
        &self,
        meta: &'static OperationMeta,
        endpoints: &Endpoints,
        page: Option<PageRequest>,
    ) -> Result<Request, Error>;
    fn read(&self, response: RawResponse) -> Result<Read, Error>;
    fn told(&self) -> Option<NamedTask>;
}

/// An answer, and the task that goes on behind it.
pub(crate) struct Read {
    answer: Json,
    task: Option<NamedTask>,
}

impl<O: FromValues> Made for O
where
    O::Output: IntoJson,
{
    fn request(
        &self,
        meta: &'static OperationMeta,
        endpoints: &Endpoints,
        page: Option<PageRequest>,
    ) -> Result<Request, Error> {
        let mut builder = RequestBuilder::new(meta, endpoints)?.for_page(page);
        self.encode(&mut builder)?;
        builder.finish()
    }

    fn read(&self, response: RawResponse) -> Result<Read, Error> {
        let operation = response.operation.clone();
        let output = self.decode(response)?;
        let task = self.started(&output);
        let answer = output.into_json().map_err(|error| Error::unwritten(operation, &error))?;
        Ok(Read { answer, task })
    }

    fn told(&self) -> Option<NamedTask> {
        FromValues::told(self)
    }
}

/// An answer that can be given as JSON: what can be written with serde, and pages of it.
pub trait IntoJson: Sized {
    /// Whether it is a page of a list.
    const IS_PAGE: bool = false;

    /// The same as JSON, its keys in the order of the fields.
    ///
    /// # Errors
    /// Where it cannot be written so.
    fn into_json(self) -> serde_json::Result<Json>;
}

/// An answer as JSON.
#[derive(Debug)]
#[non_exhaustive]
pub enum Json {
    /// One value; null where the operation gives nothing.
    Value(Box<RawValue>),
    /// A page of values.
    Page(Page<Box<RawValue>>),
    /// A file, which is no JSON at all.
    File(Download),
}

impl<T: Serialize> IntoJson for T {
    fn into_json(self) -> serde_json::Result<Json> {
        to_raw_value(&self).map(Json::Value)
    }
}

impl IntoJson for Download {
    fn into_json(self) -> serde_json::Result<Json> {
        Ok(Json::File(self))
    }
}

impl<T: Serialize> IntoJson for Started<T> {
    fn into_json(self) -> serde_json::Result<Json> {
        let said = match self {
            Self::Done(said) => said,
            Self::Running(said) => Some(said),
        };
        said.into_json()
    }
}

impl<T: Serialize> IntoJson for Page<T> {
    const IS_PAGE: bool = true;

    fn into_json(self) -> serde_json::Result<Json> {
        self.try_map(|item| to_raw_value(&item)).map(Json::Page)
    }
}

/// One call of a named operation, ready to be sent. Made by [`Client::named`].
#[must_use = "a call does nothing until it is sent"]
pub struct NamedCall {
    client: Client,
    operation: NamedOperation,
    made: Box<dyn Made>,
}

impl NamedCall {
    pub(crate) fn new(client: Client, operation: NamedOperation, values: Values) -> Result<Self, Error> {
        let made = (operation.make)(values)?;
        Ok(Self { client, operation, made })
    }

    /// What is fixed about the operation, on the host that is asked.
    pub fn meta(&self) -> &'static OperationMeta {
        self.operation.meta(self.client.endpoints())
    }

    /// The request that is sent; of a list, the one for its first page.
    ///
    /// # Errors
    /// `Build`, where a value cannot be sent.
    pub fn request(&self) -> Result<Request, Error> {
        self.made.request(self.meta(), self.client.endpoints(), None)
    }

    /// Sends the call and gives its answer as JSON; null where the operation gives nothing.
    ///
    /// # Errors
    /// As [`Client::execute`], and `Build` for a list, which is read by [`pages`](Self::pages), for a file, and for what
    /// may go on after its answer, which is [started](Self::start): nothing was sent.
    pub async fn send(self) -> Result<Box<RawValue>, Error> {
        if self.operation.task == TaskRole::Starts {
            return Err(Error::build(self.meta().id, "it may go on after its answer; start it"));
        }
        Ok(self.start().await?.0)
    }

    /// Sends the call and gives its answer as JSON, with the task that goes on behind it, if any.
    ///
    /// # Errors
    /// As [`Client::execute`], and `Build` for a list, which is read by [`pages`](Self::pages), and for a file: nothing
    /// was sent.
    pub async fn start(self) -> Result<(Box<RawValue>, Option<NamedPoller>), Error> {
        if self.operation.answers_in_pages {
            return Err(Error::build(self.meta().id, "it answers in pages; read those"));
        }
        if self.answers_with_file() {
            return Err(Error::build(self.meta().id, "it answers with a file; download it"));
        }
        let Read { answer, task } = self.read().await?;
        match answer {
            Json::Value(value) => Ok((value, task.map(|task| NamedPoller::new(self.client, task)))),
            _ => Err(Error::wrong_answer(self.meta().id, "the answer is no JSON value")),
        }
    }

    fn answers_with_file(&self) -> bool {
        self.meta().expect == Expect::Stream
    }

    /// The task that the operation tells of, to be waited for.
    ///
    /// # Errors
    /// `Build`, where it tells of no task.
    pub fn poller(self) -> Result<NamedPoller, Error> {
        match self.made.told() {
            Some(task) => Ok(NamedPoller::new(self.client, task)),
            None => Err(Error::build(self.meta().id, "the operation does not tell how far a task is")),
        }
    }

    /// Sends the call of an operation that answers with a file.
    ///
    /// # Errors
    /// As [`Client::execute`], and `Build` where the operation answers with no file: nothing was sent.
    pub async fn download(self) -> Result<Download, Error> {
        let no_file = || Error::build(self.meta().id, "the operation does not answer with a file");
        if !self.answers_with_file() {
            return Err(no_file());
        }
        match self.read().await?.answer {
            Json::File(download) => Ok(download),
            _ => Err(no_file()),
        }
    }

    async fn read(&self) -> Result<Read, Error> {
        self.made.read(self.client.exchange(self.request()?, self.meta()).await?)
    }

    /// The pages of a list.
    ///
    /// # Errors
    /// `Build`, where the operation answers with no list.
    pub fn pages(self) -> Result<JsonPages, Error> {
        if !self.operation.answers_in_pages {
            return Err(Error::build(self.meta().id, "the operation does not answer in pages"));
        }
        Ok(JsonPages::of_named(self))
    }

    /// How many items the list has, if the service tells: by its first page, of one item.
    ///
    /// # Errors
    /// As [`Client::execute`], and `Build`, where the operation answers with no list.
    pub async fn total(&self) -> Result<Option<u64>, Error> {
        let mut first = PageRequest::default();
        first.set_size(1);
        Ok(self.page(first).await?.total())
    }

    /// One page of a list that is asked for by page number, from 1, of pages of this size. A page past the end is empty.
    ///
    /// # Errors
    /// As [`Client::execute`], and `Build`, where the pages have no numbers, or the size is more than the service gives.
    pub async fn page_at(&self, number: u32, size: u32) -> Result<Page<Box<RawValue>>, Error> {
        let meta = self.meta();
        let paging = meta.paging.filter(|paging| paging.style == PagingStyle::Number);
        let paging = paging.ok_or_else(|| Error::build(meta.id, "its pages have no numbers"))?;
        if number == 0 || !(1..=paging.max).contains(&size) {
            let message = format!("pages are counted from 1, and hold 1 to {} items", paging.max);
            return Err(Error::build(meta.id, message));
        }
        let mut page = PageRequest::default();
        page.set_size(size);
        page.set_cursor(Some(Cursor(number.to_string())));
        self.page(page).await
    }

    pub(crate) async fn page(&self, page: PageRequest) -> Result<Page<Box<RawValue>>, Error> {
        let meta = self.meta();
        let request = self.made.request(meta, self.client.endpoints(), Some(page))?;
        match self.made.read(self.client.exchange(request, meta).await?)?.answer {
            Json::Page(page) => Ok(page),
            _ => Err(Error::build(meta.id, "the operation does not answer in pages")),
        }
    }
}

impl fmt::Debug for NamedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedCall").field("operation", &self.operation).finish_non_exhaustive()
    }
}
