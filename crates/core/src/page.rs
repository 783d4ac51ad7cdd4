//! One page of a list.

use std::{
    borrow::Cow,
    fmt,
    hash::{BuildHasher, Hasher},
    ops::Range,
};

use orglib_models::shape::{Shape, Shaped};
use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{Error, FromResponse, RawResponse, course::Print, paging::PageFacts, strict};

/// One page of a list, whatever the service's way of writing pages.
///
/// An item that cannot be read is an error in its place: the others are not lost for it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in the server's order.
    pub items: Vec<Result<T, Error>>,
    pub(crate) facts: PageFacts,
    /// A hash of the items' text.
    hash: u64,
}

impl<T> Page<T> {
    /// What the page is known by.
    pub(crate) fn print(&self) -> Print {
        Print { hash: self.hash, len: self.items.len() as u64 }
    }

    /// The same page of other items.
    pub(crate) fn try_map<U, E>(self, mut item: impl FnMut(T) -> Result<U, E>) -> Result<Page<U>, E> {
        let items = self.items.into_iter().map(|read| match read {
            Ok(read) => item(read).map(Ok),
            Err(error) => Ok(Err(error)),
        });
        Ok(Page { items: items.collect::<Result<_, E>>()?, facts: self.facts, hash: self.hash })
    }

    /// How many items there are in the whole list, if the service tells.
    pub fn total(&self) -> Option<u64> {
        self.facts.total
    }
}

/// What it holds.
impl<T: Shaped> Shaped for Page<T> {
    const SHAPE: Shape = T::SHAPE.list();
}

impl<T: DeserializeOwned> FromResponse for Page<T> {
    fn from_response(response: RawResponse) -> Result<Self, Error> {
        if let Some(page) = whole_page(&response) {
            return Ok(page);
        }
        let mut items = Texts { texts: Vec::new(), hasher: hasher() };
        let body = serde_json::Deserializer::from_slice(&response.body);
        let facts = read_page(&response, body, &mut items);
        let (facts, _) = facts.map_err(|error| Error::decode(&response, "", &error))?;
        let Texts { texts, hasher } = items;
        let items = texts.into_iter().enumerate();
        let items = items.map(|(index, item)| read_item(&response, index, item)).collect();
        Ok(Self { items, facts, hash: hasher.finish() })
    }
}

/// A page that can be read from one end to the other. Where anything of it cannot, it is read item by item, which says
/// what is wrong and takes twice as long.
fn whole_page<T: DeserializeOwned>(response: &RawResponse) -> Option<Page<T>> {
    let text = std::str::from_utf8(&response.body).ok()?;
    let mut items = Items(Vec::new());
    let (facts, list) = read_page(response, serde_json::Deserializer::from_str(text), &mut items).ok()?;
    let list = match list {
        Some(list) => text.get(list)?,
        None if items.0.is_empty() => "",
        None => return None,
    };
    Some(Page { items: items.0, facts, hash: hash_of(list) })
}

/// What takes the items of a page in.
trait Sink<'de> {
    /// Takes the next one in; false where there is none any more.
    fn next<A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<bool, A::Error>;
}

/// Items as they are.
struct Items<T>(Vec<Result<T, Error>>);

impl<'de, T: DeserializeOwned> Sink<'de> for Items<T> {
    fn next<A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<bool, A::Error> {
        let item = list.next_element_seed(strict::Strict::new())?;
        let is_there = item.is_some();
        self.0.extend(item.map(Ok));
        Ok(is_there)
    }
}

/// The texts of items, which are read later, each on its own.
struct Texts<'de> {
    texts: Vec<&'de RawValue>,
    hasher: foldhash::fast::FoldHasher<'static>,
}

impl<'de> Sink<'de> for Texts<'de> {
    fn next<A: SeqAccess<'de>>(&mut self, list: &mut A) -> Result<bool, A::Error> {
        let item = list.next_element::<&'de RawValue>()?;
        if let Some(item) = item {
            self.hasher.write(item.get().as_bytes());
            self.texts.push(item);
        }
        Ok(item.is_some())
    }
}

/// Reads a page, and says where in its text the list stands.
fn read_page<'de, R: serde_json::de::Read<'de>, S: Sink<'de>>(
    response: &'de RawResponse,
    mut body: serde_json::Deserializer<R>,
    items: &mut S,
) -> Result<(PageFacts, Option<Range<usize>>), serde_json::Error> {
    let page = (&mut body).deserialize_map(PageVisitor { response, items })?;
    body.end().map(|()| page)
}

struct PageVisitor<'a, 's, S> {
    response: &'a RawResponse,
    items: &'s mut S,
}

impl<'a, S: Sink<'a>> Visitor<'a> for PageVisitor<'a, '_, S> {
    type Value = (PageFacts, Option<Range<usize>>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a page with a list `{}`", self.response.list)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut seen = Seen::new(self.response);
        while let Some(key) = map.next_key::<Key<'a>>()? {
            seen.key(&key);
            if key.0 == self.response.list {
                seen.has_list = map.next_value_seed(ListSeed(&mut *self.items))?;
            } else {
                seen.value(&key.0, map.next_value::<&'a RawValue>()?.get());
            }
        }
        let span = seen.span();
        seen.facts().map(|facts| (facts, span)).map_err(de::Error::custom)
    }
}

