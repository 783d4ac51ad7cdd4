//! `orglib code42 orgs settings`.

use std::str::FromStr;

use clap::Subcommand;
use orglib::code42::{
    OrgReference, Organizations, Sent,
    model::{BackupDestination, BackupSet, OrgSettings, Property, PropertyValue, SettingError, TSettings},
};
use serde::Serialize;

use crate::{
    commands::list,
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
};

/// What a key begins with that names a T-setting itself.
const T_SETTING: &str = "t_settings.";

/// What a key begins with that names a backup set.
const BACKUP_SET: &str = "device_defaults.backup_sets.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the settings of an organisation by name
    Get {
        /// The organisation's number, uid or guid
        #[arg(id = "organization", value_name = "ORG")]
        org: OrgReference,
    },
    /// Change settings of an organisation; only what changes is sent
    ///
    /// A key is a name that `settings get` shows, with a dot for what is inside: `archive_hold_days=30`,
    /// `org_backup_quota=250` (gigabytes, or `unlimited`), `device_defaults.warning_alert_days=3`,
    /// `device_defaults.backup_sets.1.included_files=C:/Work/,D:/`; a destination of a backup set ends in `!` where it
    /// is locked. `t_settings.KEY` is any other setting of the service.
    Set {
        /// The organisation's number, uid or guid
        #[arg(id = "organization", value_name = "ORG")]
        org: OrgReference,
        /// Names and their new values; a list has commas between its texts
        #[arg(required = true, value_name = "KEY=VALUE")]
        settings: Vec<Assignment>,
    },
}

/// One setting with its new value.
#[derive(Clone, Debug)]
pub(crate) enum Assignment {
    Property(&'static Property, PropertyValue),
    TSetting(String, String),
    BackupSet { id: String, part: Part, values: Vec<String> },
}

/// A part of a backup set.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Part {
    IncludedFiles,
    ExcludedFiles,
    FilenameExclusions,
    Destinations,
}

impl FromStr for Assignment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or("give KEY=VALUE, for instance archive_hold_days=30")?;
        let key = key.trim();
        if let Some(key) = key.strip_prefix(T_SETTING).filter(|key| !key.is_empty()) {
            return Ok(Self::TSetting(key.to_owned(), value.to_owned()));
        }
        if let Some((id, part)) = key.strip_prefix(BACKUP_SET).and_then(|rest| rest.rsplit_once('.')) {
            let values = value.split(',').map(str::trim).filter(|value| !value.is_empty());
            return Ok(Self::BackupSet {
                id: id.to_owned(),
                part: Part::of(part)?,
                values: values.map(str::to_owned).collect(),
            });
        }
        let property =
            OrgSettings::property(key).map_err(|error| format!("{error}; `settings get` shows all"))?;
        Ok(Self::Property(property, property.parse(value).map_err(|error| error.to_string())?))
    }
}

impl Part {
    fn of(word: &str) -> Result<Self, String> {
        match word {
            "included_files" => Ok(Self::IncludedFiles),
            "excluded_files" => Ok(Self::ExcludedFiles),
            "filename_exclusions" => Ok(Self::FilenameExclusions),
            "destinations" => Ok(Self::Destinations),
            _ => Err(format!(
                "a backup set has included_files, excluded_files, filename_exclusions and destinations, not `{word}`"
            )),
        }
    }

    fn put(self, set: &mut BackupSet, values: &[String]) {
        match self {
            Self::IncludedFiles => set.included_files = values.to_vec(),
            Self::ExcludedFiles => set.excluded_files = values.to_vec(),
            Self::FilenameExclusions => set.filename_exclusions = values.to_vec(),
            Self::Destinations => {
                let destination = |text: &String| match text.strip_suffix('!') {
                    Some(guid) => BackupDestination::new(guid).locked(true),
                    None => BackupDestination::new(text.as_str()),
                };
                set.destinations = values.iter().map(destination).collect();
            }
        }
    }
}

impl Assignment {
    fn apply(&self, settings: &mut OrgSettings) -> Result<(), SettingError> {
        match self {
            Self::Property(property, value) => settings.set(property, value.clone()),
            Self::TSetting(key, value) => {
                settings.set_t_setting(key, value.as_str());
                Ok(())
            }
            Self::BackupSet { id, part, values } => {
                let set = settings.backup_sets().into_iter().find(|set| set.id == *id);
                let mut set = set.ok_or_else(|| SettingError::UnknownBackupSet(id.clone()))?;
                part.put(&mut set, values);
                settings.set_backup_set(&set)
            }
        }
    }
}

pub(super) async fn run(
    command: &Command,
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    match command {
        Command::Get { org } => {
            let rows = Rows::open(global, Kind::Object, &shape()?)?;
            list::write_object(rows, &organizations.settings(organizations.id(org).await?).await?)
        }
        Command::Set { org, settings } => set(org, settings, organizations, global).await,
    }
}

/// The columns of settings with device defaults.
fn shape() -> Result<Shape, Failure> {
    let unknown =
        |error: &dyn std::fmt::Display| Failure::other(format!("the columns are not known: {error}"));
    let sample =
        serde_json::from_str(r#"{"orgId":1,"deviceDefaults":{}}"#).map_err(|error| unknown(&error))?;
    let sample = OrgSettings::new(sample, TSettings::default()).map_err(|error| unknown(&error))?;
    Shape::of(&sample, &[])
}

/// How each part of a change went.
#[derive(Default, Serialize)]
struct Outcome {
    t_settings: &'static str,
    organization: &'static str,
}

async fn set(
    org: &OrgReference,
    assignments: &[Assignment],
    organizations: &Organizations,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let mut settings = organizations.settings(organizations.id(org).await?).await?;
    for assignment in assignments {
        assignment.apply(&mut settings).map_err(|error| Failure::usage(error.to_string()))?;
    }
    if global.dry_run {
        for packet in settings.packets() {
            console::say(&format!("would set {} to {}", packet.key, packet.value));
        }
        if settings.changed_organization().is_some() {
            console::say("would replace the organisation's document with the changed one");
        }
        return Ok(());
    }
    let rows = Rows::open(global, Kind::Object, &Shape::of(&Outcome::default(), &[])?)?;
    let update = organizations.update_settings(&settings).await;
    let outcome = Outcome { t_settings: update.t_settings.name(), organization: update.organization.name() };
    match (update.t_settings, update.organization) {
        (Sent::Failed(error), Sent::Done) | (Sent::Done, Sent::Failed(error)) => {
            list::write_object(rows, &outcome)?;
            console::say(&format!("orglib: {error}"));
            Err(Failure::partial("one of two parts of the settings could not be changed; it is named above"))
        }
        (Sent::Failed(error), _) | (_, Sent::Failed(error)) => Err(error.into()),
        _ => list::write_object(rows, &outcome),
    }
}
