//! Making a request of an operation's fields.

use std::fmt::Display;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use orglib_transport::{Body, Request, RequestMeta, SecretString};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use url::Url;

use crate::{Endpoints, Error, OperationMeta, PageRequest};

/// All but the characters that RFC 3986 leaves alone. A space becomes `%20`, which every server reads rightly.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Makes a request. Values get into the URL only as encoded path segments or query pairs.
#[derive(Debug)]
pub struct RequestBuilder<'a> {
    meta: &'static OperationMeta,
    base: Url,
    path: Vec<(&'a str, String)>,
    query: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    content_type: &'static str,
    /// Whether the body is an object that is still open.
    is_object: bool,
    form: String,
    /// The page that is asked for, whichever the operation asks for.
    page: Option<PageRequest>,
}

impl<'a> RequestBuilder<'a> {
    pub(crate) fn new(meta: &'static OperationMeta, endpoints: &Endpoints) -> Result<Self, Error> {
        let base = endpoints.url(meta.host)?;
        Ok(Self {
            meta,
            base,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: None,
            content_type: JSON,
            is_object: false,
            form: String::new(),
            page: None,
        })
    }

    pub(crate) fn for_page(self, page: Option<PageRequest>) -> Self {
        Self { page, ..self }
    }

    /// What is fixed about the operation, on the host that was chosen.
    pub fn meta(&self) -> &'static OperationMeta {
        self.meta
    }

    /// Sets a parameter of the path.
    ///
    /// # Errors
    /// `Build`, where the value is empty, `.` or `..`: no server would see it.
    pub fn path(&mut self, name: &'a str, value: &dyn Display) -> Result<(), Error> {
        let value = value.to_string();
        if matches!(value.as_str(), "" | "." | "..") {
            return Err(Error::build(self.meta.id, format!("`{name}` must not be empty, `.` or `..`")));
        }
        self.path.push((name, value));
        Ok(())
    }

    /// Adds a query pair, if there is a value.
    pub fn query<T: Display + ?Sized>(&mut self, name: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.pair(name, &value.to_string());
        }
    }

    /// Adds a query pair of values that are joined by commas, if there are any.
    pub fn query_list<T: Display>(&mut self, name: &str, values: &[T]) {
        if !values.is_empty() {
            let values: Vec<_> = values.iter().map(ToString::to_string).collect();
            self.pair(name, &values.join(","));
        }
    }

    /// Adds a query pair for each of the values.
    pub fn query_each<T: Display>(&mut self, name: &str, values: &[T]) {
        for value in values {
            self.pair(name, &value.to_string());
        }
    }

    /// Adds a pair to the form that is the body, if there is a value.
    pub fn form<T: Display + ?Sized>(&mut self, name: &str, value: Option<&T>) {
        if let Some(value) = value {
            append_pair(&mut self.form, name, &value.to_string());
        }
    }

    /// Adds a secret to the form that is the body, if there is one.
    pub fn form_secret(&mut self, name: &str, value: Option<&SecretString>) {
        if let Some(value) = value {
            append_pair(&mut self.form, name, value.expose());
        }
    }

    /// Adds the query pairs that ask for a page.
    pub fn page(&mut self, page: &PageRequest) {
        if let Some(paging) = self.meta.paging {
            let wanted = self.page.take();
            paging.pairs(wanted.as_ref().unwrap_or(page), |name, value| self.pair(name, value));
        }
    }

    /// Adds a header, if there is a value.
    ///
    /// # Errors
    /// `Build`, where the value cannot stand in a header.
    pub fn header<T: Display + ?Sized>(
        &mut self,
        name: &'static str,
        value: Option<&T>,
    ) -> Result<(), Error> {
        let Some(value) = value else { return Ok(()) };
        let value = HeaderValue::try_from(value.to_string())
            .map_err(|_| Error::build(self.meta.id, format!("`{name}` holds what no header can")))?;
        self.headers.insert(HeaderName::from_static(name), value);
        Ok(())
    }

    /// Begins the JSON object that is the body. It is sent though nothing is added to it.
    pub fn object(&mut self) {
        self.body = Some(vec![b'{']);
        self.is_object = true;
    }

    /// Adds a property to the JSON object that is the body.
    ///
    /// # Errors
    /// `Build`, where the value cannot be written as JSON.
    pub fn property<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<(), Error> {
        let body = self.body.get_or_insert_with(|| vec![b'{']);
        self.is_object = true;
        if body.len() > 1 {
            body.push(b',');
        }
        let written = serde_json::to_writer(&mut *body, name).and_then(|()| {
            body.push(b':');
            serde_json::to_writer(&mut *body, value)
        });
        written.map_err(|error| Error::build(self.meta.id, format!("`{name}` cannot be written: {error}")))
    }

    /// Sets the body, as bytes of this type. Of `image/*` the bytes themselves tell which one it is.
    ///
    /// # Errors
    /// `Build`, where they should be a picture and are none that is known.
    pub fn bytes(&mut self, content_type: &'static str, bytes: &[u8]) -> Result<(), Error> {
        self.content_type = match content_type {
            "image/*" => picture(bytes).ok_or_else(|| {
                Error::build(
                    self.meta.id,
                    "the file is no picture that is known; give PNG, JPEG, GIF or WebP",
                )
            })?,
            content_type => content_type,
        };
        self.body = Some(bytes.to_vec());
        Ok(())
    }

    /// Sets the body, as JSON.
    ///
    /// # Errors
    /// `Build`, where the value cannot be written as JSON.
    pub fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let body = serde_json::to_vec(value)
            .map_err(|error| Error::build(self.meta.id, format!("the body cannot be written: {error}")))?;
        self.body = Some(body);
        Ok(())
    }

    /// Fails with what is wrong with the fields together, if anything is.
    ///
    /// # Errors
    /// `Build`, with the text.
    pub fn check(&self, checked: Result<(), String>) -> Result<(), Error> {
        checked.map_err(|message| Error::build(self.meta.id, message))
    }

    /// Fails where the operation cannot take a field on the host that was chosen.
    ///
    /// # Errors
    /// `Build`, if `given`.
    pub fn refuse(&self, name: &str, given: bool) -> Result<(), Error> {
        if !given {
            return Ok(());
        }
        let message =
            format!("the {} host does not take `{name}`; leave it out or ask the other host", self.meta.host);
        Err(Error::build(self.meta.id, message))
    }

    pub(crate) fn finish(self) -> Result<Request, Error> {
        let mut url = self.base;
        append_path(&mut url, self.meta, &self.path)?;
        url.set_query(Some(self.query.as_str()).filter(|query| !query.is_empty()));
        let meta = RequestMeta::new(self.meta.id, self.meta.idempotent)
            .with_route(self.meta.path)
            .with_rate_class(self.meta.rate_class)
            .with_expect(self.meta.expect);
        let mut request = Request::new(self.meta.method.clone(), url, meta);
        request.headers.insert(header::ACCEPT, HeaderValue::from_static(JSON));
        request.headers.extend(self.headers);
        if let Some(mut body) = self.body {
            if self.is_object {
                body.push(b'}');
            }
            request.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
            request.body = Body::from(body);
        } else if !self.form.is_empty() {
            request.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(FORM));
            request.body = Body::from(self.form.into_bytes());
        }
        Ok(request)
    }

    fn pair(&mut self, name: &str, value: &str) {
        append_pair(&mut self.query, name, value);
    }
}

