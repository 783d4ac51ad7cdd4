//! Where files go to and come from: one's own Disk, or a shared one, as the form of a path says; or a link.

use orglib::{
    Client, Error,
    core::Download,
    disk::{
        Children, Expected, GetLinkedResource, GetResource, GetSharedResource, Links, Resources, SharedFiles,
        Upload,
    },
    models::disk::{Resource, SharedPath},
    prelude::*,
    transport::Body,
};

use crate::session::Session;

/// One's own Disk, and those that are shared: `vd:LABEL:disk:/path`.
pub(super) struct Places {
    own: Resources,
    client: Client,
}

/// What is in a folder.
pub(super) enum Inside {
    Own(Children<GetResource>),
    Shared(Children<GetSharedResource>),
    Linked(Children<GetLinkedResource>),
}

/// Where files come from.
pub(super) enum Source {
    Disks(Places),
    /// What somebody shares, by the key of its link. Paths begin there.
    Link(Links, String),
}

impl Source {
    pub(super) async fn get(&self, path: &str) -> Result<Resource, Error> {
        match self {
            Self::Disks(places) => places.get(path).await,
            Self::Link(links, key) => {
                let call = links.get(key.as_str());
                let call = if path == "/" { call } else { call.path(path) };
                call.send().await.map(Resource::from)
            }
        }
    }

    pub(super) fn list(&self, path: &str) -> Inside {
        match self {
            Self::Disks(places) => places.list(path),
            Self::Link(links, key) => Inside::Linked(links.list(key.as_str(), path)),
        }
    }

    pub(super) async fn download(&self, path: &str, position: u64) -> Result<Download, Error> {
        match self {
            Self::Disks(places) => places.download(path, position).await,
            // What a link leads to itself has no path.
            Self::Link(links, key) => {
                links.download(key.as_str(), Some(path).filter(|path| *path != "/"), position).await
            }
        }
    }
}

impl Places {
    /// No organisation is needed for them.
    pub(super) fn of(session: &Session) -> Self {
        let client = session.client().clone();
        Self { own: Resources::new(client.clone()), client }
    }

    fn on(&self, vd_hash: &str) -> SharedFiles {
        SharedFiles::new(self.client.clone(), vd_hash)
    }

    pub(super) async fn create(&self, path: &str) -> Result<(), Error> {
        match shared(path) {
            Some(path) => self.on(path.vd_hash()).create(path.path()).send().await.map(drop),
            None => self.own.create(path).send().await.map(drop),
        }
    }

    pub(super) async fn find(&self, path: &str) -> Result<Option<Resource>, Error> {
        match shared(path) {
            Some(path) => self.on(path.vd_hash()).get(path.path()).find().await,
            None => self.own.get(path).find().await,
        }
    }

    async fn get(&self, path: &str) -> Result<Resource, Error> {
        match shared(path) {
            Some(path) => self.on(path.vd_hash()).get(path.path()).send().await,
            None => self.own.get(path).send().await,
        }
    }

    fn list(&self, path: &str) -> Inside {
        match shared(path) {
            Some(path) => Inside::Shared(self.on(path.vd_hash()).list(path.path())),
            None => Inside::Own(self.own.list(path)),
        }
    }

    pub(super) fn upload(&self, path: &str, body: impl Into<Body>, digests: Expected) -> Upload {
        match shared(path) {
            Some(path) => self.on(path.vd_hash()).upload(path.path(), body, digests),
            None => self.own.upload(path, body, digests),
        }
    }

    async fn download(&self, path: &str, position: u64) -> Result<Download, Error> {
        match shared(path) {
            Some(path) => self.on(path.vd_hash()).download(path.path(), position).await,
            None => self.own.download(path, position).await,
        }
    }
}

impl Inside {
    pub(super) async fn next(&mut self) -> Option<Result<Resource, Error>> {
        match self {
            Self::Own(children) => children.next().await,
            Self::Shared(children) => children.next().await,
            Self::Linked(children) => children.next().await.map(|child| child.map(Resource::from)),
        }
    }
}

/// The place that a path names, where that is on a shared disk.
fn shared(path: &str) -> Option<SharedPath> {
    path.parse().ok()
}
