//! Finding one thing by its address, among what a service sends.

use std::fmt::Display;

use orglib_core::{Error, List, PagedOperation};
use orglib_models::Email;

/// The address in a text.
pub(crate) fn address(operation: &'static str, text: &str) -> Result<Email, Error> {
    text.parse().map_err(|error: orglib_models::InvalidEmail| Error::build(operation, error.to_string()))
}

/// The one item of a list that answers to an address. A service that does not search sends whatever it has: each item is
/// compared, and two that answer are refused, since one of them is not the one that is meant.
pub(crate) async fn the_only<O: PagedOperation, Id: PartialEq + Display>(
    what: &str,
    email: &Email,
    list: List<O>,
    answers: impl Fn(&O::Item) -> Option<Id>,
) -> Result<Option<O::Item>, Error> {
    let mut items = list.stream();
    let mut found: Option<(Id, O::Item)> = None;
    while let Some(item) = items.next().await {
        let item = item?;
        let Some(id) = answers(&item) else { continue };
        match &found {
            Some((first, _)) if *first != id => {
                let message = format!("several {what} answer to {email}: {first} and {id}; give the id");
                return Err(Error::build(O::META.id, message));
            }
            Some(_) => {}
            None => found = Some((id, item)),
        }
    }
    Ok(found.map(|(_, item)| item))
}
