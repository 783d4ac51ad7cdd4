//! What was typed, as the values of an operation.

use std::{fmt::Display, fs, io::Read, path::Path, str::FromStr, time::SystemTime};

use clap::ArgMatches;
use orglib::{
    NamedOperation,
    code42::{OrgGuid, OrgReference, Organizations},
    models::{
        Email, Reference, UserId,
        shape::{Kind, Object},
        value::{Value, Values},
    },
};

use super::{
    Row,
    grammar::{BODY_FILE, CLEAR},
    leaves::{Leaf, leaves, organization},
    passwords::{self, MadeUp},
};
use crate::{commands::mailboxes::shared_id, failure::Failure, session::Session, when::When};

/// What was typed for one command.
pub(super) struct Given {
    /// The options that there are.
    options: Vec<String>,
    leaves: Vec<(Leaf, Vec<String>)>,
    values: Values,
    organization: Option<&'static str>,
    made_up: Vec<MadeUp>,
}

impl Given {
    /// Reads what was typed; files too.
    pub(super) fn read(
        row: &Row,
        operation: &NamedOperation,
        matches: &ArgMatches,
        now: SystemTime,
    ) -> Result<Self, Failure> {
        let mut values = Values::new();
        let all = leaves(row, operation);
        if let Some(file) = typed(matches, BODY_FILE).first() {
            values = body(Path::new(file), &all)?;
        }
        for option in typed(matches, CLEAR) {
            let cleared = all.iter().find(|leaf| leaf.option == option);
            set(&mut values, cleared.map_or(option.as_str(), |leaf| &leaf.name), Value::Null)?;
        }
        for (name, value) in row.fixed {
            set(&mut values, name, *value)?;
        }
        let mut made_up = Vec::new();
        let option = |leaf: &Leaf| match leaf.shape.kind {
            Kind::Secret => format!("{}-file", leaf.option),
            _ => leaf.option.clone(),
        };
        let options = all.iter().filter(|leaf| !leaf.positional).map(option).collect();
        let mut given = Vec::new();
        for leaf in all {
            let mut texts = typed(matches, &leaf.name);
            match leaf.shape.kind {
                Kind::Secret => {
                    for text in &mut texts {
                        *text = read(Path::new(text))?.trim_end_matches(['\r', '\n']).to_owned();
                        if text.is_empty() {
                            return Err(wrong(&leaf, &"there is nothing in the file"));
                        }
                    }
                    for file in typed(matches, &passwords::option(&leaf)) {
                        let new = MadeUp::new(file)?;
                        texts.push(new.secret().to_owned());
                        made_up.push(new);
                    }
                }
                Kind::Bytes => {
                    for text in &texts {
                        values.set_bytes(&leaf.name, bytes(Path::new(text))?);
                    }
                }
                Kind::Time | Kind::Date => {
                    for text in &mut texts {
                        let when: When = text.parse().map_err(|error| wrong(&leaf, &error))?;
                        *text = when.begins(now).to_string();
                        if let Kind::Date = leaf.shape.kind {
                            text.truncate("2026-11-20".len());
                        }
                    }
                }
                _ => {}
            }
            if !texts.is_empty() {
                given.push((leaf, texts));
            }
        }
        Ok(Self { options, leaves: given, values, organization: organization(operation), made_up })
    }

    /// Keeps the secrets that were made up.
    pub(super) fn keep_secrets(&self) -> Result<(), Failure> {
        self.made_up.iter().try_for_each(MadeUp::keep)
    }

