//! Three runners: a list, one object, a change.

use clap::ArgMatches;
use orglib::{
    Generation, Host, JsonPages, NamedCall, NamedOperation, Page, TaskRole, models::shape::Kind as Shown,
    transport::Request,
};
use serde_json::value::RawValue;
use serde_norway::Value;

use super::{
    Risk, Row, files,
    given::Given,
    grammar::{COUNT, GENERATION, PAGE, PAGE_SIZE},
    tasks,
    whole::Held,
};
use crate::{
    commands, console,
    failure::Failure,
    options::GlobalOptions,
    output::{Destination, Kind, Rows, Shape},
    redacted,
    session::Session,
};

/// Runs the command of a row.
pub(crate) async fn run(row: &Row, matches: &ArgMatches, global: &GlobalOptions) -> Result<(), Failure> {
    let Some(operation) = row.named() else {
        return Err(Failure::other(format!("there is no operation {}", row.operation)));
    };
    let session = match operation.homes().0.host {
        Host::Code42 => commands::code42::session(global)?,
        Host::Code42Gateway => commands::code42::gateway_session(global)?,
        _ => Session::open(global).await?,
    };
    let session = match typed_generation(matches) {
        Some(generation) => session.in_generation(generation),
        None => session,
    };
    let now = session.client().clock().now();
    let counts = matches.try_get_one(COUNT).ok().flatten() == Some(&true);
    let only = only_page(operation, matches);
    let flagged = tasks::is_given(operation.task_role(), matches);
    let held = Held::of(row, matches)?;
    let (row, matches) = (*row, matches.clone());
    let given = console::waiting(move || Given::read(&row, &operation, &matches, now)).await?;
    check(operation, &given, &session)?;
    if operation.answers_in_pages() && counts {
        return count(session.client().named(operation, given.resolved(&session).await?)?, global).await;
    }
    let output = output(&operation, &row, global)?;
    let call = session.client().named(operation, given.resolved(&session).await?)?;
    let name = match says_name(&row, global) {
        true => given.name(&session).await?,
        false => None,
    };
    let asks = row.risk == Risk::TakesAway || given.has_any(row.asks);
    let about = About { given: &given, name, waits: !flagged, asks };
    match (row.risk, output) {
        // Whatever the row says of it: what goes on is never left to itself in silence.
        (_, output @ Output::Task(_)) => change(&row, call, output, &about, global).await,
        (Risk::Reads, Output::List(rows)) => match only {
            Some((number, size)) => page(call, number, size, rows).await,
            None => list(call.pages()?, rows).await,
        },
        (Risk::Reads, Output::File(to)) => files::save(&row, call, to, global).await,
        (Risk::Reads, Output::Object(rows)) if flagged => tasks::wait(call, rows, global).await,
        (Risk::Reads, output) => answered(output, &call.send().await?),
        (_, output) => match held {
            Some(held) => held.replace(&row, call, output, about, global, &session).await,
            None => change(&row, call, output, &about, global).await,
        },
    }
}

fn typed_generation(matches: &ArgMatches) -> Option<Generation> {
    match matches.try_get_one::<String>(GENERATION).ok().flatten()?.as_str() {
        "legacy" => Some(Generation::Legacy),
        _ => Some(Generation::Current),
    }
}

/// Refuses what cannot be sent, before anything is: the addresses of people are not looked up yet.
pub(super) fn check(operation: NamedOperation, given: &Given, session: &Session) -> Result<(), Failure> {
    session.client().named(operation, given.provisional(session)?)?.request()?;
    if operation.homes().0.method == "PATCH" && given.changes_nothing() {
        let options = given.options().map(|option| format!("--{option}")).collect::<Vec<_>>().join(", ");
        return Err(Failure::usage(format!("nothing to change; give at least one of {options}")));
    }
    Ok(())
}

/// What a change is about.
pub(super) struct About<'a> {
    given: &'a Given,
    /// Its name and id, where people are told them and an id alone says little.
    name: Option<String>,
    /// Whether the end is waited for of what goes on.
    waits: bool,
    /// Whether people are asked first.
    pub(super) asks: bool,
}

impl About<'_> {
    /// What is done, and to what.
    pub(super) fn what(&self, row: &Row) -> String {
        let summary = row.named().map_or("", |operation| row.summary(&operation));
        let object = self.name.clone().unwrap_or_else(|| self.given.object());
        if object.is_empty() { summary.to_owned() } else { format!("{summary}: {object}") }
    }
}

/// Whether people are told what would be changed before it is.
fn says_name(row: &Row, global: &GlobalOptions) -> bool {
    match row.risk {
        Risk::Reads => false,
        Risk::Changes => global.dry_run,
        Risk::TakesAway => global.dry_run || !global.yes,
    }
}

/// Where an answer goes.
pub(super) enum Output {
    Nothing,
    Object(Rows),
    /// A list that comes whole.
    Whole(Rows),
    /// A list that comes in pages.
    List(Rows),
    /// Something that goes on after its answer.
    Task(Rows),
    File(Destination),
}

/// Opens the output, and refuses what cannot be written.
fn output(operation: &NamedOperation, row: &Row, global: &GlobalOptions) -> Result<Output, Failure> {
    let meta = operation.homes().0;
    match meta.output.kind {
        Shown::Nothing => return Ok(Output::Nothing),
        Shown::Bytes => return Ok(Output::File(files::open(global)?)),
        _ if operation.task_role() == TaskRole::Starts => {
            return Ok(Output::Task(Rows::open(global, Kind::Object, &tasks::shape())?));
        }
        _ => {}
    }
    let kind = if meta.output.many { Kind::List } else { Kind::Object };
    let rows = Rows::open(global, kind, &Shape::of_output(&meta.output, row.table).where_any(row.where_any))?;
    Ok(match (operation.answers_in_pages(), kind) {
        (true, _) => Output::List(rows),
        (false, Kind::List) => Output::Whole(rows),
        (false, Kind::Object) => Output::Object(rows),
    })
}

