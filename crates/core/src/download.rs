//! Answers that are not read but handed on, piece by piece.

use std::{borrow::Cow, fmt, time::Duration};

use bytes::{Bytes, BytesMut};
use futures::{
    StreamExt,
    future::{Either, select},
};
use http::{HeaderMap, header};
use orglib_models::shape::{Kind, Shape, Shaped};
use orglib_transport::{ResponseBody, SharedClock, TransportError};
use percent_encoding::percent_decode_str;

use crate::{Error, ErrorKind, FromResponse, OperationName, RawResponse};

/// How long nothing may come before the download is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// An open answer, before it is known who reads it.
pub(crate) struct Open {
    pub(crate) body: ResponseBody,
    pub(crate) clock: SharedClock,
}

/// A file that a service sends: its bytes as they come, never all of them in memory.
///
/// What was read is not sent again: a download that breaks is begun anew. An answer that ends before the length that it
/// announced, and one that stands still for a minute, are errors and no end.
pub struct Download {
    operation: OperationName,
    headers: HeaderMap,
    body: Option<ResponseBody>,
    clock: SharedClock,
    read: u64,
}

impl Download {
    /// The type of the content, as the service names it, for instance `text/csv`.
    pub fn content_type(&self) -> Option<&str> {
        self.text(header::CONTENT_TYPE)
    }

    /// How many bytes there are, if the service tells.
    pub fn length(&self) -> Option<u64> {
        self.text(header::CONTENT_LENGTH)?.parse().ok()
    }

    /// The name that the service gives the file. Its last part only: a name is no path.
    pub fn file_name(&self) -> Option<String> {
        let disposition = self.text(header::CONTENT_DISPOSITION)?;
        let name = extended_name(disposition).or_else(|| plain_name(disposition))?;
        let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
        (!matches!(last, "" | "." | "..")).then(|| last.to_owned())
    }

    /// How many bytes stand before the first one that comes: 0, unless a part was asked for and given.
    pub fn begins_at(&self) -> u64 {
        let range = self.text(header::CONTENT_RANGE).and_then(|range| range.strip_prefix("bytes "));
        range.and_then(|range| range.split('-').next()?.trim().parse().ok()).unwrap_or_default()
    }

    /// How many bytes have been read.
    pub fn position(&self) -> u64 {
        self.read
    }

    /// The next piece; nothing behind the last.
    ///
    /// # Errors
    /// `Io` where the answer breaks off, `Timeout` where nothing comes for a minute. Nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        let piece = match self.body.take()? {
            ResponseBody::Bytes(bytes) if bytes.is_empty() => None,
            ResponseBody::Bytes(bytes) => {
                self.body = Some(ResponseBody::Bytes(Bytes::new()));
                Some(Ok(bytes))
            }
            ResponseBody::Stream(mut stream) => {
                let wait = self.clock.sleep(PATIENCE);
                let next = match select(stream.next(), wait).await {
                    Either::Left((next, _)) => next,
                    Either::Right(_) => {
                        return Some(Err(self.fail(
                            ErrorKind::Timeout,
                            format!("nothing came for {} s; begin anew", PATIENCE.as_secs()),
                        )));
                    }
                };
                self.body = Some(ResponseBody::Stream(stream));
                next.map(|piece| piece.map_err(|error| self.broken(error)))
            }
            _ => None,
        };
        match piece {
            Some(Ok(piece)) => {
                self.read = self.read.saturating_add(piece.len() as u64);
                Some(Ok(piece))
            }
            Some(Err(error)) => {
                self.body = None;
                Some(Err(error))
            }
            None => {
                self.body = None;
                let missing = self.length().filter(|length| *length != self.read)?;
                Some(Err(self.fail(
                    ErrorKind::Io,
                    format!("the answer ended after {} of {missing} bytes; begin anew", self.read),
                )))
            }
        }
    }

    /// All of it in memory.
    ///
    /// # Errors
    /// As [`next`](Self::next), and `TooLarge` past `limit` bytes.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, Error> {
        let mut whole = BytesMut::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if piece.len() > limit.saturating_sub(whole.len()) {
                return Err(self.fail(ErrorKind::TooLarge, format!("there are more than {limit} bytes")));
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    fn text(&self, name: header::HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    fn broken(&self, error: TransportError) -> Error {
        self.fail(ErrorKind::Io, format!("{error}; begin anew")).with_source(error)
    }

    fn fail(&self, kind: ErrorKind, message: String) -> Error {
        Error::of_download(kind, &self.operation, message)
    }
}

/// `filename*=UTF-8''…`, which goes before the plain form.
fn extended_name(disposition: &str) -> Option<String> {
    let value = parameter(disposition, "filename*")?;
    let (charset, rest) = value.split_once('\'')?;
    let (_language, name) = rest.split_once('\'')?;
    let is_utf_8 = charset.eq_ignore_ascii_case("utf-8");
    percent_decode_str(name).decode_utf8().ok().filter(|_| is_utf_8).map(Cow::into_owned)
}

fn plain_name(disposition: &str) -> Option<String> {
    let value = parameter(disposition, "filename")?;
    let Some(quoted) = value.strip_prefix('"') else { return Some(value.to_owned()) };
    // A backslash stands before a character that is meant as it is.
    let mut characters = quoted.strip_suffix('"').unwrap_or(quoted).chars();
    let mut name = String::new();
    while let Some(character) = characters.next() {
        name.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    Some(name)
}

/// The value of a parameter as it is written; a `;` within quotes ends none.
fn parameter<'a>(disposition: &'a str, wanted: &str) -> Option<&'a str> {
    let mut is_quoted = false;
    let parts = disposition.split(move |character| {
        is_quoted ^= character == '"';
        character == ';' && !is_quoted
    });
    let mut pairs = parts.filter_map(|part| part.split_once('='));
    pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
}

impl FromResponse for Download {
    fn from_response(mut response: RawResponse) -> Result<Self, Error> {
        let Some(Open { body, clock }) = response.open.take() else {
            return Err(Error::build(response.operation.clone(), "its answer is not handed on as it comes"));
        };
        let (operation, headers) = (response.operation.clone(), response.headers.clone());
        let download = Self { operation, headers, body: Some(body), clock, read: 0 };
        let kind = download.content_type().unwrap_or_default().trim_start().to_ascii_lowercase();
        if kind.starts_with("text/html") {
            return Err(Error::no_file(&response));
        }
        Ok(download)
    }
}

impl Shaped for Download {
    const SHAPE: Shape = Shape::of(Kind::Bytes);
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.operation)
            .field("content_type", &self.content_type())
            .field("length", &self.length())
            .field("read", &self.read)
            .finish_non_exhaustive()
    }
}
