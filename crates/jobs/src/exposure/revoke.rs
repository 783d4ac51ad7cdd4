//! Taking back what is shared, as a plan says.

use std::{num::NonZeroUsize, pin::Pin, sync::Arc};

use futures::{Stream, StreamExt, stream};
use orglib_core::Error;
use orglib_disk::{Disk, prelude::UpdateSettingsOptions};
use orglib_models::{
    OrgId, UserId,
    disk::{AccessMacro, AccessType, PublicAccess, PublicResource, PublicSettings},
};
use serde::{Deserialize, Serialize};

use super::{
    ExposureRow, LinkEnd, Plan,
    row::{Access, identity, is_macro, words},
};
use crate::{JobKey, Journal, JournalError};

/// What became of one row of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Revoked {
    /// The row of the plan.
    #[serde(flatten)]
    pub row: ExposureRow,
    /// What became of it.
    pub result: RevokeResult,
    /// What there is to say of it: what is there now, or what went wrong.
    pub detail: String,
    /// Who had access to the resource before, as JSON: what it takes to share it again.
    pub before: Option<String>,
}

/// What became of one row of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RevokeResult {
    /// The access is taken back: it was read again, and is there no longer.
    Closed,
    /// The access would be taken back.
    WouldClose,
    /// The access was there no longer.
    ClosedAlready,
    /// The access is another one than the plan says; nothing was done.
    Changed,
    /// It could not be taken back, or nobody knows whether it was.
    Failed,
}

impl RevokeResult {
    /// The word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::WouldClose => "would_close",
            Self::ClosedAlready => "closed_already",
            Self::Changed => "changed",
            Self::Failed => "failed",
        }
    }
}