    /// Whether one of these is given, in an option or in a file.
    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| {
            self.leaves.iter().any(|(leaf, _)| leaf.name == *name) || self.values.get(name).is_some()
        })
    }

    /// The values with an id for each address, whatever id: so that all else is checked before anything is sent.
    pub(super) fn provisional(&self, session: &Session) -> Result<Values, Failure> {
        let mut values = self.base(session)?;
        for (leaf, texts) in &self.leaves {
            let ids = texts.iter().map(|text| match by_name(leaf, text) {
                true => some_id(leaf, text),
                false if may_be_named(leaf) && text.parse::<u64>().is_err() => {
                    let known = text.parse::<Reference<UserId>>();
                    known.map(|_| text.clone()).map_err(|error| wrong(leaf, &error))
                }
                false => Ok(text.clone()),
            });
            put(&mut values, leaf, ids.collect::<Result<_, _>>()?)?;
        }
        Ok(values)
    }

    /// The values with the ids of those who are named by address.
    pub(super) async fn resolved(&self, session: &Session) -> Result<Values, Failure> {
        let mut values = self.base(session)?;
        self.look_up(session).await?;
        for (leaf, texts) in &self.leaves {
            let mut ids = Vec::new();
            for text in texts {
                ids.push(match by_name(leaf, text) {
                    true => resolve(leaf, text, session).await?,
                    false => text.clone(),
                });
            }
            put(&mut values, leaf, ids)?;
        }
        Ok(values)
    }

    /// Looks up at once all who are named by address, so that many cost one reading of their list. The session keeps
    /// what it finds.
    async fn look_up(&self, session: &Session) -> Result<(), Failure> {
        let (mut users, mut groups, mut departments) = (Vec::new(), Vec::new(), Vec::new());
        for (leaf, texts) in &self.leaves {
            for name in texts.iter().filter(|text| by_name(leaf, text)) {
                match leaf.shape.kind {
                    Kind::User => users.push(parsed(leaf, name)?),
                    Kind::Group => groups.push(parsed(leaf, name)?),
                    Kind::Department => departments.push(parsed(leaf, name)?),
                    _ => {}
                }
            }
        }
        if users.len() + groups.len() + departments.len() > 0 {
            let resolver = session.resolver()?;
            resolver.users(&users).await?;
            resolver.groups(&groups).await?;
            resolver.departments(&departments).await?;
        }
        Ok(())
    }

    /// Whether nothing was typed that changes the thing that is named.
    pub(super) fn changes_nothing(&self) -> bool {
        self.values == Values::new() && self.leaves.iter().all(|(leaf, _)| leaf.positional)
    }

    /// The names of the options that there are.
    pub(super) fn options(&self) -> impl Iterator<Item = &str> {
        self.options.iter().map(String::as_str)
    }

    /// What the command is about, for people: what stands by its place.
    pub(super) fn object(&self) -> String {
        let named = self.leaves.iter().filter(|(leaf, _)| leaf.positional);
        named.flat_map(|(_, texts)| texts.iter().map(String::as_str)).collect::<Vec<_>>().join(" ")
    }

    /// The name of that and its id, where an id alone says little: of an organisation of Code42.
    pub(super) async fn name(&self, session: &Session) -> Result<Option<String>, Failure> {
        let is_organization = |leaf: &Leaf| leaf.positional && matches!(leaf.shape.kind, Kind::Id("OrgGuid"));
        let named = self.leaves.iter().find(|(leaf, _)| is_organization(leaf));
        let Some((leaf, [id])) = named.map(|(leaf, texts)| (leaf, texts.as_slice())) else { return Ok(None) };
        let organizations = Organizations::new(session.console().clone());
        let found = organizations.resolve(&parsed(leaf, id)?).await?;
        Ok(Some(format!("{} ({id})", found.org_name)))
    }

    fn base(&self, session: &Session) -> Result<Values, Failure> {
        let mut values = self.values.clone();
        if let Some(name) = self.organization {
            set(&mut values, name, session.org()?.to_string())?;
        }
        Ok(values)
    }
}

fn typed(matches: &ArgMatches, id: &str) -> Vec<String> {
    let given = matches.try_get_many::<String>(id).ok().flatten();
    given.into_iter().flatten().cloned().collect()
}

/// Whether an address does as well as the id.
fn may_be_named(leaf: &Leaf) -> bool {
    matches!(leaf.shape.kind, Kind::User | Kind::Group | Kind::Department | Kind::Mailbox)
}

/// Whether a text names by something else than the id that the operation wants.
fn by_name(leaf: &Leaf, text: &str) -> bool {
    match leaf.shape.kind {
        _ if may_be_named(leaf) => text.contains('@'),
        Kind::Id("OrgGuid") => text.parse::<OrgGuid>().is_err(),
        _ => false,
    }
}

/// An id, whatever id, for a name that is one.
fn some_id(leaf: &Leaf, name: &str) -> Result<String, Failure> {
    match leaf.shape.kind {
        Kind::Id("OrgGuid") => {
            name.parse::<OrgReference>().map_err(|error| wrong(leaf, &error))?;
            Ok("00000000-0000-0000-0000-000000000000".to_owned())
        }
        _ => {
            name.parse::<Email>().map_err(|error| wrong(leaf, &error))?;
            Ok("1".to_owned())
        }
    }
}

