//! Backup sets of the device defaults: which files go to which destinations.
//!
//! The service writes them as XML turned into JSON: one thing where there is one, a list where there are several, and
//! other shapes again where something is locked.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{DEVICE_DEFAULTS, OrgSettings, SettingError, json};

const SETS: [&str; 4] = [DEVICE_DEFAULTS, "serviceBackupConfig", "backupConfig", "backupSets"];
const PATHS: [&str; 2] = ["backupPaths", "pathset"];
const EXCLUSIONS: [&str; 2] = ["backupPaths", "excludeUser"];

/// A backup set. Change what is to be changed, and give it to [`OrgSettings::set_backup_set`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BackupSet {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whether the set is locked: its files cannot be chosen then.
    pub locked: bool,
    /// The files and folders that are backed up.
    pub included_files: Vec<String>,
    /// The files and folders below those that are left out.
    pub excluded_files: Vec<String>,
    /// Regular expressions of names that are left out.
    pub filename_exclusions: Vec<String>,
    /// Where the backups go.
    pub destinations: Vec<BackupDestination>,
}

/// A place that backups go to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BackupDestination {
    /// The guid: digits, as text.
    pub guid: String,
    /// The name.
    pub name: String,
    /// Whether the owner of a device is kept from leaving it out.
    pub locked: bool,
}

impl BackupDestination {
    /// A destination that is not locked. Its name is of no account where it is written.
    pub fn new(guid: impl Into<String>) -> Self {
        Self { guid: guid.into(), ..Self::default() }
    }

    /// Sets whether the owner of a device is kept from leaving it out.
    #[must_use]
    pub fn locked(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }
}

impl OrgSettings {
    /// The places that backups of the organisation can go to.
    pub fn available_destinations(&self) -> Vec<BackupDestination> {
        let destinations = json::list(json::at(&self.current, &["settings", "destinations"]));
        let destination = |one: &Value| {
            let name = one.get("destinationName").and_then(json::scalar).unwrap_or_default();
            Some(BackupDestination { guid: json::scalar(one.get("guid")?)?, name, locked: false })
        };
        destinations.iter().filter_map(destination).collect()
    }

    /// The backup sets, without those of a legal hold, which are not the administrator's to change.
    pub fn backup_sets(&self) -> Vec<BackupSet> {
        self.sets_of(&self.current)
    }

    /// Changes a backup set to what is given.
    ///
    /// # Errors
    /// Where there is no set with its id, it is locked and other files are given, or a destination is not one of the
    /// organisation's.
    pub fn set_backup_set(&mut self, set: &BackupSet) -> Result<(), SettingError> {
        let id = || set.id.clone();
        let find = |sets: Vec<BackupSet>| sets.into_iter().find(|one| one.id == set.id);
        let current = find(self.backup_sets()).ok_or_else(|| SettingError::UnknownBackupSet(id()))?;
        let original = find(self.sets_of(&self.original)).unwrap_or_default();
        let files = |set: &BackupSet| (set.included_files.clone(), set.excluded_files.clone());
        let new_files = files(&current) != files(set);
        let new_names = current.filename_exclusions != set.filename_exclusions;
        if current.locked && (new_files || new_names) {
            return Err(SettingError::LockedBackupSet(id()));
        }
        let offered = self.available_destinations();
        let unknown = set.destinations.iter().find(|one| !offered.iter().any(|known| known.guid == one.guid));
        if let Some(unknown) = unknown {
            return Err(SettingError::UnknownDestination(unknown.guid.clone()));
        }
        let wanted = places(&set.destinations);
        let read = node(&self.original, &set.id).cloned().unwrap_or_default();
        let Some(node) = node_mut(&mut self.current, &set.id) else { return Ok(()) };
        let mut put = |path: &[&str], is_new: bool, is_as_read: bool, value: Value| {
            if is_as_read {
                *json::place(node, path) = json::at(&read, path).cloned().unwrap_or_default();
            } else if is_new {
                *json::place(node, path) = value;
            }
        };
        put(&PATHS, new_files, files(&original) == files(set), paths(json::at(&read, &PATHS), set));
        let names_as_read = original.filename_exclusions == set.filename_exclusions;
        put(&EXCLUSIONS, new_names, names_as_read, exclusions(json::at(&read, &EXCLUSIONS), set));
        let new_places = places(&current.destinations) != wanted;
        put(&["destinations"], new_places, places(&original.destinations) == wanted, destinations(set));
        Ok(())
    }

    fn sets_of(&self, document: &Value) -> Vec<BackupSet> {
        let offered = self.available_destinations();
        nodes(document).iter().filter(|node| !is_legal_hold(node)).map(|node| read(node, &offered)).collect()
    }
}

fn places(destinations: &[BackupDestination]) -> Vec<(&str, bool)> {
    destinations.iter().map(|one| (one.guid.as_str(), one.locked)).collect()
}

/// The sets; where their number is locked, they stand one deeper.
fn nodes(document: &Value) -> &[Value] {
    let sets = json::at(document, &SETS);
    json::list(sets.and_then(|sets| sets.get("backupSet")).or(sets))
}