/// A key, which is a part of the body unless letters of it are escaped.
#[derive(Deserialize)]
#[serde(transparent)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// What has been seen of a page, beside its items: the same code for all of them.
struct Seen<'a> {
    response: &'a RawResponse,
    has_list: bool,
    is_page: bool,
    other_list: Option<String>,
    facts: PageFacts,
    /// Where the key of the list and the one after it stand.
    list: (Option<usize>, Option<usize>),
}

impl<'a> Seen<'a> {
    fn new(response: &'a RawResponse) -> Self {
        let facts = PageFacts::default();
        Self { response, has_list: false, is_page: false, other_list: None, facts, list: (None, None) }
    }

    fn key(&mut self, key: &Key<'a>) {
        let name = &*key.0;
        self.is_page |= name == self.response.list || PAGE_KEYS.contains(&name);
        let place = match key.0 {
            Cow::Borrowed(key) => (key.as_ptr() as usize).checked_sub(self.response.body.as_ptr() as usize),
            Cow::Owned(_) => None,
        };
        match self.list {
            (None, _) if name == self.response.list => self.list.0 = place,
            (Some(_), None) => self.list.1 = place,
            _ => {}
        }
    }

    /// Where in the body the list stands: from its key to the next one, or to the end.
    fn span(&self) -> Option<Range<usize>> {
        let (start, end) = self.list;
        start.map(|start| start..end.unwrap_or(self.response.body.len()))
    }

    fn value(&mut self, key: &str, value: &str) {
        let fact = || serde_json::from_str::<Fact>(value).unwrap_or(Fact::Other(IgnoredAny));
        let style = self.response.paging.map(|paging| paging.style);
        let is_token = matches!(style, Some(crate::PagingStyle::Token) | None);
        match key {
            "limit" | "perPage" | "per_page" => self.facts.size = fact().number(),
            "total" | "totalCount" => self.facts.total = fact().number(),
            "pages" => self.facts.pages = fact().number(),
            "nextPageToken" | "next_page_token" | "iteration_key" | "iterationKey" if is_token => {
                self.facts.token = fact().text();
            }
            _ => {
                let is_list = value.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
                if is_list && self.other_list.is_none() {
                    self.other_list = Some(key.to_owned());
                }
            }
        }
    }

    /// What the page says of itself, if it is one.
    fn facts(self) -> Result<PageFacts, String> {
        match self.why_not_empty().filter(|_| !self.has_list) {
            Some(why) => Err(format!("the answer has no list `{}`{why}", self.response.list)),
            None => Ok(self.facts),
        }
    }

    /// Why an answer without its list, or with null there, cannot be taken for an empty page: anything that says there
    /// is something. Nothing where it can.
    fn why_not_empty(&self) -> Option<String> {
        if let Some(other) = &self.other_list {
            return Some(format!(", but a list `{other}`"));
        }
        match (self.facts.total, self.facts.pages) {
            (Some(total), _) if total > 0 => Some(format!(", though it counts {total} items")),
            (_, Some(pages)) if pages > 1 => Some(format!(", though it counts {pages} pages")),
            _ => (!self.is_page).then(String::new),
        }
    }
}

/// The keys by which an answer without its list is still known for a page, and not for something else that
/// happens to be an object.
const PAGE_KEYS: &[&str] =
    &["limit", "perPage", "total", "totalCount", "pages", "nextPageToken", "iteration_key"];

/// The list of a page, which may be null: then it is not there.
struct ListSeed<'a, S>(&'a mut S);

impl<'de, S: Sink<'de>> DeserializeSeed<'de> for ListSeed<'_, S> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: Sink<'de>> Visitor<'de> for ListSeed<'_, S> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or null")
    }

    fn visit_unit<E>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        while self.0.next(&mut list)? {}
        Ok(true)
    }
}

/// Pages are compared with each other in one run only, and nobody gains by two that look alike: speed is all.
fn hasher() -> foldhash::fast::FoldHasher<'static> {
    foldhash::fast::FixedState::default().build_hasher()
}

fn hash_of(list: &str) -> u64 {
    let mut hasher = hasher();
    hasher.write(list.as_bytes());
    hasher.finish()
}

/// Each item is read on its own.
fn read_item<T: DeserializeOwned>(response: &RawResponse, index: usize, item: &RawValue) -> Result<T, Error> {
    strict::from_slice(item.get().as_bytes()).map_err(|error| {
        let dot = if error.path.is_empty() { "" } else { "." };
        let path = format!("{}[{index}]{dot}{}", response.list, error.path);
        Error::decode_item(response, &path, &error.cause, item.get())
    })
}

/// A number or a token that may be anything, for a page must not be lost for it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Fact {
    Number(u64),
    Text(String),
    Other(IgnoredAny),
}

