//! Contents that go up and come down.

use std::{sync::Arc, time::Duration};

use http::{Method, StatusCode};
use md5::{Digest as _, Md5};
use orglib_core::{
    Client, Download, Error, Started, operation,
    transport::{Body, bytes::Bytes},
};
use orglib_models::{
    TaskId,
    disk::{Link, Resource, SharedPath, UploadLink},
};
use sha2::Sha256;

use crate::{
    new_path::new_path,
    resources::{GetOperationStatus, GetResource, Resources},
    shared_files::GetSharedUploadLink,
};

/// Name the address that a file's content is put to, within 30 minutes and once.
#[operation(
    id = "GetResourceUploadLink", get = "/v1/disk/resources/upload", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", check = Self::check, output = UploadLink
)]
pub struct GetUploadLink {
    /// The path of the file: its name has at most 255 characters, the whole path 32,760.
    #[query]
    path: String,
    /// Whether what is there already is replaced; by default not, and it is refused.
    #[query]
    overwrite: Option<bool>,
}

/// Name the address that a file's content is fetched from, or a folder's as an archive.
#[operation(
    id = "GetResourceDownloadLink", get = "/v1/disk/resources/download", host = Cloud,
    scopes = any("cloud_api:disk.read"), rate = "disk", output = Link
)]
pub struct GetDownloadLink {
    /// The path, in the form `/name` or `disk:/name`.
    #[query]
    path: String,
}

/// Let the service fetch a file from an address of the web.
#[operation(
    id = "UploadExternalResource", post = "/v1/disk/resources/upload", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", check = Self::check, output = Started<Link>, starts = GetOperationStatus
)]
pub struct UploadFromAddress {
    /// The address of the file itself: of a page that shows it, the page is saved.
    #[query]
    url: String,
    /// The path of the file. The folder above must be there.
    #[query]
    path: String,
    /// Whether it stays where it is though the address leads on; by default it follows.
    #[query]
    disable_redirects: Option<bool>,
}

/// What a content is told by: its length, MD5 and SHA-256.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Digests {
    /// How many bytes there are.
    pub size: u64,
    /// The MD5, in small hexadecimal digits.
    pub md5: String,
    /// The SHA-256, in small hexadecimal digits.
    pub sha256: String,
}

impl Digests {
    /// Of a content in memory.
    pub fn of(content: &[u8]) -> Self {
        let mut digester = Digester::default();
        digester.update(content);
        digester.finish()
    }

    /// Whether a file on Disk has this content, as far as the service tells: what it does not tell speaks against
    /// nothing.
    pub fn are_of(&self, file: &Resource) -> bool {
        let same = |told: &Option<String>, own: &str| {
            told.as_ref().is_none_or(|told| told.eq_ignore_ascii_case(own))
        };
        file.size.is_none_or(|size| size == self.size)
            && same(&file.md5, &self.md5)
            && same(&file.sha256, &self.sha256)
    }
}

/// The digests that a content must have at the service: those that are known, or those that are worked out while it goes.
#[derive(Clone)]
pub struct Expected(Wanted);

#[derive(Clone)]
enum Wanted {
    Known(Digests),
    Later(Arc<dyn Fn() -> Option<Digests> + Send + Sync>),
}

impl Expected {
    /// Digests that are asked for when the content has gone; nothing, where they could not be worked out.
    pub fn later(digests: impl Fn() -> Option<Digests> + Send + Sync + 'static) -> Self {
        Self(Wanted::Later(Arc::new(digests)))
    }

    fn get(&self) -> Result<Digests, Error> {
        match &self.0 {
            Wanted::Known(digests) => Ok(digests.clone()),
            Wanted::Later(digests) => digests().ok_or_else(|| {
                Error::wrong_answer(
                    PUT,
                    "what was sent has no digests to compare: upload it again".to_owned(),
                )
            }),
        }
    }
}

impl From<Digests> for Expected {
    fn from(digests: Digests) -> Self {
        Self(Wanted::Known(digests))
    }
}

impl std::fmt::Debug for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Wanted::Known(digests) => digests.fmt(f),
            Wanted::Later(_) => f.write_str("Later"),
        }
    }
}

/// Works digests out, piece by piece.
#[derive(Clone, Default)]
pub struct Digester {
    size: u64,
    md5: Md5,
    sha256: Sha256,
}

impl std::fmt::Debug for Digester {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digester").field("size", &self.size).finish_non_exhaustive()
    }
}

