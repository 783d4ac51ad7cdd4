//! `orglib api`.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use http::Method;
use orglib::{Host, RawResponse};
use serde_json::value::RawValue;
use serde_norway::Value;

use crate::{
    arguments::GlobalOptions,
    console,
    failure::Failure,
    output::{Destination, Format},
    session::Session,
};

#[derive(Args, Debug)]
pub(crate) struct Options {
    /// GET, POST, PUT, PATCH or DELETE
    #[arg(value_parser = method)]
    method: Method,
    /// The path, for instance /directory/v1/org
    #[arg(value_parser = path)]
    path: String,
    /// Add a query pair
    #[arg(long, short, value_name = "KEY=VALUE", value_parser = field)]
    field: Vec<(String, String)>,
    /// Send this file, which holds JSON, as the body; `-` is standard input
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// The host [default: by the path, /v1/ is cloud, the rest api360]
    #[arg(long, value_enum)]
    host: Option<HostName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum HostName {
    Api360,
    Cloud,
}

impl Options {
    fn host(&self) -> Host {
        match self.host {
            Some(HostName::Cloud) => Host::Cloud,
            Some(HostName::Api360) => Host::Api360,
            None if self.path.starts_with("/v1/") => Host::Cloud,
            None => Host::Api360,
        }
    }

    fn changes_something(&self) -> bool {
        !matches!(self.method, Method::GET | Method::HEAD | Method::OPTIONS)
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

fn field(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("give KEY=VALUE".to_owned()),
    }
}

pub(super) async fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    let printer = Printer::of(global)?;
    if [&options.input, &global.token_file].iter().all(|file| file.as_deref() == Some(Path::new("-"))) {
        return Err(Failure::usage("--input and --token-file cannot both be standard input"));
    }
    let session = Session::open(global).await?;
    let body = match &options.input {
        Some(file) => {
            let file = file.clone();
            Some(console::waiting(move || json_of(&file)).await?)
        }
        None => None,
    };
    let mut destination = Destination::open(global.output.as_deref())?;
    if options.changes_something() && global.dry_run {
        console::say(&format!("would send {} {} to {}", options.method, options.path, options.host()));
        return destination.finish();
    }
    if options.method == Method::DELETE {
        console::confirm(&format!("Delete {}?", options.path), global.yes).await?;
    }
    let mut call = session.client().raw(options.method.clone(), options.host(), options.path.as_str());
    for (key, value) in &options.field {
        call = call.query(key, value);
    }
    if let Some(body) = &body {
        call = call.json(body)?;
    }
    let response = call.send().await?;
    destination.write_all(&printer.text(&response)?).map_err(|error| Failure::output(&error))?;
    destination.finish()
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

/// How the answer is printed.
#[derive(Clone, Copy)]
enum Printer {
    /// As it came.
    Verbatim,
    Lines,
    Yaml,
}

impl Printer {
    fn of(global: &GlobalOptions) -> Result<Self, Failure> {
        if global.columns.is_some() || global.excel {
            return Err(Failure::usage("`api` prints what comes: it takes neither --columns nor --excel"));
        }
        match global.format {
            None | Some(Format::Json) => Ok(Self::Verbatim),
            Some(Format::Jsonl) => Ok(Self::Lines),
            Some(Format::Yaml) => Ok(Self::Yaml),
            Some(_) => Err(Failure::usage("`api` prints what comes: --format json, jsonl or yaml")),
        }
    }

    fn text(self, response: &RawResponse) -> Result<Vec<u8>, Failure> {
        let not_understood = |error: &dyn std::fmt::Display| {
            Failure::not_understood(format!(
                "the answer is no JSON: {error}; --format json prints it as it came"
            ))
        };
        if matches!(self, Self::Verbatim) || response.body.is_empty() {
            let mut text = response.body.to_vec();
            if text.last().is_some_and(|last| *last != b'\n') {
                text.push(b'\n');
            }
            return Ok(text);
        }
        let value: Value = serde_json::from_slice(&response.body).map_err(|error| not_understood(&error))?;
        let text = match (self, value) {
            (Self::Yaml, value) => serde_norway::to_string(&value).map_err(|error| not_understood(&error))?,
            (_, Value::Sequence(list)) => list.iter().map(|item| format!("{}\n", line(item))).collect(),
            (_, value) => format!("{}\n", line(&value)),
        };
        Ok(text.into_bytes())
    }
}

/// The value on one line, its keys in their order. What was read from JSON can be written as JSON.
fn line(value: &Value) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
