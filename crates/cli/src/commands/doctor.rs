//! `orglib doctor`: whether what is set up works, found out by reading.

use futures::{StreamExt, stream};
use orglib::{
    Client, Error, Host, NAMED_OPERATIONS, NamedOperation, Place, TaskRole,
    directory::ListOrganizations,
    models::{OrgId, shape::Kind as Shown, value::Values},
    oauth::GetUserInfo,
};
use serde::Serialize;

use super::command_of;
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

/// How far the clocks may be apart before somebody is told: tokens and periods are measured by them.
const CLOCK: f64 = 60.0;

/// How many reads are under way at once.
const AT_ONCE: usize = 8;

/// What came of one check.
#[derive(Serialize)]
struct Row {
    check: &'static str,
    what: String,
    state: State,
    detail: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    /// The token may not.
    NotPermitted,
    /// There is nothing of that kind, which says nothing against the token.
    NotThere,
    Failed,
}

const COLUMNS: [&str; 4] = ["check", "what", "state", "detail"];

pub(super) async fn run(global: &GlobalOptions) -> Result<(), Failure> {
    let mut rows = Rows::open(global, Kind::List, &Shape::flat(&COLUMNS, &COLUMNS))?;
    let session = Session::open(global).await?;
    if global.dry_run {
        console::say(
            "would read only: who the token belongs to, its organisations, and one page of each list",
        );
        return rows.finish();
    }
    let client = session.client();
    let mut all = Vec::new();
    let uid = token(client, &mut all).await?;
    organization(client, session.org().ok(), &mut all).await;
    if let Ok(org) = session.org() {
        all.extend(reads(client, org, uid.as_deref()).await);
    }
    for row in &all {
        rows.write(row)?;
    }
    rows.finish()?;
    let count = |state| all.iter().filter(|row| row.state == state).count();
    let (refused, failed) = (count(State::NotPermitted), count(State::Failed));
    if !global.quiet {
        console::say(&format!(
            "{} of {} checks are well; {refused} reads are not permitted. Which changes the token may make the services \
             do not tell, and nothing was changed to find out",
            count(State::Ok),
            all.len()
        ));
    }
    match failed {
        0 => Ok(()),
        _ => Err(Failure::partial(format!("{failed} checks failed; each is in the list"))),
    }
}

fn row(check: &'static str, what: impl Into<String>, outcome: Result<String, &Error>) -> Row {
    let (state, detail) = match outcome {
        Ok(detail) => (State::Ok, detail),
        Err(error) if error.is_permission_denied() => (State::NotPermitted, error.to_string()),
        Err(error) if error.is_not_found() => (State::NotThere, error.message().to_owned()),
        Err(error) => (State::Failed, error.to_string()),
    };
    Row { check, what: what.into(), state, detail }
}

/// Whose token it is, and how far the clocks are apart. Gives the owner's id.
async fn token(client: &Client, all: &mut Vec<Row>) -> Result<Option<String>, Failure> {
    let start = client.clock().now();
    let answer = client.call(GetUserInfo::new()).send_full().await;
    match &answer {
        Ok(full) => {
            let name = full.output.login.clone();
            all.push(row("token", "owner", Ok(format!("{name} ({})", full.output.id))));
            let date = full.headers.get("date").and_then(|date| date.to_str().ok());
            if let Some(there) = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok()) {
                let here = jiff::Timestamp::try_from(start).unwrap_or_default();
                let apart = there.timestamp().duration_since(here).as_secs_f64();
                let state = if apart.abs() <= CLOCK { State::Ok } else { State::Failed };
                let detail = format!("the service's clock is {apart:+.0} s from this one");
                all.push(Row { check: "clock", what: "difference".to_owned(), state, detail });
            }
        }
        Err(error) if error.is_unauthenticated() => {}
        Err(error) => all.push(row("token", "owner", Err(error))),
    }
    match answer {
        Ok(full) => Ok(Some(full.output.id.to_string())),
        // Nothing that is asked after it would be answered.
        Err(error) if error.is_unauthenticated() => Err(error.into()),
        Err(_) => Ok(None),
    }
}

/// Whether the organisation is one of the token's.
async fn organization(client: &Client, org: Option<OrgId>, all: &mut Vec<Row>) {
    match client.list(ListOrganizations::new()).try_collect().await {
        Ok(found) => {
            let names: Vec<_> = found.iter().map(|one| format!("{} {}", one.id, one.name)).collect();
            all.push(row("organization", "administered", Ok(names.join("; "))));
            let (state, detail) = match org {
                None => (State::Failed, "none is chosen: give --org ID".to_owned()),
                Some(org) if found.iter().any(|one| one.id == org) => (State::Ok, org.to_string()),
                Some(org) => (State::Failed, format!("{org} is none of these")),
            };
            all.push(Row { check: "organization", what: "chosen".to_owned(), state, detail });
        }
        Err(error) => all.push(row("organization", "administered", Err(&error))),
    }
}

/// Reads once whatever can be read of the organisation and of the token's owner alone.
async fn reads(client: &Client, org: OrgId, uid: Option<&str>) -> Vec<Row> {
    let now = jiff::Timestamp::try_from(client.clock().now()).unwrap_or_default().to_string();
    let operations = NAMED_OPERATIONS.iter().copied().flatten().copied();
    let calls = operations.filter_map(|operation| Some((operation, values(&operation, org, uid, &now)?)));
    let calls = calls.map(|(operation, values)| async move {
        let meta = operation.meta(client.endpoints());
        let what = command_of(operation.homes().0.id).map_or_else(|| meta.id.to_owned(), str::to_owned);
        let outcome = read(client, operation, values).await;
        let detail = || format!("{} ({}); {}", meta.host, meta.id, meta.scopes.names().join(", "));
        row("read", what, outcome.as_ref().map(|()| detail()))
    });
    stream::iter(calls).buffered(AT_ONCE).collect().await
}

/// Values for a harmless read: one that needs nothing but the organisation and a person.
fn values(operation: &NamedOperation, org: OrgId, uid: Option<&str>, now: &str) -> Option<Values> {
    let meta = operation.homes().0;
    let is_asked = matches!(meta.host, Host::Api360 | Host::Cloud);
    let is_read = meta.method == "GET" && operation.task_role() == TaskRole::None;
    if !is_asked || !is_read || matches!(meta.output.kind, Shown::Bytes) {
        return None;
    }
    let mut values = Values::new();
    for parameter in meta.parameters.iter().filter(|parameter| parameter.required) {
        let value = match (parameter.place, parameter.shape.kind) {
            (Place::Path, Shown::Organization) => org.to_string(),
            (Place::Path, Shown::User) => uid?.to_owned(),
            _ => return None,
        };
        values.set(parameter.name, value).ok()?;
    }
    // Its end is the present, which nothing else says.
    if meta.parameters.iter().any(|parameter| parameter.name == "ended_at") {
        values.set("ended_at", now).ok()?;
    }
    Some(values)
}

async fn read(client: &Client, operation: NamedOperation, values: Values) -> Result<(), Error> {
    let call = client.named(operation, values)?;
    if operation.answers_in_pages() {
        return call.total().await.map(drop);
    }
    call.send().await.map(drop)
}