fn node<'a>(document: &'a Value, id: &str) -> Option<&'a Value> {
    nodes(document).iter().find(|node| id_of(node) == id)
}

fn node_mut<'a>(document: &'a mut Value, id: &str) -> Option<&'a mut Value> {
    let mut sets = SETS.iter().try_fold(document, |value, key| value.get_mut(*key))?;
    if sets.get("backupSet").is_some() {
        sets = &mut sets["backupSet"];
    }
    match sets {
        Value::Array(list) => list.iter_mut().find(|node| id_of(node) == id),
        one => Some(one).filter(|node| id_of(node) == id),
    }
}

fn id_of(node: &Value) -> String {
    node.get("@id").and_then(json::scalar).unwrap_or_default()
}

fn is_legal_hold(node: &Value) -> bool {
    node.get("destinations").is_some_and(|destinations| destinations.get("@locked").is_some())
}

fn read(node: &Value, offered: &[BackupDestination]) -> BackupSet {
    let paths = json::at(node, &PATHS).and_then(|paths| json::list(Some(paths)).first());
    let paths = paths.map(|paths| paths.get("paths").unwrap_or(paths));
    let paths = json::list(paths.and_then(|paths| paths.get("path")));
    let exclusions = json::at(node, &EXCLUSIONS).and_then(|list| json::list(Some(list)).first());
    let exclusions = exclusions.map(|list| list.get("patternList").unwrap_or(list));
    let exclusions = json::list(exclusions.and_then(|list| list.get("pattern")));
    let all = |list: &[Value], key: &str| -> Vec<String> {
        list.iter().filter_map(|entry| entry.get(key).and_then(json::scalar)).collect()
    };
    let destinations = node.get("destinations").filter(|list| list.is_array());
    BackupSet {
        id: id_of(node),
        name: node.get("name").and_then(json::lockable).unwrap_or_default(),
        locked: is_true(node.get("@locked")),
        included_files: all(paths, "@include"),
        excluded_files: all(paths, "@exclude"),
        filename_exclusions: all(exclusions, "@regex"),
        destinations: json::list(destinations).iter().map(|one| destination(one, offered)).collect(),
    }
}

fn destination(node: &Value, offered: &[BackupDestination]) -> BackupDestination {
    let guid = id_of(node);
    let name = offered.iter().find(|known| known.guid == guid).map(|known| known.name.clone());
    BackupDestination { name: name.unwrap_or_default(), locked: is_true(node.get("@locked")), guid }
}

fn is_true(value: Option<&Value>) -> bool {
    value.and_then(json::scalar).is_some_and(|text| text.eq_ignore_ascii_case("true"))
}

/// The chosen files, as the service takes them. A lock stays.
fn paths(read: Option<&Value>, set: &BackupSet) -> Value {
    let entry = |key: &str, path: &String| json!({ key: path, "@und": "false" });
    let first = json::list(read).first();
    let inner = first.and_then(|first| first.get("paths")).or(first);
    let os = inner.and_then(|inner| inner.get("@os")).cloned().unwrap_or_else(|| "Linux".into());
    let cleared = set.included_files.is_empty();
    let mut entries: Vec<_> = set.included_files.iter().map(|path| entry("@include", path)).collect();
    if !cleared {
        entries.extend(set.excluded_files.iter().map(|path| entry("@exclude", path)));
    }
    with_lock(read, "paths", json!({"@os": os, "@cleared": cleared.to_string(), "path": entries}))
}

/// The expressions that leave files out, as the service takes them. A lock stays.
fn exclusions(read: Option<&Value>, set: &BackupSet) -> Value {
    let first = json::list(read).first();
    let inner = first.and_then(|first| first.get("patternList")).or(first);
    let own = |os: &str| match inner.and_then(|inner| inner.get(os)) {
        Some(Value::Array(patterns)) => json!({"pattern": patterns}),
        Some(patterns) => patterns.clone(),
        None => json!({"pattern": []}),
    };
    let patterns: Vec<_> = set.filename_exclusions.iter().map(|regex| json!({"@regex": regex})).collect();
    let list = json!({
        "pattern": patterns, "windows": own("windows"), "macintosh": own("macintosh"), "linux": own("linux"),
    });
    with_lock(read, "patternList", list)
}

fn with_lock(read: Option<&Value>, key: &str, value: Value) -> Value {
    let mut object = Map::new();
    if let Some(lock) = read.and_then(|read| read.get("@locked")) {
        object.insert("@locked".to_owned(), lock.clone());
    }
    object.insert(key.to_owned(), value);
    Value::Object(object)
}

fn destinations(set: &BackupSet) -> Value {
    if set.destinations.is_empty() {
        return json!({"@cleared": "true"});
    }
    let destination = |one: &BackupDestination| match one.locked {
        true => json!({"@id": one.guid, "@locked": "true"}),
        false => json!({"@id": one.guid}),
    };
    set.destinations.iter().map(destination).collect()
}
