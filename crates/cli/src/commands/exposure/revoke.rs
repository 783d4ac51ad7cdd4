//! `orglib exposure revoke`.

use std::{borrow::Cow, collections::BTreeMap, path::PathBuf};

use clap::Args;
use orglib::jobs::exposure::{
    Exposure, People, Plan, Reach, Revocation, RevokeError, RevokeResult, Revoked, Selection,
};

use crate::{
    commands::{
        kept::{JournalOptions, check_files},
        list,
    },
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

const COLUMNS: [&str; 10] = [
    "email",
    "path",
    "access_type",
    "rights",
    "recipient",
    "reach",
    "result",
    "detail",
    "owner_id",
    "before",
];
const TABLE: [&str; 7] = ["email", "path", "access_type", "recipient", "reach", "result", "detail"];

/// Close each link, and take back each access, that is marked in a plan, and nothing else.
///
/// A plan is a report as CSV (`orglib exposure -o report.csv`, all columns) with one more, `decision`: `revoke` in each
/// row that is to be taken back. What has changed since the report is left alone and named; what was done is read again.
/// Each row comes out with its result, and with who had access before (`before`), so that it can be shared again.
/// Example: orglib exposure revoke --from-csv plan.csv --reach public -o revoked.csv
#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The plan
    #[arg(long, value_name = "FILE", required = true)]
    from_csv: PathBuf,
    /// Only marked rows that reach so far: public, external, organization, internal, unknown
    #[arg(long, value_name = "REACHES", value_delimiter = ',', value_parser = super::reach)]
    reach: Vec<Reach>,
    /// Take back up to this many accesses [default: a fifth of those in the report]
    #[arg(long, value_name = "N")]
    max: Option<u64>,
    #[command(flatten)]
    kept: JournalOptions,
}

pub(super) async fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    let files = [("--from-csv", &Some(options.from_csv.clone())), ("--journal", &options.kept.journal)];
    check_files(global, &files)?;
    let session = Session::open(global).await?;
    let plan = options.plan(&session)?;
    let rows = Rows::open(global, Kind::List, &Shape::flat(&COLUMNS, &TABLE).named("Revoked"))?;
    options.check_owners(&plan, &session).await?;
    let revocation = Revocation::new(session.disk()?, session.org()?)
        .concurrency(session.pace.concurrency)
        .trial(global.dry_run);
    if !global.dry_run {
        let count = plan.marked.len();
        let question = format!("take back {count} accesses of organization {}?", session.org()?);
        console::confirm(&question, global.yes).await?;
    }
    let journal = options.kept.open(&revocation.job_key(&plan), session.client().clock().now())?;
    global.standing.begin(plan.marked.len(), "accesses", options.kept.advice());
    let mut writer = Writer { rows, counts: BTreeMap::new() };
    let mut revoked = revocation.run(&plan, journal.clone());
    while let Some(resource) = list::next(&mut revoked, &mut writer.rows).await? {
        for row in resource.map_err(ended)? {
            writer.write(&row)?;
            global.standing.advance();
        }
    }
    let counts = writer.finish()?;
    let open = counts.get("failed").copied().unwrap_or_default()
        + counts.get("changed").copied().unwrap_or_default();
    if let Some(journal) = journal.filter(|_| !counts.contains_key("failed")) {
        journal.complete(session.client().clock().now())?;
    }
    if !global.quiet {
        let told: Vec<_> = counts.iter().map(|(result, count)| format!("{result} {count}")).collect();
        console::say(&format!("accesses {}: {}", plan.marked.len(), told.join(", ")));
    }
    if open == 0 {
        return Ok(());
    }
    Err(Failure::partial(format!(
        "{open} of {} accesses were not taken back; each is in the output",
        plan.marked.len()
    )))
}

