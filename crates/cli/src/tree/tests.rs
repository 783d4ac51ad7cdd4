//! What holds for every command that is made from a row.

use std::collections::HashSet;

use clap::FromArgMatches;
use orglib::{
    Endpoints, Host, NamedOperation, Operation, Place, TaskRole,
    directory::{CreateRoom, GetDepartment, ListDepartments, ListRooms, OfficeId, UpdateRoom},
    models::{
        DepartmentId, OrgId,
        shape::{Kind, Shape},
        value::{Value, Values},
    },
    transport::Request,
};
use serde_json::json;

use super::{
    ROWS, Risk, Row, asked_for,
    given::Given,
    grammar::{BODY_FILE, leaf},
    leaves::{Leaf, leaves},
    program, program_for,
    run::check,
    tasks,
};
use crate::{
    commands::{EXAMPLES, example},
    environment::Environment,
    failure::Failure,
    options::GlobalOptions,
    output::Shape as Columns,
    session::Session,
    settings::Settings,
};

/// The request that a command line comes to.
async fn typed(line: &str) -> Result<Request, Failure> {
    let words: Vec<_> = line.split(' ').map(str::to_owned).collect();
    typed_words(&words, &Sessions::open().await).await
}

/// A session of each product.
struct Sessions {
    yandex360: Session,
    code42: Session,
    code42_gateway: Session,
}

impl Sessions {
    async fn open() -> Self {
        let matches = program().try_get_matches_from(["orglib", "--sandbox", "operations"]).unwrap();
        let global = GlobalOptions::from_arg_matches(&matches).unwrap();
        Self {
            yandex360: Session::open(&global).await.unwrap(),
            code42: crate::commands::code42::session(&global).unwrap(),
            code42_gateway: crate::commands::code42::gateway_session(&global).unwrap(),
        }
    }

    fn of(&self, operation: &NamedOperation) -> &Session {
        match operation.homes().0.host {
            Host::Code42 => &self.code42,
            Host::Code42Gateway => &self.code42_gateway,
            _ => &self.yandex360,
        }
    }
}

async fn typed_words(words: &[String], sessions: &Sessions) -> Result<Request, Failure> {
    let line = ["orglib", "--sandbox"].map(str::to_owned).into_iter().chain(words.iter().cloned());
    let matches = program().try_get_matches_from(line).map_err(|error| Failure::usage(error.to_string()))?;
    let (row, given) = asked_for(&matches).unwrap();
    let operation = row.named().unwrap();
    let session = sessions.of(&operation);
    let given = Given::read(row, &operation, given, session.client().clock().now())?;
    check(operation, &given, session)?;
    let values = given.resolved(session).await?;
    Ok(session.client().named(operation, values)?.request()?)
}

fn office(id: &str) -> OfficeId {
    id.parse().unwrap()
}

/// What a request is on the wire.
fn wire(request: &Request) -> String {
    let body = String::from_utf8_lossy(request.body.as_bytes().unwrap()).into_owned();
    format!("{} {} {:?} {body}", request.method, request.url, request.headers)
}

#[tokio::test]
async fn what_is_typed_sends_what_the_library_sends() {
    fn made<O: Operation>(operation: &O) -> String {
        wire(&operation.request(&Endpoints::new()).unwrap())
    }
    let org = OrgId::new(7_654_321).unwrap();
    let room = || CreateRoom::new(org).name("R, 1").floor(-1).can_book(true).office_id(office("a"));
    let cases = [
        ("departments get 3", made(&GetDepartment::new(org, DepartmentId::new(3).unwrap()))),
        ("departments list --is-2fa-enabled", made(&ListDepartments::new(org).is_two_factor_enabled(true))),
        ("rooms list --office-ids a,b --office-ids c", {
            made(&ListRooms::new(org).office_ids(["a", "b", "c"].map(office)))
        }),
        ("rooms create --can-book --floor -1 --name R,_1 --office-id a", { made(&room().name("R,_1")) }),
        ("rooms update a --can-book=false", {
            made(&UpdateRoom::new(org, "a".parse::<orglib::directory::RoomId>().unwrap()).can_book(false))
        }),
    ];
    for (line, expected) in cases {
        assert_eq!(wire(&typed(line).await.unwrap()), expected, "{line}");
    }
}

