//! Request bodies that can be sent again, and response bodies that stream.

use std::{fmt, pin::Pin, sync::Arc};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::{TransportError, TransportErrorKind};

/// Pieces of a body.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// A request body. Each variant can be sent any number of times, so a repeated attempt never sends an empty
/// body in silence.
#[derive(Clone, Default)]
#[non_exhaustive]
pub enum Body {
    /// No body.
    #[default]
    Empty,
    /// A body in memory.
    Bytes(Bytes),
    /// A body that is made anew for each attempt.
    Replay(Arc<dyn Fn() -> ByteStream + Send + Sync>),
}

impl Body {
    /// A body that `make` produces anew for each attempt.
    pub fn replay(make: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self::Replay(Arc::new(make))
    }

    /// The bytes, if the body is in memory. An empty body gives no bytes.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Empty => Some(&[]),
            Self::Bytes(bytes) => Some(bytes),
            Self::Replay(_) => None,
        }
    }

    /// The whole body in memory; a replayed body is produced once more.
    pub async fn collect(&self) -> Result<Bytes, TransportError> {
        match self {
            Self::Empty => Ok(Bytes::new()),
            Self::Bytes(bytes) => Ok(bytes.clone()),
            Self::Replay(make) => collect_stream(make(), usize::MAX).await,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::Bytes(text.into())
    }
}

/// Shows the kind and the size, never the content.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Replay(_) => f.write_str("Replay"),
        }
    }
}

/// A response body: in memory, or still on its way.
#[non_exhaustive]
pub enum ResponseBody {
    /// A body in memory.
    Bytes(Bytes),
    /// A body that is still arriving.
    Stream(ByteStream),
}

impl ResponseBody {
    /// The whole body. Fails with [`TransportErrorKind::BodyTooLarge`] past `limit` bytes, counted after
    /// decompression.
    pub async fn collect(self, limit: usize) -> Result<Bytes, TransportError> {
        match self {
            Self::Bytes(bytes) if bytes.len() > limit => Err(too_large(limit)),
            Self::Bytes(bytes) => Ok(bytes),
            Self::Stream(stream) => collect_stream(stream, limit).await,
        }
    }

    /// The bytes, if the body has been collected.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Stream(_) => None,
        }
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

/// Shows the kind and the size, never the content.
impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Stream(_) => f.write_str("Stream"),
        }
    }
}

async fn collect_stream(mut stream: ByteStream, limit: usize) -> Result<Bytes, TransportError> {
    let mut whole = BytesMut::new();
    while let Some(piece) = std::future::poll_fn(|cx| stream.as_mut().poll_next(cx)).await {
        let piece = piece?;
        if piece.len() > limit.saturating_sub(whole.len()) {
            return Err(too_large(limit));
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(
        TransportErrorKind::BodyTooLarge,
        true,
        format!(
            "the answer is larger than {limit} bytes, the most that is read; ask for less, or raise the limit"
        ),
    )
}
