//! Changes of what a service only replaces whole.

use std::{fmt, sync::Arc, time::Duration};

use http::{HeaderName, HeaderValue};

use crate::{Call, Client, Error, Generation, Operation, call::CallOptions};

/// A change of something that the service can only replace as a whole: it is read, edited, written, and read again.
///
/// What somebody else writes between the reading and the writing is lost, as the services have no revisions; but what
/// was seen before can be held to: see [`unless_changed`](Self::unless_changed).
#[must_use = "nothing changes until it is sent"]
pub struct Change<R: Operation, W: Operation, T> {
    client: Client,
    read: R,
    view: fn(R::Output) -> T,
    write: Arc<dyn Fn(T) -> W + Send + Sync>,
    edits: Vec<Edit<T>>,
    seen: Option<T>,
    options: CallOptions,
}

/// One edit of what there is.
type Edit<T> = Box<dyn FnOnce(&mut T) + Send>;

/// What a change came to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Changed<T, A> {
    /// What there was.
    pub before: T,
    /// What there should be.
    pub wanted: T,
    /// What there is, as the service shows it after the change.
    pub now: T,
    /// What the service answered; nothing, where there was nothing to change and so nothing was sent.
    pub answer: Option<A>,
}

impl<T: PartialEq, A> Changed<T, A> {
    /// Whether what there is is what should be. A service may write a thing in its own way, or drop what it does not
    /// like, with success.
    pub fn is_kept(&self) -> bool {
        self.now == self.wanted
    }
}

impl<R, W, T> Change<R, W, T>
where
    R: Operation + Clone,
    W: Operation,
    T: Clone + PartialEq,
{
    /// A change of what `read` reads: of `view` of it, which `write` makes the operation of that replaces it.
    pub fn new(
        client: Client,
        read: R,
        view: fn(R::Output) -> T,
        write: impl Fn(T) -> W + Send + Sync + 'static,
    ) -> Self {
        Self {
            client,
            read,
            view,
            write: Arc::new(write),
            edits: Vec::new(),
            seen: None,
            options: CallOptions::default(),
        }
    }

    /// Replaces the deadline of each of its calls.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Adds a header to each of its calls.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.options.headers.push((name, value));
        self
    }

    /// Chooses the home of methods that have two.
    pub fn generation(mut self, generation: Generation) -> Self {
        self.client = self.client.with_generation(generation);
        self
    }

    /// Edits what there is. Edits are made one after the other.
    pub fn edit(mut self, edit: impl FnOnce(&mut T) + Send + 'static) -> Self {
        self.edits.push(Box::new(edit));
        self
    }

    /// Refuses to write where what there is is no more what was seen.
    pub fn unless_changed(mut self, seen: T) -> Self {
        self.seen = Some(seen);
        self
    }

    /// What there is and what there should be. Nothing is written.
    ///
    /// # Errors
    /// As [`send`](Self::send).
    pub async fn preview(self) -> Result<(T, T), Error> {
        let Self { client, read, view, edits, seen, options, .. } = self;
        let before = view(Call::with_options(client, read, options).send().await?);
        if seen.is_some_and(|seen| seen != before) {
            return Err(Error::changed_meanwhile(W::META.id));
        }
        let mut wanted = before.clone();
        edits.into_iter().for_each(|edit| edit(&mut wanted));
        Ok((before, wanted))
    }

    /// Reads, edits, writes, and reads again. Nothing is written where the edits change nothing.
    ///
    /// # Errors
    /// As [`Client::execute`]; and a [conflict](Error::is_conflict), where what there is is no more
    /// [what was seen](Self::unless_changed): nothing was written. Where only the last reading fails, the error says that
    /// the change was made.
    pub async fn send(self) -> Result<Changed<T, W::Output>, Error> {
        let (client, options) = (self.client.clone(), self.options.clone());
        let (read, view, write) = (self.read.clone(), self.view, Arc::clone(&self.write));
        let (before, wanted) = self.preview().await?;
        if before == wanted {
            return Ok(Changed { now: before.clone(), before, wanted, answer: None });
        }
        let write = Call::with_options(client.clone(), write(wanted.clone()), options.clone());
        let answer = write.send().await?;
        let now = Call::with_options(client, read, options).send().await;
        let now = now.map_err(|error| error.after_change(W::META.id))?;
        Ok(Changed { before, wanted, now: view(now), answer: Some(answer) })
    }
}

impl<R: Operation, W: Operation, T> fmt::Debug for Change<R, W, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("read", &R::META.id)
            .field("write", &W::META.id)
            .finish_non_exhaustive()
    }
}