impl Digester {
    /// Takes a piece in.
    pub fn update(&mut self, piece: &[u8]) {
        self.size += piece.len() as u64;
        self.md5.update(piece);
        self.sha256.update(piece);
    }

    /// The digests of all pieces.
    pub fn finish(self) -> Digests {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Digests { size: self.size, md5: hex(&self.md5.finalize()), sha256: hex(&self.sha256.finalize()) }
    }
}

/// A content that goes up. Made by [`Resources::upload`] and
/// [`SharedFiles::upload`](crate::SharedFiles::upload).
#[derive(Clone, Debug)]
#[must_use = "nothing is sent until `send`"]
pub struct Upload {
    client: Client,
    to: Target,
    body: Body,
    expected: Expected,
    timeout: Option<Duration>,
}

/// Where it goes.
#[derive(Clone, Debug)]
enum Target {
    Own(GetUploadLink),
    Shared(GetSharedUploadLink),
}

impl Upload {
    fn new(client: Client, to: Target, body: Body, expected: Expected) -> Self {
        Self { client, to, body, expected, timeout: None }
    }

    pub(crate) fn to_shared(client: Client, path: SharedPath, body: Body, expected: Expected) -> Self {
        Self::new(client, Target::Shared(GetSharedUploadLink::new(path)), body, expected)
    }

    /// Replaces what is there already; by default it is refused.
    pub fn overwrite(mut self, overwrite: bool) -> Self {
        self.to = match self.to {
            Target::Own(link) => Target::Own(link.overwrite(overwrite)),
            Target::Shared(link) => Target::Shared(link.overwrite(overwrite)),
        };
        self
    }

    /// Replaces how long the content may be under way: 6 hours.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Asks for an address, puts the content there, and reads what the service has then: its length and its digests must
    /// be those that were sent.
    ///
    /// # Errors
    /// As [`Client::execute`]; `Decode`, where the service has another content than was sent.
    pub async fn send(self) -> Result<Resource, Error> {
        let Self { client, to, body, expected, timeout } = self;
        let address = match to.clone() {
            Target::Own(link) => client.call(link).await?,
            Target::Shared(link) => client.call(link).await?,
        };
        let mut put = client.address(PUT, Method::PUT, &address.href)?.body(body);
        if let Some(timeout) = timeout {
            put = put.timeout(timeout);
        }
        let taken = put.send().await?;
        if let Some(id) = address.operation_id.filter(|_| taken.status == StatusCode::ACCEPTED) {
            // It is taken in, and moved to Disk after that.
            if let Ok(id) = id.parse::<TaskId>() {
                client.poller(GetOperationStatus::new(id)).until_done().await?;
            }
        }
        let file = match to {
            Target::Own(link) => client.call(GetResource::new(link.path)).await?,
            Target::Shared(link) => client.call(link.uploaded()).await?,
        };
        let digests = expected.get()?;
        if !digests.are_of(&file) {
            let message = format!(
                "the service has another content than was sent ({} of {} bytes): upload it again",
                file.size.unwrap_or_default(),
                digests.size
            );
            return Err(Error::wrong_answer(PUT, message));
        }
        Ok(file)
    }
}

/// The names in messages and logs of what has no operation of its own.
const PUT: &str = "upload";
pub(crate) const FETCH: &str = "download";

impl Resources {
    /// Uploads a content of these digests, which are compared with what the service has then. A content that is not in
    /// memory is made anew for each attempt.
    pub fn upload(
        &self,
        path: impl Into<String>,
        body: impl Into<Body>,
        digests: impl Into<Expected>,
    ) -> Upload {
        let to = Target::Own(GetUploadLink::new(path));
        Upload::new(self.client.clone(), to, body.into(), digests.into())
    }

    /// Uploads a content that is in memory.
    pub fn upload_bytes(&self, path: impl Into<String>, content: impl Into<Bytes>) -> Upload {
        let content = content.into();
        let digests = Digests::of(&content);
        self.upload(path, content, digests)
    }

    /// Downloads a file, or what stands in it behind this many bytes. Compare its digests with those of the file when all
    /// has come: [`Digester`].
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn download(&self, path: impl Into<String>, position: u64) -> Result<Download, Error> {
        let from = self.client.call(GetDownloadLink::new(path)).await?;
        let call = self.client.address(FETCH, Method::GET, &from.href)?;
        call.beginning_at(position).download().await
    }
}

new_path! { GetUploadLink, UploadFromAddress }
