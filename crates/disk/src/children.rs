//! What is in a folder, page by page.

use std::{collections::VecDeque, fmt};

use orglib_core::{Client, Error, Operation};
use orglib_models::disk::{LinkedResource, Resource, TrashResource};

use crate::{
    links::GetLinkedResource,
    resources::{GetResource, ResourceSort},
    shared_files::GetSharedResource,
    trash::GetTrashResource,
};

/// How many come at once.
const PAGE: u32 = 1000;

/// An operation that reads a folder with a page of what is in it.
pub trait Folder: Operation + Clone + sealed::Sealed {
    /// What is in it.
    type Item: Send;

    #[doc(hidden)]
    fn page(&self, limit: u32, offset: u64) -> Self;

    #[doc(hidden)]
    fn items(output: Self::Output) -> Option<(Vec<Self::Item>, Option<u64>)>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! folder {
    ($operation:ty, $item:ty) => {
        impl sealed::Sealed for $operation {}

        impl Folder for $operation {
            type Item = $item;

            fn page(&self, limit: u32, offset: u64) -> Self {
                self.clone().limit(limit).offset(offset)
            }

            fn items(output: $item) -> Option<(Vec<$item>, Option<u64>)> {
                output.embedded.map(|page| (page.items, page.total))
            }
        }
    };
}

folder!(GetResource, Resource);
folder!(GetTrashResource, TrashResource);
folder!(GetLinkedResource, LinkedResource);
folder!(GetSharedResource, Resource);

/// What is in a folder, one after another. Made by [`Resources::list`](crate::Resources::list),
/// [`Trash::list`](crate::Trash::list), [`Links::list`](crate::Links::list) and
/// [`SharedFiles::list`](crate::SharedFiles::list).
///
/// A page tells how many there are in the folder: where fewer come than that, the last of them is an error.
pub struct Children<O: Folder> {
    client: Client,
    folder: O,
    read: u64,
    waiting: VecDeque<O::Item>,
    is_at_end: bool,
}

macro_rules! sorted {
    ($operation:ty) => {
        impl Children<$operation> {
            /// Sorts them.
            #[must_use]
            pub fn sort(mut self, sort: impl Into<ResourceSort>) -> Self {
                self.folder = self.folder.sort(sort);
                self
            }
        }
    };
}

sorted!(GetResource);
sorted!(GetLinkedResource);

impl<O: Folder> Children<O> {
    pub(crate) fn new(client: Client, folder: O) -> Self {
        Self { client, folder, read: 0, waiting: VecDeque::new(), is_at_end: false }
    }

    /// The next one; nothing behind the last. Nothing comes after an error.
    ///
    /// # Errors
    /// As [`Client::execute`]; `Decode`, where the path is that of a file; `Paging`, where fewer came than there are.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        while self.waiting.is_empty() && !self.is_at_end {
            if let Err(error) = self.page().await {
                self.is_at_end = true;
                return Some(Err(error));
            }
        }
        self.waiting.pop_front().map(Ok)
    }

    async fn page(&mut self) -> Result<(), Error> {
        let folder = self.client.call(self.folder.page(PAGE, self.read)).patient().await?;
        let Some((items, total)) = O::items(folder) else {
            return Err(Error::wrong_answer(
                O::META.id,
                "it is no folder: there is nothing in it to be listed",
            ));
        };
        let count = items.len() as u64;
        self.read += count;
        self.is_at_end = match total {
            Some(total) => self.read >= total,
            None => count < u64::from(PAGE),
        };
        if count == 0 && !self.is_at_end {
            let total = total.unwrap_or_default();
            let message = format!("the folder holds {total}, and only {} came", self.read);
            return Err(Error::incomplete(O::META.id, message));
        }
        self.waiting.extend(items);
        Ok(())
    }
}

impl<O: Folder> fmt::Debug for Children<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Children")
            .field("operation", &O::META.id)
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}
