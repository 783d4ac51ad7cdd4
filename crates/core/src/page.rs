//! One page of a list.

use std::{
    fmt,
    hash::{DefaultHasher, Hasher},
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
        let RawPage { items, facts, hash } = raw_page(&response)?;
        let items = items.into_iter().enumerate();
        let items = items.map(|(index, item)| read_item(&response, index, item)).collect();
        Ok(Self { items, facts, hash })
    }
}

/// A page whose items are not read yet: the same code for all of them.
struct RawPage<'a> {
    items: Vec<&'a RawValue>,
    facts: PageFacts,
    hash: u64,
}

fn raw_page(response: &RawResponse) -> Result<RawPage<'_>, Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(&response.body);
    PageSeed { response }.deserialize(&mut deserializer).map_err(|error| Error::decode(response, "", &error))
}

struct PageSeed<'a> {
    response: &'a RawResponse,
}

impl<'de> DeserializeSeed<'de> for PageSeed<'_> {
    type Value = RawPage<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawPage<'de>, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for PageSeed<'_> {
    type Value = RawPage<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a page with a list `{}`", self.response.list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawPage<'de>, A::Error> {
        let (mut items, mut hash) = (None, 0);
        let mut is_page = false;
        let mut other_list = None;
        let mut facts = PageFacts::default();
        let is_token =
            matches!(self.response.paging.map(|paging| paging.style), Some(crate::PagingStyle::Token) | None);
        while let Some(key) = map.next_key::<String>()? {
            is_page |= key == self.response.list || PAGE_KEYS.contains(&key.as_str());
            match key.as_str() {
                name if name == self.response.list => {
                    let read = map.next_value_seed(ItemsSeed)?;
                    hash = read.as_ref().map_or(0, |(_, hash)| *hash);
                    items = read.map(|(items, _)| items);
                }
                "limit" | "perPage" | "per_page" => facts.size = map.next_value::<Fact>()?.number(),
                "total" | "totalCount" => facts.total = map.next_value::<Fact>()?.number(),
                "pages" => facts.pages = map.next_value::<Fact>()?.number(),
                "nextPageToken" | "next_page_token" | "iteration_key" | "iterationKey" if is_token => {
                    facts.token = map.next_value::<Fact>()?.text();
                }
                _ => {
                    let value = map.next_value::<&'de RawValue>()?.get();
                    let is_list =
                        value.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
                    other_list = other_list.or(is_list.then_some(key));
                }
            }
        }
        if let (None, Some(why)) = (&items, self.why_not_empty(is_page, &facts, other_list)) {
            return Err(de::Error::custom(format_args!(
                "the answer has no list `{}`{why}",
                self.response.list
            )));
        }
        Ok(RawPage { items: items.unwrap_or_default(), facts, hash })
    }
}

impl PageSeed<'_> {
    /// Why an answer without its list, or with null there, cannot be taken for an empty page: anything that says there
    /// is something. Nothing where it can.
    fn why_not_empty(&self, is_page: bool, facts: &PageFacts, other_list: Option<String>) -> Option<String> {
        if let Some(other) = other_list {
            return Some(format!(", but a list `{other}`"));
        }
        match (facts.total, facts.pages) {
            (Some(total), _) if total > 0 => Some(format!(", though it counts {total} items")),
            (_, Some(pages)) if pages > 1 => Some(format!(", though it counts {pages} pages")),
            _ => (!is_page).then(String::new),
        }
    }
}

/// The keys by which an answer without its list is still known for a page, and not for something else that
/// happens to be an object.
const PAGE_KEYS: &[&str] =
    &["limit", "perPage", "total", "totalCount", "pages", "nextPageToken", "iteration_key"];

/// The list of a page, which may be null.
struct ItemsSeed;

impl<'de> DeserializeSeed<'de> for ItemsSeed {
    type Value = Option<(Vec<&'de RawValue>, u64)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ItemsSeed {
    type Value = Option<(Vec<&'de RawValue>, u64)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or null")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::with_capacity(list.size_hint().unwrap_or(0).min(1000));
        let mut hasher = DefaultHasher::new();
        while let Some(item) = list.next_element::<&'de RawValue>()? {
            hasher.write(item.get().as_bytes());
            items.push(item);
        }
        Ok(Some((items, hasher.finish())))
    }
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
