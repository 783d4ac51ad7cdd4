//! Where files go to and come from: one's own Disk, or a shared one, as the form of a path says.

use orglib::{
    Error,
    core::Download,
    disk::{Children, Digests, GetResource, GetSharedResource, Resources, SharedDisks, Upload},
    models::disk::{Resource, SharedPath},
    transport::Body,
};

use crate::{failure::Failure, session::Session};

/// One's own Disk, and those that are shared: `vd:LABEL:disk:/path`.
pub(super) struct Places {
    own: Resources,
    shared: SharedDisks,
}

/// What is in a folder.
pub(super) enum Inside {
    Own(Children<GetResource>),
    Shared(Children<GetSharedResource>),
}

impl Places {
    pub(super) fn of(session: &Session) -> Result<Self, Failure> {
        let disk = session.disk()?;
        Ok(Self { own: disk.resources(), shared: disk.shared_disks() })
    }

    pub(super) async fn create(&self, path: &str) -> Result<(), Error> {
        match shared(path) {
            Some(path) => self.shared.files(path.vd_hash()).create(path.path()).send().await.map(drop),
            None => self.own.create(path).send().await.map(drop),
        }
    }

    pub(super) async fn find(&self, path: &str) -> Result<Option<Resource>, Error> {
        match shared(path) {
            Some(path) => self.shared.files(path.vd_hash()).get(path.path()).find().await,
            None => self.own.get(path).find().await,
        }
    }

    pub(super) async fn get(&self, path: &str) -> Result<Resource, Error> {
        match shared(path) {
            Some(path) => self.shared.files(path.vd_hash()).get(path.path()).send().await,
            None => self.own.get(path).send().await,
        }
    }

    pub(super) fn list(&self, path: &str) -> Inside {
        match shared(path) {
            Some(path) => Inside::Shared(self.shared.files(path.vd_hash()).list(path.path())),
            None => Inside::Own(self.own.list(path)),
        }
    }

    pub(super) fn upload(&self, path: &str, body: impl Into<Body>, digests: Digests) -> Upload {
        match shared(path) {
            Some(path) => self.shared.files(path.vd_hash()).upload(path.path(), body, digests),
            None => self.own.upload(path, body, digests),
        }
    }

    pub(super) async fn download(&self, path: &str, position: u64) -> Result<Download, Error> {
        match shared(path) {
            Some(path) => self.shared.files(path.vd_hash()).download(path.path(), position).await,
            None => self.own.download(path, position).await,
        }
    }
}

impl Inside {
    pub(super) async fn next(&mut self) -> Option<Result<Resource, Error>> {
        match self {
            Self::Own(children) => children.next().await,
            Self::Shared(children) => children.next().await,
        }
    }
}

/// The place that a path names, where that is on a shared disk.
fn shared(path: &str) -> Option<SharedPath> {
    path.parse().ok()
}
