//! `orglib api`.

mod printer;

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use http::Method;
use orglib::{
    Host, OPERATIONS, RawCall,
    models::value::{Value, Values},
};
use serde_json::value::RawValue;

use self::printer::Printer;
use super::code42;
use crate::{
    console, failure::Failure, options::GlobalOptions, output::Destination, redacted, session::Session,
};

/// Call a method by its path, and print what comes
///
/// The call has the credentials, the limits and the repeated attempts of every other. It is repeated only where the
/// declared operation with this method and path may be; `orglib operations` lists them. Examples:
///
/// orglib api GET /directory/v1/org/{org_id}/users -q perPage=5
///
/// orglib api GET /directory/v1/org/{org_id}/users --paginate
///
/// orglib api PUT /admin/v1/org/{org_id}/mailboxes/shared -f email=info@example.org -f name=Info -f description=
#[derive(Args, Clone, Debug)]
pub(crate) struct Options {
    /// GET, POST, PUT, PATCH or DELETE
    #[arg(value_parser = method)]
    method: Method,
    /// The path, for instance /directory/v1/org; {org_id} stands for the organisation
    #[arg(value_parser = path)]
    path: String,
    /// Add a field with this text to the JSON body, of a GET to the query; dots reach into objects, KEY[] adds to a list
    #[arg(long, short, value_name = "KEY=TEXT", value_parser = field)]
    field: Vec<(String, String)>,
    /// The same with a JSON value: true, 5, null, ["a"]; @FILE is the text of a file
    #[arg(long, short = 'F', value_name = "KEY=JSON", value_parser = field)]
    typed_field: Vec<(String, String)>,
    /// Add a query pair, whatever the method
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = field)]
    query: Vec<(String, String)>,
    /// Send this file, which holds JSON, as the body; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["field", "typed_field"])]
    input: Option<PathBuf>,
    /// Read a list to its end, and print its items, a line each; with --format json as one list
    #[arg(long)]
    paginate: bool,
    /// The host: api360, cloud, oauth, login, code42 [default: that of the declared operation, else by the path]
    #[arg(long, value_parser = host)]
    host: Option<Host>,
}

/// The body, and the query pairs.
type Parts = (Option<Box<RawValue>>, Vec<(String, String)>);

impl Options {
    /// Where to: as said, else where the declared operation with this method and path lives, else by the path.
    fn host(&self) -> Host {
        let path = self.path.split('?').next().unwrap_or_default();
        let homes = OPERATIONS.iter().copied().flatten();
        let mut metas = homes.flat_map(|(current, legacy)| std::iter::once(*current).chain(*legacy));
        let declared = metas.find(|meta| meta.method == self.method && meta.has_path(path));
        let by_path = || if path.starts_with("/v1/") { Host::Cloud } else { Host::Api360 };
        self.host.unwrap_or_else(|| declared.map_or_else(by_path, |meta| meta.host))
    }

    fn reads(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD | Method::OPTIONS)
    }

    /// The path with the organisation filled in.
    fn path(&self, session: Option<&Session>) -> Result<String, Failure> {
        let mut path = self.path.clone();
        for name in ["{org_id}", "{orgId}"].into_iter().filter(|name| self.path.contains(name)) {
            let Some(session) = session else {
                return Err(Failure::usage(format!("{name} stands for no organisation on this host")));
            };
            path = path.replace(name, &session.org()?.to_string());
        }
        if path.contains(['{', '}']) {
            let message = "only {org_id} is filled in; put the other values into the path";
            return Err(Failure::usage(format!("{path}: {message}")));
        }
        Ok(path)
    }

    /// The body, and the query pairs.
    fn parts(&self) -> Result<Parts, Failure> {
        let mut query = self.query.clone();
        if let Some(file) = &self.input {
            return Ok((Some(json_of(file)?), query));
        }
        let texts = self.field.iter().map(|(key, text)| Ok((key, Value::String(text.clone()))));
        let typed = self.typed_field.iter().map(|(key, text)| Ok((key, typed(text)?)));
        let fields = texts.chain(typed).collect::<Result<Vec<_>, Failure>>()?;
        if self.reads() {
            query.extend(fields.iter().map(|(key, value)| ((*key).clone(), plain(value))));
            return Ok((None, query));
        }
        if fields.is_empty() {
            return Ok((None, query));
        }
        let mut values = Values::new();
        for (key, value) in fields {
            let set = match key.strip_suffix("[]") {
                Some(key) => values.push(key, value),
                None => values.set(key, value),
            };
            set.map_err(|error| Failure::usage(format!("--field {error}")))?;
        }
        let body = serde_json::to_string(&values.into_object()).and_then(RawValue::from_string);
        let body = body.map_err(|error| Failure::usage(format!("the body cannot be written: {error}")))?;
        Ok((Some(body), query))
    }
}

