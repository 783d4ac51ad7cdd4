//! Three runners: a list, one object, a change.

use clap::ArgMatches;
use orglib::{JsonPages, NamedCall, NamedOperation, transport::Request};
use serde_json::value::RawValue;
use serde_norway::Value;

use super::{Risk, Row, given::Given};
use crate::{
    arguments::GlobalOptions,
    console,
    failure::Failure,
    output::{Kind, Rows, Shape},
    redacted,
    session::Session,
};

/// Runs the command of a row.
pub(crate) async fn run(row: &Row, matches: &ArgMatches, global: &GlobalOptions) -> Result<(), Failure> {
    let Some(operation) = row.named() else {
        return Err(Failure::other(format!("there is no operation {}", row.operation)));
    };
    let session = Session::open(global).await?;
    let client = session.client();
    let given = console::waiting({
        let (matches, now) = (matches.clone(), client.clock().now());
        move || Given::read(&operation, &matches, now)
    })
    .await?;
    client.named(operation, given.provisional(&session)?)?.request()?;
    let output = output(&operation, row, global)?;
    let call = client.named(operation, given.resolved(&session).await?)?;
    match (row.risk, output) {
        (Risk::Reads, Output::List(rows)) => list(call.pages()?, rows).await,
        (Risk::Reads, output) => answered(output, &call.send().await?),
        (_, output) => change(row, call, output, &given.object(), global).await,
    }
}

/// Where an answer goes.
enum Output {
    Nothing,
    Object(Rows),
    /// A list that comes whole.
    Whole(Rows),
    /// A list that comes in pages.
    List(Rows),
}

/// Opens the output, and refuses what cannot be written.
fn output(operation: &NamedOperation, row: &Row, global: &GlobalOptions) -> Result<Output, Failure> {
    let meta = operation.homes().0;
    if matches!(meta.output.kind, orglib::models::shape::Kind::Nothing) {
        return Ok(Output::Nothing);
    }
    let kind = if meta.output.many { Kind::List } else { Kind::Object };
    let rows = Rows::open(global, kind, &Shape::of_output(&meta.output, row.table))?;
    Ok(match (operation.answers_in_pages(), kind) {
        (true, _) => Output::List(rows),
        (false, Kind::List) => Output::Whole(rows),
        (false, Kind::Object) => Output::Object(rows),
    })
}

/// Writes the items of a list as they come; see `commands::list`.
async fn list(mut pages: JsonPages, mut rows: Rows) -> Result<(), Failure> {
    let mut unread = 0_u64;
    while let Some(page) = pages.next().await {
        for item in page?.items {
            match item {
                Ok(item) => rows.write(&value(&item)?)?,
                Err(error) => {
                    console::say(&format!("orglib: {error}"));
                    unread += 1;
                }
            }
        }
        rows.flush()?;
    }
    rows.finish()?;
    match unread {
        0 => Ok(()),
        count => Err(Failure::partial(format!("{count} of the list could not be read; each is named above"))),
    }
}

fn answered(output: Output, answer: &RawValue) -> Result<(), Failure> {
    match (output, value(answer)?) {
        (Output::Nothing, _) => Ok(()),
        (Output::Whole(mut rows), Value::Sequence(items)) => {
            items.iter().try_for_each(|item| rows.write(item))?;
            rows.finish()
        }
        (Output::Object(mut rows) | Output::Whole(mut rows) | Output::List(mut rows), object) => {
            rows.write(&object)?;
            rows.finish()
        }
    }
}

async fn change(
    row: &Row,
    call: NamedCall,
    output: Output,
    object: &str,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let what = [call.meta().summary().trim_end_matches('.'), object].join(" ");
    if global.dry_run {
        console::say(&format!("would send {}", shown(&call.request()?)));
        return Ok(());
    }
    if row.risk == Risk::Deletes {
        console::confirm(&format!("{}?", what.trim_end()), global.yes).await?;
    }
    let says_so = matches!(output, Output::Nothing) && !global.quiet;
    answered(output, &call.send().await?)?;
    if says_so {
        console::say(&format!("done: {}", what.trim_end()));
    }
    Ok(())
}

fn value(json: &RawValue) -> Result<Value, Failure> {
    serde_json::from_str(json.get())
        .map_err(|error| Failure::not_understood(format!("the answer cannot be shown: {error}")))
}

/// The request on one line, without secrets.
fn shown(request: &Request) -> String {
    let query: Vec<_> = request.url.query_pairs().into_owned().collect();
    let target = redacted::target(request.url.path(), &query);
    let body = request.body.as_bytes().map(|body| String::from_utf8_lossy(body).into_owned());
    let body = body.filter(|body| !body.is_empty()).map(|body| format!(" {}", redacted::body(&body)));
    format!("{} {target}{}", request.method, body.unwrap_or_default())
}