/// Why taking back ends early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RevokeError {
    /// The token is refused, or the service asks for a pause longer than a call waits.
    #[error(transparent)]
    Api(#[from] Error),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Takes back what a plan says, and never more than its rows say: what has changed since the report is left alone, and
/// what was done is read again.
#[derive(Clone, Debug)]
pub struct Revocation {
    disk: Disk,
    org: OrgId,
    concurrency: NonZeroUsize,
    is_trial: bool,
}

/// What became of the rows of one resource after another, in the order of the plan.
pub type Revocations = Pin<Box<dyn Stream<Item = Result<Vec<Revoked>, RevokeError>> + Send>>;

/// What the journal keeps of a resource. It is written before anything is changed, too: an access that is gone
/// afterwards was taken back by the interrupted run, and not by somebody else.
#[derive(Serialize, Deserialize)]
enum Part {
    Begun { before: String, closing: Vec<usize> },
    Done(Vec<Revoked>),
}

impl Revocation {
    /// Taking back in an organisation.
    pub fn new(disk: Disk, org: OrgId) -> Self {
        Self { disk, org, concurrency: NonZeroUsize::MIN.saturating_add(3), is_trial: false }
    }

    /// Sets how many resources are worked on at once; 4 by default.
    #[must_use]
    pub fn concurrency(mut self, resources: NonZeroUsize) -> Self {
        self.concurrency = resources;
        self
    }

    /// Only reads, and says what would be done.
    #[must_use]
    pub fn trial(mut self, is_trial: bool) -> Self {
        self.is_trial = is_trial;
        self
    }

    /// What a journal of this plan is known by.
    pub fn job_key(&self, plan: &Plan) -> JobKey {
        let rows = serde_json::to_vec(&plan.marked).unwrap_or_default();
        let digest = orglib_disk::Digests::of(&rows).sha256;
        JobKey::new("exposure revoke", format!("org {}, {} rows, {digest}", self.org, plan.marked.len()))
    }

    /// Takes back what is marked. What the journal holds is not done again.
    ///
    /// The stream ends with an error where going on is no use: the token is refused, the service asks for a long pause,
    /// the journal cannot be written. What goes wrong with one resource is said in its rows.
    pub fn run(&self, plan: &Plan, journal: Option<Arc<Journal>>) -> Revocations {
        let (this, concurrency) = (self.clone(), self.concurrency.get());
        let resources = stream::iter(plan.resources()).enumerate();
        let worked = resources.map(move |(place, rows)| {
            let (this, journal) = (this.clone(), journal.clone());
            async move { this.resource(place as u64, rows, journal.as_deref()).await }
        });
        worked.buffered(concurrency).boxed()
    }

    async fn resource(
        &self,
        place: u64,
        rows: Vec<ExposureRow>,
        journal: Option<&Journal>,
    ) -> Result<Vec<Revoked>, RevokeError> {
        let part = journal.map(|journal| journal.get::<Part>(place)).transpose()?.flatten();
        let begun = match part {
            Some(Part::Done(revoked)) => return Ok(revoked),
            Some(Part::Begun { before, closing }) => Some((before, closing)),
            None => None,
        };
        let mut resource = ResourceRows::new(rows, begun);
        if let Err(error) = self.work(&mut resource, place, journal).await? {
            resource.fail(&error.to_string());
            if error.is_unauthenticated() || error.is_paused() {
                return Err(error.into());
            }
        }
        let revoked = resource.finish();
        if let Some(journal) = journal.filter(|_| !self.is_trial && is_settled(&revoked)) {
            journal.put(place, &Part::Done(revoked.clone()))?;
        }
        Ok(revoked)
    }

    /// Reads, changes and reads again. What the service fails with is given beside what ends all.
    async fn work(
        &self,
        resource: &mut ResourceRows,
        place: u64,
        journal: Option<&Journal>,
    ) -> Result<Result<(), Error>, JournalError> {
        let (settings, by_key) = match self.read(resource).await {
            Ok(Some(read)) => read,
            Ok(None) => {
                resource.nothing_there();
                return Ok(Ok(()));
            }
            Err(error) => return Ok(Err(error)),
        };
        let Some(kept) = resource.compare(&settings, self.is_trial) else { return Ok(Ok(())) };
        if let Some(journal) = journal {
            let (before, closing) = (resource.before.clone().unwrap_or_default(), resource.closing());
            journal.put(place, &Part::Begun { before, closing })?;
        }
        if let Err(error) = self.write(resource, &kept, by_key).await {
            return Ok(Err(error));
        }
        match self.read(resource).await {
            Ok(read) => resource.check(read.map(|(settings, _)| settings).as_ref(), &kept),
            Err(error) => {
                resource.fail(&format!("it was sent, and what is there now cannot be read: {error}"));
            }
        }
        Ok(Ok(()))
    }

    /// What is there now, and whether it was found by its key; nothing where nothing is shared there any more.
    async fn read(&self, resource: &ResourceRows) -> Result<Option<(PublicSettings, bool)>, Error> {
        let public = self.disk.public();
        let by_path = public.settings_by_path(resource.owner, &resource.settings_path);
        match by_path.patient().send().await {
            Ok(settings) => return Ok(Some((settings, false))),
            Err(error) if !error.is_not_found() => return Err(error),
            Err(_) => {}
        }
        let Some(key) = &resource.key else { return Ok(None) };
        match public.settings_by_key(key).patient().send().await {
            Ok(settings) => Ok(Some((settings, true))),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sends the accesses that stay; where none does, the link and all accesses are closed.
    async fn write(&self, resource: &ResourceRows, kept: &Kept, by_key: bool) -> Result<(), Error> {
        let public = self.disk.public();
        match &resource.key {
            Some(key) if kept.accesses.is_empty() => match public.unpublish(key).patient().send().await {
                // An attempt whose answer was lost has closed it.
                Err(error) if error.is_not_found() => Ok(()),
                done => done,
            },
            Some(key) if by_key => {
                public.update_by_key(key).accesses(kept.sent.clone()).patient().send().await
            }
            _ => {
                let update = public.update_by_path(resource.owner, &resource.settings_path);
                update.accesses(kept.sent.clone()).patient().send().await
            }
        }
    }
}

/// Whether nothing is left to try again.
fn is_settled(revoked: &[Revoked]) -> bool {
    revoked.iter().all(|row| row.result != RevokeResult::Failed)
}

/// The accesses that stay.
struct Kept {
    accesses: Vec<Access>,
    sent: Vec<orglib_models::disk::NewPublicAccess>,
}

/// The rows of one resource, and what has become of them.
struct ResourceRows {
    owner: UserId,
    settings_path: String,
    key: Option<String>,
    rows: Vec<ExposureRow>,
    results: Vec<Option<(RevokeResult, String)>>,
    before: Option<String>,
    /// The rows that an interrupted run was closing.
    begun: Vec<usize>,
}

impl ResourceRows {
    fn new(rows: Vec<ExposureRow>, begun: Option<(String, Vec<usize>)>) -> Self {
        // A plan has no empty resource: it is made of the rows of one.
        let owner = rows[0].owner_id;
        let settings_path = PublicResource::settings_path_of(&rows[0].path).to_owned();
        let key = rows.iter().find_map(|row| row.public_hash.clone()).filter(|key| !key.is_empty());
        let results = vec![None; rows.len()];
        let (before, begun) = begun.map_or((None, Vec::new()), |(before, closing)| (Some(before), closing));
        Self { owner, settings_path, key, rows, results, before, begun }
    }

    /// Where neither path nor key leads to anything.
    fn nothing_there(&mut self) {
        for place in 0..self.rows.len() {
            self.results[place] = Some(if self.begun.contains(&place) {
                (RevokeResult::Closed, String::new())
            } else if self.key.is_some() {
                (RevokeResult::ClosedAlready, "nothing is shared there any more".to_owned())
            } else {
                let detail = "nothing is shared at this path; it may have been moved: report again";
                (RevokeResult::Changed, detail.to_owned())
            });
        }
    }

    /// Compares what is there with the rows. Gives what is to stay, where anything is to be changed.
    fn compare(&mut self, settings: &PublicSettings, is_trial: bool) -> Option<Kept> {
        let mut closing = Vec::new();
        for (place, row) in self.rows.iter().enumerate() {
            let of_same = settings.accesses.iter().filter(|access| is_for(access, row));
            let of_same: Vec<_> = of_same.collect();
            self.results[place] = match of_same.first() {
                None if self.begun.contains(&place) => Some((RevokeResult::Closed, String::new())),
                None => Some((RevokeResult::ClosedAlready, String::new())),
                Some(_) if of_same.iter().any(|access| allows(access, row)) && has_end(settings, row) => None,
                Some(_) => Some((RevokeResult::Changed, told(&of_same, settings))),
            };
            if self.results[place].is_none() {
                closing.push(place);
            }
        }
        if closing.is_empty() {
            return None;
        }
        let rows: Vec<_> = closing.iter().map(|place| &self.rows[*place]).collect();
        let kept = match without(settings, &rows) {
            Ok(kept) => kept,
            Err(why) => {
                self.fail(&format!("{why}, so the others cannot be left as they are; nothing was sent"));
                return None;
            }
        };
        self.before = serde_json::to_string(&settings.accesses).ok();
        if is_trial {
            closing.iter().for_each(|place| {
                self.results[*place] = Some((RevokeResult::WouldClose, String::new()));
            });
            return None;
        }
        Some(kept)
    }

    /// The rows of which nothing is said yet.
    fn closing(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|place| self.results[*place].is_none()).collect()
    }

    /// Says of what was sent whether it is so.
    fn check(&mut self, settings: Option<&PublicSettings>, kept: &Kept) {
        let there: Vec<_> =
            settings.into_iter().flat_map(|settings| &settings.accesses).flat_map(accesses).collect();
        let lost = kept.accesses.iter().filter(|access| !there.contains(access)).count();
        for place in self.closing() {
            let row = &self.rows[place];
            let is_there = settings.is_some_and(|now| now.accesses.iter().any(|access| is_of(access, row)));
            self.results[place] = Some(match (is_there, lost) {
                (true, _) => (RevokeResult::Failed, "the service took it and did not do it".to_owned()),
                (false, 0) => (RevokeResult::Closed, String::new()),
                (false, _) => {
                    let detail = format!(
                        "it is closed, but so are {lost} other accesses that were to stay: share them again, as `before` says"
                    );
                    (RevokeResult::Failed, detail)
                }
            });
        }
    }

    /// Says of all rows of which nothing is said yet that they failed.
    fn fail(&mut self, why: &str) {
        for place in self.closing() {
            self.results[place] = Some((RevokeResult::Failed, why.to_owned()));
        }
    }

    fn finish(self) -> Vec<Revoked> {
        let Self { rows, results, before, .. } = self;
        let unsaid = || (RevokeResult::Failed, "nothing was done".to_owned());
        let each = rows.into_iter().zip(results);
        let each = each.map(|(row, said)| {
            let (result, detail) = said.unwrap_or_else(unsaid);
            let had = !matches!(result, RevokeResult::ClosedAlready | RevokeResult::Changed);
            Revoked { row, result, detail, before: before.clone().filter(|_| had) }
        });
        each.collect()
    }
}

/// The accesses that an access is: one for each macro.
fn accesses(access: &PublicAccess) -> Vec<Access> {
    let id = access.id.as_deref().filter(|id| !id.is_empty());
    words(access).into_iter().map(|word| identity(word, id, access.org_id)).collect()
}

/// Whether it is for whom the row says.
fn is_for(access: &PublicAccess, row: &ExposureRow) -> bool {
    let of_row = identity(&row.access_type, row.user_id.as_deref(), row.org_id);
    access.kind != AccessType::Owner && accesses(access).contains(&of_row)
}

/// Whether it allows what the row says.
fn allows(access: &PublicAccess, row: &ExposureRow) -> bool {
    let mut now: Vec<_> = access.rights.iter().map(|right| right.as_str()).collect();
    let mut then: Vec<_> = row.rights.iter().map(String::as_str).collect();
    now.sort_unstable();
    then.sort_unstable();
    now == then
}

/// Whether the access is the one of the row: one may have the same people twice, with other rights.
fn is_of(access: &PublicAccess, row: &ExposureRow) -> bool {
    is_for(access, row) && allows(access, row)
}

fn has_end(settings: &PublicSettings, row: &ExposureRow) -> bool {
    let end = settings.available_until.as_ref().map(ToString::to_string);
    end.as_deref() == row.available_until.as_ref().map(LinkEnd::as_str)
}

/// What accesses allow, and until when.
fn told(accesses: &[&PublicAccess], settings: &PublicSettings) -> String {
    let rights = accesses.iter().flat_map(|access| &access.rights).map(ToString::to_string);
    let rights: Vec<_> = rights.collect();
    let end = settings.available_until.as_ref().map(|end| format!(", until {end}"));
    format!("now: {}{}", rights.join("|"), end.unwrap_or_default())
}

/// What stays without the accesses of these rows.
fn without(settings: &PublicSettings, rows: &[&ExposureRow]) -> Result<Kept, &'static str> {
    let mut settings = settings.clone();
    settings.accesses.retain_mut(|access| {
        let is_of_several = is_macro(access) && access.macros.len() > 1;
        if is_of_several {
            let of = access.clone();
            let is_taken = |word: &AccessMacro| {
                rows.iter().any(|row| row.access_type == word.as_str() && is_of(&of, row))
            };
            access.macros.retain(|word| !is_taken(word));
        }
        !(is_of_several && access.macros.is_empty())
    });
    let stays = |access: &PublicAccess| !rows.iter().any(|row| is_of(access, row));
    let sent = settings.accesses_where(stays)?;
    let kept = settings.accesses.iter().filter(|access| access.kind != AccessType::Owner && stays(access));
    Ok(Kept { accesses: kept.flat_map(accesses).collect(), sent })
}