fn method(text: &str) -> Result<Method, String> {
    let known = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE, Method::HEAD];
    let method = known.into_iter().find(|method| method.as_str().eq_ignore_ascii_case(text));
    method.ok_or_else(|| "give GET, POST, PUT, PATCH or DELETE".to_owned())
}

fn path(text: &str) -> Result<String, String> {
    if text.starts_with('/') {
        Ok(text.to_owned())
    } else {
        Err("a path begins with `/`, for instance /directory/v1/org".to_owned())
    }
}

fn host(text: &str) -> Result<Host, String> {
    let found = Host::ALL.into_iter().find(|host| host.name() == text);
    found.ok_or_else(|| format!("hosts are {}", Host::ALL.map(Host::name).join(", ")))
}

fn field(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("give KEY=VALUE".to_owned()),
    }
}

/// The value of a typed field.
fn typed(text: &str) -> Result<Value, Failure> {
    if let Some(file) = text.strip_prefix('@') {
        let read = fs::read_to_string(file).map(Value::String);
        return read.map_err(|error| Failure::usage(format!("{file} cannot be read: {error}")));
    }
    let message = "--typed-field takes JSON: true, 5, null, [\"a\"], \"text\"; plain text goes with --field";
    serde_json::from_str(text).map_err(|_| Failure::usage(message))
}

/// A value as a query has it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(super) async fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    let printer = Printer::of(global, options.paginate)?;
    if [&options.input, &global.token_file].iter().all(|file| file.as_deref() == Some(Path::new("-"))) {
        return Err(Failure::usage("--input and --token-file cannot both be standard input"));
    }
    let host = options.host();
    // Whoever signs in to Code42 is somebody else, and the token service wants no token.
    let (client, session) = match host {
        Host::Code42 => (code42::client(global)?, None),
        Host::Code42Gateway => (code42::gateway_session(global)?.client().clone(), None),
        Host::OAuth => (Session::without_token(global)?.client().clone(), None),
        _ => {
            let session = Session::open(global).await?;
            (session.client().clone(), Some(session))
        }
    };
    let path = options.path(session.as_ref())?;
    let own = options.clone();
    let (body, query) = console::waiting(move || own.parts()).await?;
    let mut destination = Destination::open(global.output.as_deref())?;
    let printer = printer.on_terminal(destination.is_terminal());
    if !options.reads() && global.dry_run {
        let with =
            body.as_ref().map(|body| format!(" with {}", redacted::body(body.get()))).unwrap_or_default();
        let target = redacted::target(&path, &query);
        console::say(&format!("would send {} {target} to {host}{with}", options.method));
        return destination.finish();
    }
    if options.method == Method::DELETE {
        console::confirm(&format!("Delete {path}?"), global.yes).await?;
    }
    let mut call = client.raw(options.method.clone(), host, path);
    for (key, value) in &query {
        call = call.query(key, value);
    }
    if let Some(body) = &body {
        call = call.json(body)?;
    }
    if options.paginate {
        return print_pages(call, printer, destination).await;
    }
    let response = call.send().await?;
    let text = printer.text(&response.body)?;
    destination.write_all(&text).map_err(|error| Failure::output(&error))?;
    destination.finish()
}

async fn print_pages(call: RawCall, printer: Printer, mut to: Destination) -> Result<(), Failure> {
    let mut pages = call.pages()?;
    let (mut items, mut unread) = (0_u64, 0_u64);
    while let Some(page) = pages.next().await {
        for item in page?.items {
            match item {
                Ok(item) => {
                    let text = printer.item(item.get(), items == 0)?;
                    to.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
                    items += 1;
                }
                Err(error) => {
                    console::say(&format!("orglib: {}", Failure::from(error)));
                    unread += 1;
                }
            }
        }
        to.flush().map_err(|error| Failure::output(&error))?;
    }
    to.write_all(printer.end(items == 0).as_bytes()).map_err(|error| Failure::output(&error))?;
    to.finish()?;
    match unread {
        0 => Ok(()),
        count => Err(Failure::partial(format!("{count} of the list could not be read; each is named above"))),
    }
}

/// The body, as the file has it.
fn json_of(file: &Path) -> Result<Box<RawValue>, Failure> {
    let text = if file.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(file)
    };
    let text = text.map_err(|error| Failure::usage(format!("{} cannot be read: {error}", file.display())))?;
    let json = serde_json::from_str(&text);
    json.map_err(|error| Failure::usage(format!("{} is no JSON: {error}", file.display())))
}