/// The id of what is named.
async fn resolve(leaf: &Leaf, name: &str, session: &Session) -> Result<String, Failure> {
    Ok(match leaf.shape.kind {
        Kind::Group => session.resolver()?.group(&parsed(leaf, name)?).await?.to_string(),
        Kind::Department => session.resolver()?.department(&parsed(leaf, name)?).await?.to_string(),
        Kind::Mailbox => shared_id(&parsed(leaf, name)?, session).await?.to_string(),
        Kind::Id("OrgGuid") => {
            Organizations::new(session.console().clone()).guid(&parsed(leaf, name)?).await?.to_string()
        }
        _ => session.resolver()?.user(&parsed(leaf, name)?).await?.to_string(),
    })
}

fn parsed<T: FromStr<Err: Display>>(leaf: &Leaf, name: &str) -> Result<T, Failure> {
    name.parse().map_err(|error| wrong(leaf, &error))
}

fn put(values: &mut Values, leaf: &Leaf, mut texts: Vec<String>) -> Result<(), Failure> {
    let json =
        |text: &str| serde_json::from_str(text).map_err(|error| wrong(leaf, &format!("give JSON ({error})")));
    let value = |text: String| match leaf.shape.kind {
        Kind::Json => json(&text),
        Kind::Object(_) if text.trim_start().starts_with('{') => json(&text),
        Kind::Object(object) => Ok(item(object(), &text)),
        _ => Ok(Value::String(text)),
    };
    if let Kind::Bytes = leaf.shape.kind {
        return Ok(());
    }
    let value = match (leaf.shape.many, texts.pop()) {
        (false, Some(text)) => value(text)?,
        (true, last) => Value::Array(texts.into_iter().chain(last).map(value).collect::<Result<_, _>>()?),
        (false, None) => return Ok(()),
    };
    set(values, &leaf.name, value)
}

/// An object in short: the value of its first field, then others as `name=value`, a flag by its name alone. Names that
/// nothing has are found when the operation is made.
fn item(object: &Object, text: &str) -> Value {
    let mut fields = serde_json::Map::new();
    for (place, part) in text.split(',').enumerate() {
        let is_named =
            |(name, _): &(&str, &str)| place > 0 || object.fields.iter().any(|field| field.name == *name);
        let (name, value) = match (part.split_once('=').filter(is_named), object.fields.first()) {
            (Some((name, value)), _) => (name, value),
            (None, Some(first)) if place == 0 => (first.name, part),
            (None, _) => (part, "true"),
        };
        fields.insert(name.trim().to_owned(), value.into());
    }
    Value::Object(fields)
}

fn set(values: &mut Values, name: &str, value: impl Into<Value>) -> Result<(), Failure> {
    values.set(name, value).map_err(|error| Failure::usage(error.to_string()))
}

fn wrong(leaf: &Leaf, error: &dyn std::fmt::Display) -> Failure {
    Failure::usage(format!("`{}`: {error}", leaf.option))
}

/// A whole body. Of an operation whose body is one value, its fields stand beneath the name of that.
fn body(file: &Path, leaves: &[Leaf]) -> Result<Values, Failure> {
    let refuse = |why: String| Failure::usage(format!("{}: {why}", file.display()));
    let read: Value = serde_norway::from_str(&read(file)?).map_err(|error| refuse(error.to_string()))?;
    let whole = leaves.iter().find_map(|leaf| leaf.whole);
    match (whole, read) {
        (Some(name), read) => {
            let mut values = Values::new();
            set(&mut values, name, read)?;
            Ok(values)
        }
        (None, Value::Object(object)) => Ok(object.into()),
        (None, _) => Err(refuse("give an object: its fields by name".to_owned())),
    }
}

fn read(file: &Path) -> Result<String, Failure> {
    let refuse = |error| Failure::usage(format!("{}: not a text in UTF-8: {error}", file.display()));
    String::from_utf8(bytes(file)?).map_err(refuse)
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let refuse = |error: std::io::Error| Failure::usage(format!("{}: {error}", file.display()));
    if file.as_os_str() != "-" {
        return fs::read(file).map_err(refuse);
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(refuse)?;
    Ok(bytes)
}
