//! What all lists and objects have in common.

use futures::{FutureExt, Stream, StreamExt};
use orglib::{List, PagedOperation};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
};

/// Says what a change would make of what there is, field by field.
pub(super) fn say_change<T: Serialize>(what: &str, before: &T, wanted: &T) -> Result<(), Failure> {
    let fields = |value: &T| match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(fields)) => Ok(fields),
        _ => Err(Failure::other("what would change cannot be shown")),
    };
    let (before, wanted) = (fields(before)?, fields(wanted)?);
    let mut changes: Vec<_> = wanted
        .iter()
        .filter(|(name, value)| before.get(*name) != Some(*value))
        .map(|(name, value)| {
            format!("{name} from {} to {value}", before.get(name).unwrap_or(&serde_json::Value::Null))
        })
        .collect();
    if changes.is_empty() {
        changes.push("nothing".to_owned());
    }
    console::say(&format!("would change of {what}: {}", changes.join(", ")));
    Ok(())
}

/// Says that a service did not keep what it took with success.
pub(super) fn kept(is_kept: bool) -> Result<(), Failure> {
    match is_kept {
        true => Ok(()),
        false => Err(Failure::partial(
            "the service took the change, but shows something else now; read what is there",
        )),
    }
}

/// The least that an object of the directory consists of.
const SAMPLE: &str = r#"{"id":1}"#;

/// The columns of an object that needs no more than an id.
pub(super) fn shape<T: DeserializeOwned + Serialize>(table: &[&str]) -> Result<Shape, Failure> {
    let sample: T = serde_json::from_str(SAMPLE)
        .map_err(|error| Failure::other(format!("the columns are not known: {error}")))?;
    Shape::of(&sample, table)
}

/// Writes the items of a list as they come.
///
/// An item that cannot be read is named and left out, and the command ends as "done in part". A page that cannot be
/// had ends the list: what came before it has been written where the form allows it.
pub(super) async fn write<O>(list: List<O>, rows: Rows) -> Result<(), Failure>
where
    O: PagedOperation,
    O::Item: Serialize,
{
    write_some(list, rows, |_| true).await
}

/// The same for those items that are wanted.
pub(super) async fn write_some<O>(
    list: List<O>,
    mut rows: Rows,
    is_wanted: impl Fn(&O::Item) -> bool,
) -> Result<(), Failure>
where
    O: PagedOperation,
    O::Item: Serialize,
{
    let mut items = list.stream();
    let mut unread = 0_u64;
    while let Some(item) = next(&mut items, &mut rows).await? {
        match item {
            Ok(item) if is_wanted(&item) => rows.write(&item)?,
            Ok(_) => {}
            Err(error) if error.is_of_item() => {
                console::say(&format!("orglib: {error}"));
                unread += 1;
            }
            // The list could not be followed to its end: what came is not the whole of it.
            Err(error) => return Err(error.into()),
        }
    }
    rows.finish()?;
    match unread {
        0 => Ok(()),
        count => Err(Failure::partial(format!("{count} of the list could not be read; each is named above"))),
    }
}

/// The next item. Before a wait, what has been written is let go.
pub(super) async fn next<S>(items: &mut S, rows: &mut Rows) -> Result<Option<S::Item>, Failure>
where
    S: Stream + Unpin,
{
    match items.next().now_or_never() {
        Some(item) => Ok(item),
        None => {
            rows.flush()?;
            Ok(items.next().await)
        }
    }
}

/// Writes one object.
pub(super) fn write_object<T: Serialize>(mut rows: Rows, object: &T) -> Result<(), Failure> {
    rows.write(object)?;
    rows.finish()
}

/// The output of one object that needs no more than an id.
pub(super) fn object_rows<T: DeserializeOwned + Serialize>(global: &GlobalOptions) -> Result<Rows, Failure> {
    Rows::open(global, Kind::Object, &shape::<T>(&[])?)
}