/// Writes how many items a list has: as the service counts, or by reading all of them.
async fn count(call: NamedCall, global: &GlobalOptions) -> Result<(), Failure> {
    let mut rows = Rows::open(global, Kind::Object, &Shape::flat(&["total"], &[]))?;
    let total = match call.total().await? {
        Some(total) => total,
        None => {
            let (mut pages, mut read) = (call.pages()?, 0);
            while let Some(page) = pages.next().await {
                read += page?.items.len() as u64;
            }
            read
        }
    };
    rows.write(&serde_json::json!({ "total": total }))?;
    rows.finish()
}

/// The number and the size of the one page that is wanted, if only one is.
fn only_page(operation: NamedOperation, matches: &ArgMatches) -> Option<(u32, u32)> {
    let number = |id| matches.try_get_one::<u32>(id).ok().flatten().copied();
    let most = operation.homes().0.paging.map_or(1, |paging| paging.max);
    Some((number(PAGE)?, number(PAGE_SIZE).unwrap_or(most)))
}

/// Writes the items of a list as they come; see `commands::list`.
async fn list(mut pages: JsonPages, mut rows: Rows) -> Result<(), Failure> {
    let mut unread = 0;
    while let Some(page) = pages.next().await {
        unread += items(page?, &mut rows)?;
        rows.flush()?;
    }
    rows.finish()?;
    all_read(unread)
}

/// Writes the items of one page of a list.
async fn page(call: NamedCall, number: u32, size: u32, mut rows: Rows) -> Result<(), Failure> {
    let unread = items(call.page_at(number, size).await?, &mut rows)?;
    rows.finish()?;
    all_read(unread)
}

/// Writes the items of a page, and gives how many could not be read.
fn items(page: Page<Box<RawValue>>, rows: &mut Rows) -> Result<u64, Failure> {
    let mut unread = 0;
    for item in page.items {
        match item {
            Ok(item) => rows.write(&value(&item)?)?,
            Err(error) => {
                console::say(&format!("orglib: {error}"));
                unread += 1;
            }
        }
    }
    Ok(unread)
}

fn all_read(unread: u64) -> Result<(), Failure> {
    match unread {
        0 => Ok(()),
        count => Err(Failure::partial(format!("{count} of the list could not be read; each is named above"))),
    }
}

fn answered(output: Output, answer: &RawValue) -> Result<(), Failure> {
    match (output, value(answer)?) {
        (Output::Nothing | Output::File(_), _) => Ok(()),
        (Output::Whole(mut rows), Value::Sequence(items)) => {
            items.iter().try_for_each(|item| rows.write(item))?;
            rows.finish()
        }
        (
            Output::Object(mut rows)
            | Output::Whole(mut rows)
            | Output::List(mut rows)
            | Output::Task(mut rows),
            object,
        ) => {
            rows.write(&object)?;
            rows.finish()
        }
    }
}

pub(super) async fn change(
    row: &Row,
    call: NamedCall,
    output: Output,
    about: &About<'_>,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let what = about.what(row);
    if global.dry_run {
        let name = about.name.iter().map(|name| format!(" for {name}")).collect::<String>();
        console::say(&format!("would send {}{name}", shown(&call.request()?)));
        return Ok(());
    }
    if about.asks {
        console::confirm(&format!("{what}?"), global.yes).await?;
    }
    if let Output::Task(rows) = output {
        return tasks::start(call, rows, about.waits, global).await;
    }
    about.given.keep_secrets()?;
    let says_so = matches!(output, Output::Nothing) && !global.quiet;
    let answer = call.send().await?;
    answered(output, &answer)?;
    if says_so {
        console::say(&format!("done: {what}"));
    }
    if row.risk == Risk::TakesAway && is_not_done(&answer) {
        return Err(Failure::other(format!(
            "the service says that it was not done ({what}); read what is there"
        )));
    }
    Ok(())
}

/// Whether an answer says that what should be gone is not. What is shown whole, with its name, says of itself that it is
/// there.
fn is_not_done(answer: &RawValue) -> bool {
    let told: Option<serde_json::Map<String, serde_json::Value>> = serde_json::from_str(answer.get()).ok();
    let is_false = |told: &serde_json::Map<_, _>, word: &str| told.get(word) == Some(&false.into());
    told.is_some_and(|told| {
        !told.contains_key("name") && ["removed", "deleted"].iter().any(|word| is_false(&told, word))
    })
}

pub(super) fn value(json: &RawValue) -> Result<Value, Failure> {
    serde_json::from_str(json.get())
        .map_err(|error| Failure::not_understood(format!("the answer cannot be shown: {error}")))
}

/// The request on one line, without secrets.
fn shown(request: &Request) -> String {
    let query: Vec<_> = request.url.query_pairs().into_owned().collect();
    let target = redacted::target(request.url.path(), &query);
    let body = match request.body.as_bytes().map(|body| std::str::from_utf8(body)) {
        None | Some(Ok("")) => String::new(),
        Some(Ok(text)) => format!(" {}", redacted::body(text)),
        Some(Err(_)) => format!(" ({} bytes)", request.body.as_bytes().map_or(0, |body| body.len())),
    };
    format!("{} {target}{body}", request.method)
}