pub(crate) fn append_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, ESCAPED));
    query.push('=');
    query.extend(utf8_percent_encode(value, ESCAPED));
}

/// Appends the operation's path to that of the base URL. The `url` crate's own segments would drop tabs and line
/// breaks, which names of files can hold: values are encoded here before it sees them.
fn append_path(url: &mut Url, meta: &OperationMeta, values: &[(&str, String)]) -> Result<(), Error> {
    let mut path = url.path().trim_end_matches('/').to_owned();
    for segment in meta.path.split('/').skip(1) {
        path.push('/');
        match segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) {
            None => path.push_str(segment),
            Some(name) => {
                let value = values.iter().find(|(given, _)| *given == name).map(|(_, value)| value);
                let value = value.ok_or_else(|| Error::build(meta.id, format!("`{name}` is missing")))?;
                path.extend(utf8_percent_encode(value, ESCAPED));
            }
        }
    }
    url.set_path(&path);
    Ok(())
}

/// Which picture begins with these bytes.
fn picture(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use http::Method;
    use proptest::prelude::*;

    use super::*;
    use crate::Host;

    static META: OperationMeta =
        OperationMeta::new("test", Host::Cloud, Method::GET, "/v1/org/{org_id}/x/{name}");

    fn built(name: &str, value: &str) -> Result<Url, Error> {
        let mut builder = RequestBuilder::new(&META, &Endpoints::all_at("http://localhost:1/base/")?)?;
        builder.path("org_id", &7)?;
        builder.path("name", &name)?;
        builder.query("q", Some(value));
        Ok(builder.finish()?.url)
    }

    #[test]
    fn values_are_encoded_once() {
        let url = built("a/b %2F ?#ж", "+ & % # %2F / ж").unwrap();
        assert_eq!(url.path(), "/base/v1/org/7/x/a%2Fb%20%252F%20%3F%23%D0%B6");
        assert_eq!(url.query(), Some("q=%2B%20%26%20%25%20%23%20%252F%20%2F%20%D0%B6"));
    }

    #[test]
    fn a_path_parameter_that_would_vanish_is_refused() {
        for name in ["", ".", ".."] {
            assert!(built(name, "x").unwrap_err().to_string().contains("`name`"), "{name:?}");
        }
    }

    #[test]
    fn a_missing_path_parameter_is_named() {
        let builder = RequestBuilder::new(&META, &Endpoints::new()).unwrap();
        assert!(builder.finish().unwrap_err().to_string().contains("`org_id` is missing"));
    }

    proptest! {
        #[test]
        fn every_value_goes_round(name in "[^.].*", value in ".*") {
            prop_assume!(!name.is_empty());
            let url = built(&name, &value).unwrap();
            let segment = url.path().rsplit('/').next().unwrap();
            prop_assert_eq!(percent_encoding::percent_decode_str(segment).decode_utf8().unwrap(), name);
            let pairs: Vec<_> = url.query_pairs().into_owned().collect();
            prop_assert_eq!(pairs, vec![("q".to_owned(), value)]);
        }
    }
}
