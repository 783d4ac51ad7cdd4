//! Lists that a service only replaces whole: what somebody else has changed meanwhile is never written over.

use std::{fs, path::Path};

use clap::{Arg, ArgMatches, ValueHint};
use orglib::{NAMED_OPERATIONS, NamedCall, NamedOperation, models::value::Values};
use serde_json::Value;

use super::{
    Row,
    run::{About, Output, change},
};
use crate::{console, failure::Failure, options::GlobalOptions, session::Session};

/// The option that holds a change to what was seen.
const IF_UNCHANGED: &str = "if-unchanged";

pub(super) fn argument() -> Arg {
    Arg::new(IF_UNCHANGED).long(IF_UNCHANGED).value_name("FILE").value_hint(ValueHint::FilePath).help(
        "Refuse unless what is there is what this file says, which the command that reads it has written (JSON or YAML)",
    )
}

/// What a change is held to.
pub(super) struct Held {
    read: NamedOperation,
    seen: Option<(String, Value)>,
}

impl Held {
    /// What this row is held to, if it is.
    pub(super) fn of(row: &Row, matches: &ArgMatches) -> Result<Option<Self>, Failure> {
        let Some(id) = row.whole_of else { return Ok(None) };
        let mut all = NAMED_OPERATIONS.iter().copied().flatten();
        let read = all.find(|operation| operation.homes().0.id == id).copied();
        let read = read.ok_or_else(|| Failure::other(format!("there is no operation {id}")))?;
        let file = matches.try_get_one::<String>(IF_UNCHANGED).ok().flatten();
        let seen = match file {
            Some(file) => Some((file.clone(), seen(Path::new(file))?)),
            None => None,
        };
        Ok(Some(Self { read, seen }))
    }

    async fn now(&self, session: &Session) -> Result<Value, Failure> {
        let mut values = Values::new();
        for parameter in self.read.homes().0.parameters.iter().filter(|parameter| parameter.required) {
            let set = values.set(parameter.name, session.org()?.to_string());
            set.map_err(|error| Failure::other(error.to_string()))?;
        }
        let answer = session.client().named(self.read, values)?.send().await?;
        serde_json::from_str(answer.get())
            .map(|answer| plain(&answer))
            .map_err(|error| Failure::not_understood(format!("what is there cannot be compared: {error}")))
    }

    /// Reads, asks, reads again, replaces, and reads what came of it.
    pub(super) async fn replace(
        self,
        row: &Row,
        call: NamedCall,
        output: Output,
        mut about: About<'_>,
        global: &GlobalOptions,
        session: &Session,
    ) -> Result<(), Failure> {
        let body = call.request()?.body;
        let sent: Option<Value> = body.as_bytes().and_then(|body| serde_json::from_slice(body).ok());
        let sent = plain(&sent.unwrap_or(Value::Null));
        let before = self.now(session).await?;
        if let Some((file, seen)) = self.seen.as_ref().filter(|(_, seen)| *seen != before) {
            let (then, now) = (entries(seen), entries(&before));
            return Err(Failure::changed(format!(
                "it is no more what {file} says ({then} entries then, {now} now): nothing was sent; read it again, and edit that"
            )));
        }
        let counts = format!("{} entries take the place of {}", entries(&sent), entries(&before));
        if global.dry_run {
            console::say(&counts);
        } else if about.asks {
            console::confirm(&format!("{}: {counts}?", about.what(row)), global.yes).await?;
            if self.now(session).await? != before {
                return Err(Failure::changed(
                    "somebody has changed it meanwhile: nothing was sent; try again",
                ));
            }
        }
        about.asks = false;
        change(row, call, output, &about, global).await?;
        if global.dry_run || is_in(&sent, &self.now(session).await?) {
            return Ok(());
        }
        Err(Failure::partial("the service took the change, but shows something else now; read what is there"))
    }
}

/// What a file says, JSON or YAML.
fn seen(file: &Path) -> Result<Value, Failure> {
    let refused = |why: String| Failure::usage(format!("--{IF_UNCHANGED}: {}: {why}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| refused(error.to_string()))?;
    let value: Value = serde_norway::from_str(&text).map_err(|error| refused(error.to_string()))?;
    Ok(plain(&value))
}

/// Without what is unset, keys as people write them: as both hosts, and files, say the same.
fn plain(value: &Value) -> Value {
    let is_unset = |value: &Value| {
        value.is_null() || *value == "" || value.as_object().is_some_and(serde_json::Map::is_empty)
    };
    match value {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (snake(name), plain(value)));
            Value::Object(fields.filter(|(_, value)| !is_unset(value)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(plain).collect()),
        other => other.clone(),
    }
}

/// A name on the wire as it is written here. What holds a sign is no name of a field.
fn snake(name: &str) -> String {
    if !name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_') {
        return name.to_owned();
    }
    let mut snake = String::with_capacity(name.len() + 4);
    for one in name.chars() {
        if one.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(one.to_ascii_lowercase());
    }
    snake
}

/// How many entries the list has.
fn entries(whole: &Value) -> usize {
    let lists = whole.as_object().into_iter().flatten().filter_map(|(_, value)| value.as_array());
    lists.map(Vec::len).sum()
}

/// Whether all that was sent is there. The service may tell more.
fn is_in(sent: &Value, now: &Value) -> bool {
    match (sent, now) {
        (Value::Object(sent), Value::Object(now)) => sent.iter().all(|(name, sent)| match now.get(name) {
            Some(now) => is_in(sent, now),
            // What is unset is not told.
            None => sent.as_array().is_some_and(Vec::is_empty) || *sent == false,
        }),
        (Value::Array(sent), Value::Array(now)) => {
            sent.len() == now.len() && sent.iter().zip(now).all(|(sent, now)| is_in(sent, now))
        }
        (sent, now) => {
            sent == now || sent.as_str().zip(now.as_str()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_sent_is_there_though_the_service_tells_more_and_spells_otherwise() {
        let sent = plain(
            &json!({"allowList": ["2A02::/32"], "rules": [{"terminal": false, "condition": {}, "name": "a"}]}),
        );
        let now = plain(
            &json!({"allow_list": ["2a02::/32"], "rules": [{"name": "a", "revision": 3}], "revision": 4}),
        );
        assert!(is_in(&sent, &now));
        for other in
            [json!({"allow_list": []}), json!({"allow_list": ["2a02::/32"], "rules": [{"name": "b"}]})]
        {
            assert!(!is_in(&sent, &plain(&other)), "{other}");
        }
    }

    #[test]
    fn the_words_of_conditions_are_no_names_of_fields() {
        assert_eq!(
            plain(&json!({"condition": {"$not-contains": "X", "header:X-Y": ""}})),
            json!({"condition": {"$not-contains": "X"}})
        );
    }
}