impl Fact {
    fn number(self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(text) => text.parse().ok(),
            Self::Other(_) => None,
        }
    }

    /// A token. The services write "unset" as 0 too; a list asked to go on at 0 would begin again.
    fn text(self) -> Option<String> {
        match self {
            Self::Number(number) => Some(number.to_string()).filter(|_| number > 0),
            Self::Text(text) => Some(text).filter(|text| !matches!(text.as_str(), "" | "0")),
            Self::Other(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Paging;

    fn page(paging: Paging, list: &'static str, body: &str) -> Result<Page<u32>, Error> {
        Page::from_response(RawResponse::for_tests(paging, list, body))
    }

    fn numbers(page: &Page<u32>) -> Vec<Option<u32>> {
        page.items.iter().map(|item| item.as_ref().ok().copied()).collect()
    }

    #[test]
    fn an_item_that_cannot_be_read_does_not_take_the_others_with_it() {
        let page = page(Paging::offset(10), "items", r#"{"items":[1,"two",3],"total":3}"#).unwrap();
        assert_eq!(numbers(&page), [Some(1), None, Some(3)]);
        let error = page.items[1].as_ref().unwrap_err();
        assert!(error.to_string().contains("items[1]"), "{error}");
        assert!(!error.to_string().contains("two"), "a body never shows in a message: {error}");
        assert_eq!(error.raw_body(), Some(b"\"two\"".as_slice()));
    }

    #[test]
    fn a_page_is_known_by_its_items_whatever_stands_beside_them() {
        let print = |body: &str| page(Paging::number(9), "items", body).unwrap().print();
        let first = print(r#"{"items":[1,2],"page":1}"#);
        for same in [r#"{"items":[1,2],"page":2}"#, r#"{"items":[1,2],"page":3,"total":2}"#] {
            assert_eq!(print(same), first, "{same}");
        }
        for other in [r#"{"items":[1,3],"page":1}"#, r#"{"items":[1],"page":1}"#] {
            assert_ne!(print(other), first, "{other}");
        }
        let escaped = |item: &str| print(&format!(r#"{{"it\u0065ms":[{item}],"page":1}}"#));
        assert_eq!(escaped("1"), escaped("1"));
        assert_ne!(escaped("1"), escaped("2"));
    }

    #[test]
    fn every_way_of_writing_a_page_is_read() {
        for (paging, list, body, total, token) in [
            (Paging::offset(9), "items", r#"{"items":[1],"limit":9,"offset":0,"total":"1"}"#, Some(1), None),
            (
                Paging::number(9),
                "users",
                r#"{"users":[1],"page":1,"pages":1,"perPage":9,"total":1}"#,
                Some(1),
                None,
            ),
            (Paging::token(9), "events", r#"{"events":[1],"nextPageToken":"t"}"#, None, Some("t")),
            (Paging::key(9), "items", r#"{"items":[1],"iteration_key":5}"#, None, Some("5")),
            (Paging::token(9), "events", r#"{"events":[1],"nextPageToken":""}"#, None, None),
            (Paging::key(9), "items", r#"{"items":[1],"iteration_key":0}"#, None, None),
            (Paging::token(9), "events", r#"{"events":[1],"nextPageToken":"0"}"#, None, None),
            (
                Paging::token(9),
                "events",
                r#"{"events":[1],"nextPageToken":null,"total":{"a":1}}"#,
                None,
                None,
            ),
        ] {
            let page = page(paging, list, body).unwrap();
            assert_eq!(numbers(&page), [Some(1)], "{body}");
            assert_eq!((page.total(), page.facts.token.as_deref()), (total, token), "{body}");
        }
    }

    #[test]
    fn a_page_cannot_lose_everybody_in_silence() {
        for (body, why) in [
            (r#"{"total":3,"limit":9,"offset":0,"users":[{"id":1}]}"#, "but a list `users`"),
            (r#"{"limit":9,"users":[{"id":1}]}"#, "but a list `users`"),
            (r#"{"items":null,"total":3}"#, "though it counts 3 items"),
            (r#"{"items":null,"total":"3"}"#, "though it counts 3 items"),
            (r#"{"total":3,"limit":9}"#, "though it counts 3 items"),
            (r#"{"pages":2,"perPage":9}"#, "though it counts 2 pages"),
        ] {
            let error = page(Paging::offset(9), "items", body).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Decode, "{body}");
            let text = error.to_string();
            assert!(text.contains("no list `items`") && text.contains(why), "{body}: {text}");
        }
    }

    #[test]
    fn a_null_list_is_empty_but_an_answer_that_is_no_page_is_an_error() {
        for body in [r#"{"items":null}"#, r#"{"total":0}"#, r#"{"items":[]}"#] {
            assert!(page(Paging::offset(9), "items", body).unwrap().items.is_empty(), "{body}");
        }
        for body in [r#"{"users":[1]}"#, r#"{"code":5,"message":"x"}"#, "{}", "[]", "null", r#"{"items":7}"#]
        {
            assert!(page(Paging::offset(9), "items", body).is_err(), "{body}");
        }
    }
}