impl Options {
    /// The plan, if it is one of this organisation and takes back no more than it may.
    fn plan(&self, session: &Session) -> Result<Plan, Failure> {
        let plan = Plan::read(&self.from_csv).map_err(|error| Failure::usage(error.to_string()))?;
        let (file, org) = (self.from_csv.display(), session.org()?);
        if let Some(other) = plan.org.filter(|other| *other != org) {
            return Err(Failure::usage(format!(
                "{file} is a plan of organization {other}, and this is {org}; nothing was sent"
            )));
        }
        let plan = plan.only(&Selection::new().reaches(self.reach.iter().copied()));
        let (marked, most) = (plan.marked.len() as u64, self.max.unwrap_or_else(|| plan.most()));
        if marked == 0 {
            return Err(Failure::usage(format!("{file}: no row is marked `revoke`; nothing was sent")));
        }
        if marked > most {
            let of = plan.accesses;
            let bound = match self.max {
                Some(_) => format!("--max {most}"),
                None => format!("a fifth of the {of} accesses of the report"),
            };
            return Err(Failure::rail(format!(
                "{file} takes back {marked} accesses, more than {bound}; nothing was sent. If that is meant, give --max {marked}"
            )));
        }
        Ok(plan)
    }

    /// Refuses a plan of people whom the organisation does not have.
    async fn check_owners(&self, plan: &Plan, session: &Session) -> Result<(), Failure> {
        let mut owners: Vec<_> = plan.marked.iter().map(|row| (row.owner_id, &row.email)).collect();
        owners.sort_unstable();
        owners.dedup_by_key(|(id, _)| *id);
        let exposure = Exposure::new(session.directory()?, session.disk()?, session.org()?);
        let roster = exposure.roster(People::All, true).await?;
        let is_known = |id| roster.has_employee(id);
        let strangers: Vec<_> =
            owners.iter().filter(|(id, _)| !is_known(*id)).map(|(_, email)| email.as_str()).collect();
        if strangers.is_empty() {
            return Ok(());
        }
        let (file, count) = (self.from_csv.display(), strangers.len());
        Err(Failure::usage(format!(
            "{file}: {count} of its {} owners are no employees of organization {}, such as {}; nothing was changed. Report again",
            owners.len(),
            session.org()?,
            strangers[0]
        )))
    }
}

/// Writes results as they come.
struct Writer {
    rows: Rows,
    counts: BTreeMap<&'static str, usize>,
}

impl Writer {
    fn write(&mut self, revoked: &Revoked) -> Result<(), Failure> {
        *self.counts.entry(revoked.result.as_str()).or_default() += 1;
        if matches!(revoked.result, RevokeResult::Failed | RevokeResult::Changed) {
            let Revoked { row, result, detail, .. } = revoked;
            let result = result.as_str();
            console::say(&format!(
                "orglib: {} {} ({}): {result}: {detail}",
                row.email, row.path, row.recipient
            ));
        }
        self.rows.write_with(revoked, texts, revoked.row.risk())
    }

    fn finish(self) -> Result<BTreeMap<&'static str, usize>, Failure> {
        self.rows.finish()?;
        Ok(self.counts)
    }
}

fn texts(revoked: &Revoked) -> [Cow<'_, str>; 10] {
    let Revoked { row, result, detail, before, .. } = revoked;
    [
        Cow::Borrowed(&row.email),
        Cow::Borrowed(&row.path),
        Cow::Borrowed(&row.access_type),
        Cow::Owned(row.rights.join("|")),
        Cow::Borrowed(&row.recipient),
        Cow::Borrowed(row.reach.as_str()),
        Cow::Borrowed(result.as_str()),
        Cow::Borrowed(detail),
        Cow::Owned(row.owner_id.to_string()),
        Cow::Borrowed(before.as_deref().unwrap_or_default()),
    ]
}

fn ended(error: RevokeError) -> Failure {
    match error {
        RevokeError::Api(error) => error.into(),
        other => Failure::other(other.to_string()),
    }
}