#[tokio::test]
async fn people_groups_and_departments_go_by_address() {
    let by_address = typed("departments get hr@severny-most.example").await.unwrap();
    assert!(by_address.url.path().ends_with("/departments/3"), "{}", by_address.url);
    let unknown = typed("departments get nobody@severny-most.example").await.unwrap_err();
    assert_eq!(unknown.exit().code(), 5);
}

/// An operation that takes people in two places.
static EVENTS: Row = Row::list("events", "AuditLogService_Mail", &["event_type"]);

#[tokio::test]
async fn many_addresses_cost_one_reading_of_their_list() {
    let matches = program().try_get_matches_from(["orglib", "--sandbox", "operations"]).unwrap();
    let global = GlobalOptions::from_arg_matches(&matches).unwrap();
    let settings = Settings::resolve(&global, &Environment::default()).unwrap();
    let sandbox = settings.sandbox.clone().unwrap();
    let session = Session::of(settings).unwrap();
    let (mut people, mut list) = (Vec::new(), session.directory().unwrap().users().list().stream());
    while let Some(user) = list.next().await {
        people.push(user.unwrap());
    }
    let whole = sandbox.stats().requests;
    let email = |place: usize| people[place].email.clone().unwrap();

    let operation = EVENTS.named().unwrap();
    let words = [
        "events".to_owned(),
        format!("--include-uids={},{},{}", email(1), email(2), email(3)),
        format!("--exclude-uids={},{}", email(2), email(4)),
    ];
    let given = leaf(&EVENTS, true).try_get_matches_from(words).unwrap();
    let given = Given::read(&EVENTS, &operation, &given, session.client().clock().now()).unwrap();
    for _ in 0..2 {
        let values = given.resolved(&session).await.unwrap();
        let wanted: Vec<_> = [1, 2, 3].map(|place| people[place].id.to_string()).into();
        assert_eq!(values.get("include_uids"), Some(&json!(wanted)));
        assert_eq!(sandbox.stats().requests, 2 * whole, "one reading for all, and no other");
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused() {
    for (line, why) in [
        ("departments get x", "`department-id`: give an id (digits) or an e-mail address"),
        ("rooms create --capacity many", "`capacity`: give a whole number"),
        ("rooms update a", "nothing to change; give at least one of --name, --office-id"),
        ("departments list --order-by size", "give one of id, name"),
        ("departments list --parent-id 1", "the cloud host does not take `parent_id`"),
    ] {
        let failure = typed(line).await.unwrap_err();
        assert!(failure.to_string().contains(why), "{line}: {failure}");
        assert_eq!(failure.exit().code(), 2, "{line}");
    }
}

/// A value of this kind: as it is typed, and as it is. Files are beside the test.
fn sample(shape: &Shape) -> (String, Value) {
    match shape.kind {
        Kind::Flag => ("true".to_owned(), json!(true)),
        Kind::Integer | Kind::Number => ("7".to_owned(), json!(7)),
        Kind::Time => ("2024-01-31T10:00:00Z".to_owned(), json!("2024-01-31T10:00:00Z")),
        Kind::Date => ("2024-01-31".to_owned(), json!("2024-01-31")),
        Kind::Words(words) => (words[0].word.to_owned(), json!(words[0].word)),
        Kind::Object(object) => {
            let fields = object().fields.iter().map(|field| (field.name.to_owned(), sample(&field.shape).1));
            let object = Value::Object(fields.collect());
            (object.to_string(), object)
        }
        Kind::Json => (r#"{"a":[1]}"#.to_owned(), json!({"a": [1]})),
        Kind::Id("OrgGuid") => {
            let guid = "0a3e2b1c-1111-4222-8333-444455556666";
            (guid.to_owned(), json!(guid))
        }
        Kind::Id("SharedPath") => ("vd:a:disk:/b".to_owned(), json!("vd:a:disk:/b")),
        Kind::Id("DomainName") => ("example.org".to_owned(), json!("example.org")),
        Kind::Text => ("a, b=c;-d".to_owned(), json!("a, b=c;-d")),
        _ => ("7".to_owned(), json!("7")),
    }
}

/// Whether this names the same as others do, of which only one may be given.
fn is_another_way(operation: &NamedOperation, leaf: &Leaf) -> bool {
    operation.homes().0.id == "public-settings-change-admin"
        && ["user_id", "path", "resource_id"].contains(&leaf.name.as_str())
}
/// What made-up values cannot be, for it has a grammar of its own, or one part rules another out.
const GIVEN: &[(&str, &str, &str)] = &[
    (
        "RoutingService_SetRules",
        "rules",
        r#"{"actions":[{"action":"drop"}],"condition":{"from":"x"},"scope":{"direction":"inbound"}}"#,
    ),
    ("MailAntispamIpAllowlistService_Create", "allow_list", "\"2a02:6b8::\""),
    (
        "DomainPolicies_Set",
        "rules",
        r#"{"condition":{"ip_filter":{"list":["192.0.2.1"]}},"action":{"type":"reject"}}"#,
    ),
];

/// Operations that do not take the same twice.
const ONCE: &[&str] = &[
    "search-routes",
    "set-routes",
    "remove-routes",
    "ExternalContactService_Create",
    "ExternalContactService_UpdateEmails",
    "ExternalContactService_UpdatePhones",
];

/// A command with everything that it takes, and the same as values.
fn full(row: &Row, operation: &NamedOperation, session: &Session) -> (Vec<String>, Values) {
    let (mut words, mut values) = (row.words().map(str::to_owned).collect::<Vec<_>>(), Values::new());
    for (name, value) in row.fixed {
        values.set(name, *value).unwrap();
    }
    if let Some(name) = super::leaves::organization(operation) {
        values.set(name, session.org().unwrap().to_string()).unwrap();
    }
    let takes = |leaf: &Leaf| {
        !is_another_way(operation, leaf)
            && operation
                .homes()
                .0
                .parameters
                .iter()
                .any(|known| leaf.name.split('.').next() == Some(known.name))
    };
    for leaf in leaves(row, operation).into_iter().filter(takes) {
        if let Kind::Bytes = leaf.shape.kind {
            let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/program/picture.png");
            words.push(picture.to_owned());
            values.set_bytes(&leaf.name, std::fs::read(picture).unwrap());
            continue;
        }
        if let Kind::Secret = leaf.shape.kind {
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/program/password.txt");
            words.push(format!("--{}-file={file}", leaf.option));
            values.set(&leaf.name, std::fs::read_to_string(file).unwrap().trim_end()).unwrap();
            continue;
        }
        let (text, value) =
            match GIVEN.iter().find(|(id, name, _)| *id == row.operation && *name == leaf.name) {
                Some((.., json)) => {
                    let value: Value = serde_json::from_str(json).unwrap();
                    (value.as_str().map_or_else(|| (*json).to_owned(), str::to_owned), value)
                }
                None => sample(&leaf.shape),
            };
        let times = if leaf.shape.many && !ONCE.contains(&row.operation) { 2 } else { 1 };
        for _ in 0..times {
            words.push(if leaf.positional { text.clone() } else { format!("--{}={text}", leaf.option) });
        }
        values.set(&leaf.name, if leaf.shape.many { vec![value; times].into() } else { value }).unwrap();
    }
    (words, values)
}

#[tokio::test]
async fn every_command_sends_byte_for_byte_what_the_library_makes_of_the_same_values() {
    let sessions = Sessions::open().await;
    for row in ROWS {
        let operation = row.named().unwrap();
        let (words, values) = full(row, &operation, sessions.of(&operation));
        let made = sessions.of(&operation).client().named(operation, values).unwrap().request().unwrap();
        let typed =
            typed_words(&words, &sessions).await.unwrap_or_else(|failure| panic!("{words:?}: {failure}"));
        assert_eq!(wire(&typed), wire(&made), "{words:?}");
    }
}

#[tokio::test]
async fn every_command_refuses_what_it_does_not_know_what_is_missing_and_what_is_wrong() {
    let sessions = Sessions::open().await;
    for row in ROWS {
        let operation = row.named().unwrap();
        let (words, _) = full(row, &operation, sessions.of(&operation));
        let path = row.words().count();
        let refused = async |words: &[String], what: &str| {
            let failure =
                typed_words(words, &sessions).await.err().unwrap_or_else(|| panic!("{what}: {words:?}"));
            assert_eq!(failure.exit().code(), 2, "{what}: {words:?}: {failure}");
            failure.to_string()
        };
        refused(&[&words[..], &["--no-such-option=1".to_owned()]].concat(), "unknown").await;
        for leaf in leaves(row, &operation) {
            let is_secret = matches!(leaf.shape.kind, Kind::Secret);
            let of_file = if is_secret { "-file" } else { "" };
            let is_it = |word: &String| word.starts_with(&format!("--{}{of_file}=", leaf.option));
            if leaf.is_required && !leaf.positional {
                let without: Vec<_> = words.iter().filter(|word| !is_it(word)).cloned().collect();
                let said = refused(&without, "missing").await;
                assert!(said.contains(leaf.name.rsplit('.').next().unwrap()), "{leaf:?}: {said}");
            }
            let wrong = match leaf.shape.kind {
                Kind::Text | Kind::Bytes | Kind::Object(_) => continue,
                Kind::Id(name)
                    if !matches!(
                        name,
                        "OrgGuid" | "DomainName" | "DnsRecordId" | "MailListId" | "SharedPath"
                    ) =>
                {
                    continue;
                }
                _ => "no such thing",
            };
            let mut odd = words.clone();
            match odd.iter().skip(path).position(is_it) {
                Some(at) => odd[path + at] = format!("--{}{of_file}={wrong}", leaf.option),
                None if leaf.positional => {
                    let positional = leaves(row, &operation).into_iter().filter(|leaf| leaf.positional);
                    let at = positional.clone().position(|other| other.name == leaf.name).unwrap();
                    let places: Vec<_> = odd
                        .iter()
                        .enumerate()
                        .skip(path)
                        .filter(|(_, word)| !word.starts_with("--"))
                        .map(|(at, _)| at)
                        .collect();
                    odd[places[at]] = wrong.to_owned();
                }
                None => continue,
            }
            refused(&odd, &leaf.name).await;
        }
    }
}

#[test]
fn what_goes_on_has_a_flag_for_it_and_what_takes_away_asks() {
    for row in ROWS {
        let operation = row.named().unwrap();
        let method = operation.homes().0.method.as_str();
        assert_eq!(tasks::flag(operation.task_role()).is_some(), operation.task_role() != TaskRole::None);
        assert!(method != "DELETE" || row.risk == Risk::TakesAway, "{}: it deletes", row.path);
        assert!(method != "GET" || row.risk == Risk::Reads, "{}: it reads", row.path);
        let starts = operation.task_role() == TaskRole::Starts;
        assert!(!starts || row.risk != Risk::Reads, "{}: it starts something", row.path);
    }
}

/// A folder of the sandbox.
const FOLDER: &str = "disk:/задача #42.txt";

/// A row that is declared wrongly does not lose what it starts: what is printed is the task, and not a bare answer.
#[tokio::test]
async fn what_goes_on_is_never_left_to_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.json");
    let output = path.to_str().unwrap();
    let line =
        ["orglib", "--sandbox", "--quiet", "--output", output, "disk", "resources", "copy", FOLDER, "/W"];
    let matches = program().try_get_matches_from(line).unwrap();
    let global = GlobalOptions::from_arg_matches(&matches).unwrap();
    let (row, given) = asked_for(&matches).unwrap();
    let reads = Row { risk: Risk::Reads, ..*row };
    super::run(&reads, given, &global).await.unwrap();
    let printed: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!((&printed["status"], printed["task_id"].is_string()), (&json!("done"), true), "{printed}");
}

#[test]
fn a_body_file_is_offered_where_there_is_a_body_to_fill() {
    let program = program();
    let (mut with, mut without) = (0, 0);
    for row in ROWS {
        let operation = row.named().unwrap();
        let (meta, legacy) = operation.homes();
        let parameters =
            meta.parameters.iter().chain(legacy.into_iter().flat_map(|legacy| legacy.parameters));
        let is_filled = parameters.clone().any(|parameter| {
            let is_json = !matches!(parameter.shape.kind, Kind::Bytes);
            matches!(parameter.place, Place::Property | Place::Body)
                && is_json
                && !row.places.contains(&parameter.name)
                && row.fixed.is_empty()
                && row.only.is_empty()
        });
        let mut command = &program;
        for word in row.words() {
            command = command.find_subcommand(word).unwrap();
        }
        let is_offered = command.get_arguments().any(|argument| argument.get_id() == BODY_FILE);
        assert_eq!(is_offered, is_filled, "{}", row.path);
        *(if is_offered { &mut with } else { &mut without }) += 1;
    }
    assert!(with > 0 && without > 0);
}

#[test]
fn every_row_is_an_operation_and_no_two_share_one_unless_one_says_always_the_same() {
    for row in ROWS {
        let operation = row.named().unwrap_or_else(|| panic!("{}: no operation {}", row.path, row.operation));
        let output = operation.homes().0.output;
        let shape = Columns::of_output(&output, row.table);
        for column in row.table.iter().chain(row.where_any) {
            assert!(shape.columns.iter().any(|known| known == column), "{}: {column}", row.path);
        }
        assert_eq!(row.table.is_empty(), !output.many, "{}: a list has columns, and only a list", row.path);
    }
    let paths: HashSet<_> = ROWS.iter().map(|row| row.path).collect();
    let operations: HashSet<_> = ROWS.iter().map(|row| (row.operation, row.fixed, row.only)).collect();
    assert_eq!((paths.len(), operations.len()), (ROWS.len(), ROWS.len()));
    for row in ROWS {
        let known: Vec<_> = leaves(&Row { fixed: &[], only: &[], ..*row }, &row.named().unwrap());
        let names = row.fixed.iter().map(|(name, _)| name).chain(row.asks);
        for name in names {
            assert!(known.iter().any(|leaf| leaf.name == *name), "{}: {name}", row.path);
        }
        assert_eq!(row.fixed.is_empty() && row.only.is_empty(), row.says.is_empty(), "{}", row.path);
    }
}

#[test]
fn every_example_can_be_typed() {
    for row in ROWS {
        let line = format!("orglib {} {}", row.path, row.example);
        let words = line.split_whitespace().map(|word| word.trim_matches('\''));
        let matches = program().try_get_matches_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
        let (found, _) = asked_for(&matches).unwrap_or_else(|| panic!("{line}"));
        assert_eq!(found.path, row.path);
    }
}

/// The commands that do something, by their words.
fn leaves_of(command: &clap::Command, path: &str, leaves: &mut Vec<String>) {
    for child in command.get_subcommands() {
        let path = format!("{path} {}", child.get_name()).trim_start().to_owned();
        leaves_of(child, &path, leaves);
        if !child.has_subcommands() || !child.is_subcommand_required_set() {
            leaves.push(path);
        }
    }
}

#[test]
fn every_command_that_is_written_by_hand_has_an_example_that_can_be_typed() {
    let mut leaves = Vec::new();
    leaves_of(&program(), "", &mut leaves);
    let by_hand: Vec<_> = leaves.iter().filter(|path| ROWS.iter().all(|row| row.path != *path)).collect();
    assert_eq!(by_hand.len(), EXAMPLES.len(), "{by_hand:?}");
    for path in by_hand {
        let line = example(path).unwrap_or_else(|| panic!("{path} has no example"));
        let matches = program().try_get_matches_from(line.split_whitespace());
        let matches = matches.unwrap_or_else(|error| panic!("{line}: {error}"));
        crate::arguments::Arguments::from_arg_matches(&matches)
            .unwrap_or_else(|error| panic!("{line}: {error}"));
    }
}

#[test]
fn what_is_not_asked_for_has_no_arguments_and_what_is_has_all() {
    let argument = |line: &[&str], words: &[&str]| {
        let arguments: Vec<_> = line.iter().map(Into::into).collect();
        let mut command = &program_for(&arguments);
        for word in words {
            command = command.find_subcommand(word).unwrap();
        }
        command.get_arguments().count()
    };
    let words = ["departments", "get"];
    assert_eq!(argument(&["orglib", "groups", "get", "1"], &words), 0);
    assert_eq!(argument(&["orglib", "--org", "7", "departments", "--quiet", "get", "1"], &words), 2);
}

#[test]
fn every_object_says_what_it_is() {
    fn look(command: &clap::Command, path: &str, silent: &mut Vec<String>) {
        for child in command.get_subcommands() {
            let path = format!("{path} {}", child.get_name());
            if child.get_about().is_none_or(|about| about.to_string().is_empty()) {
                silent.push(path.clone());
            }
            look(child, &path, silent);
        }
    }
    let mut silent = Vec::new();
    look(&program(), "", &mut silent);
    assert!(silent.is_empty(), "{silent:?}");
}
