//! What is made twice: every operation that makes something is sent two times with the same values.

use std::sync::Arc;

use futures::TryStreamExt;
use orglib::{
    Client, Host, OperationMeta,
    models::{
        OrgId,
        value::{Value as Given, Values},
    },
    transport::{StaticToken, http::header::AUTHORIZATION},
};
use orglib_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::{
    conformance::{all, endpoints, signed_in},
    refusals::{is_in_shape, sent},
};

/// What becomes of the second one.
#[derive(Clone, Copy, Debug)]
enum Second {
    /// It is there: 409.
    Refused,
    /// It is done too, for this reason.
    Done(&'static str),
}
use Second::{Done, Refused};

const NO_NAME: &str = "the documents do not say that two cannot have the same name";

/// Every operation that makes something, with what it is given.
fn table(known: &Known) -> Vec<(&'static str, Value, Second)> {
    let Known { org, user, other, vd_hash, list, guid } = known;
    vec![
        (
            "UserService_Create",
            json!({"org_id": org, "nickname": "twice", "department_id": 1, "password": "correct horse",
                "name": {"first": "A", "last": "B"}}),
            Refused,
        ),
        ("post-user-alias", json!({"org_id": org, "user_id": user, "alias": "one.alias"}), Refused),
        (
            "UserService_CreateUserAlias",
            json!({"org_id": org, "user_id": user, "alias": "two.alias"}),
            Refused,
        ),
        (
            "DepartmentService_Create",
            json!({"org_id": org, "name": "A", "parent_id": 1, "label": "dep"}),
            Refused,
        ),
        (
            "DepartmentService_CreateAlias",
            json!({"org_id": org, "department_id": 2, "alias": "dep.alias"}),
            Refused,
        ),
        ("GroupService_Create", json!({"org_id": org, "name": "A", "label": "gro"}), Refused),
        (
            "post-group-members",
            json!({"org_id": org, "group_id": 5, "member": {"type": "department", "id": "3"}}),
            Done("the answer says `added: false`"),
        ),
        (
            "GroupService_AddMember",
            json!({"org_id": org, "group_id": 5, "member": {"type": "department", "id": "2"}}),
            Done("the answer says `added: false`"),
        ),
        (
            "ExternalContactService_Create",
            json!({"org_id": org, "first_name": "A", "last_name": "B",
                "emails": [{"email": "a@elsewhere.example", "main": true}]}),
            Done(NO_NAME),
        ),
        ("post-office", json!({"org_id": org, "name": "A"}), Done(NO_NAME)),
        ("post-room", json!({"org_id": org, "name": "A"}), Done(NO_NAME)),
        (
            "MailboxService_CreateShared",
            json!({"org_id": org, "email": "twice.box@severny-most.example", "name": "Box", "description": ""}),
            Refused,
        ),
        (
            "MailboxService_CreateDelegated",
            json!({"org_id": org, "resource_id": other}),
            Done("switched on it stays on"),
        ),
        (
            "MailUserSettingsService_SetAddressBook",
            json!({"org_id": org, "user_id": user, "collect_addresses": true}),
            Done("it is a setting"),
        ),
        (
            "MailUserSettingsService_CreateRule",
            json!({"org_id": org, "user_id": user,
                "forward": {"address": "a@elsewhere.example", "rule_name": "A", "with_store": true}}),
            Done(NO_NAME),
        ),
        (
            "MailAntispamIpAllowlistService_Create",
            json!({"org_id": org, "allow_list": ["192.0.2.1"]}),
            Done("it takes the place of the whole list"),
        ),
        (
            "post-mailing-list",
            json!({"org_id": org, "email_id": list, "role_actions": [{"type": "grant",
                "roles": ["mail_list_sender"], "subjects": [{"type": "user", "id": user, "org_id": org}]}]}),
            Done("who may send may send"),
        ),
        ("CreateResource", json!({"path": "/twice"}), Refused),
        ("shd-create", json!({"org_id": org}), Done("each has an id of its own")),
        ("create-folder_shd", json!({"path": format!("vd:{vd_hash}:disk:/twice")}), Refused),
        ("DomainService_Create", json!({"org_id": org, "domain": "twice.example"}), Refused),
        (
            "DomainDNSService_Create",
            json!({"org_id": org, "domain": "severny-most.example", "record": {"type": "A", "name": "twice",
                "address": "192.0.2.7", "ttl": 300}}),
            Done("the documents do not say that a zone has no record twice"),
        ),
        ("post-2fa", json!({"org_id": org}), Done("whoever is signed out is signed out")),
        (
            "ServiceApplicationsService_Create",
            json!({"org_id": org, "applications": [{"id": "a", "scopes": ["calendar:all"]}]}),
            Done("it takes the place of the whole list"),
        ),
        (
            "OrgV3_Create",
            json!({"organization": {"org_name": "Twice", "parent_org_guid": guid}}),
            Done(NO_NAME),
        ),
        (
            "GatewayOrgs_Create",
            json!({"organization": {"org_name": "Twice", "parent_org_guid": guid}}),
            Done(NO_NAME),
        ),
    ]
}

/// What there is in the sandbox.
struct Known {
    org: String,
    user: String,
    other: String,
    vd_hash: String,
    list: String,
    guid: String,
}

impl Known {
    async fn of(sandbox: &Sandbox, code42: &str) -> Self {
        let credentials = StaticToken::oauth(sandbox.token().into()).unwrap();
        let client = Client::builder(sandbox.transport()).credentials(Arc::new(credentials)).build();
        let org = OrgId::try_from(sandbox.org_id()).unwrap();
        let directory = orglib::directory::Directory::new(client.clone(), org);
        let people: Vec<_> = directory.users().list().stream().try_collect().await.unwrap();
        let disks = orglib::disk::Disk::new(client.clone(), org).shared_disks();
        let disks: Vec<_> = disks.list().stream().try_collect().await.unwrap();
        let groups: Vec<_> = directory
            .groups()
            .list()
            .generation(orglib::Generation::Legacy)
            .stream()
            .try_collect()
            .await
            .unwrap();
        let mine = all().find(|(.., meta)| meta.id == "OrgV1_GetMy").unwrap().0;
        let mut mine = client.named(mine, Values::new()).and_then(|call| call.request()).unwrap();
        mine.headers.insert(AUTHORIZATION, code42.parse().unwrap());
        let (_, mine) = sent(sandbox, mine).await;
        Self {
            guid: mine["data"]["orgGuid"].as_str().unwrap().to_owned(),
            org: org.to_string(),
            user: people[3].id.to_string(),
            other: people[4].id.to_string(),
            vd_hash: disks[0].vd_hash.to_string(),
            list: groups.iter().find_map(|group| group.email_id).unwrap().to_string(),
        }
    }
}

/// Whether an operation makes something, by its name.
fn makes(meta: &OperationMeta) -> bool {
    let is_sent = ["POST", "PUT"].contains(&meta.method.as_str());
    is_sent && ["reate", "Add", "post-"].iter().any(|word| meta.id.contains(word))
}

#[tokio::test]
async fn a_second_one_is_refused_as_there_or_there_is_a_reason_that_it_is_not() {
    let sandbox = Sandbox::builder().users(30).check_answers(true).build();
    let [user, _, gateway] = signed_in(&sandbox).await;
    let known = Known::of(&sandbox, &user).await;
    let table = table(&known);
    let mut strays = Vec::new();
    for (operation, generation, meta) in all().filter(|(.., meta)| makes(meta)) {
        let Some((_, given, second)) = table.iter().find(|(id, ..)| *id == meta.id) else {
            strays.push(format!("{} makes something, and is not tried", meta.id));
            continue;
        };
        let mut values = Values::new();
        for (name, value) in given.as_object().unwrap() {
            values.set(name, serde_json::from_value::<Given>(value.clone()).unwrap()).unwrap();
        }
        let client = Client::builder(sandbox.transport()).endpoints(endpoints(generation)).build();
        let mut request = client.named(operation, values).and_then(|call| call.request()).unwrap();
        let who = match meta.host {
            Host::Code42 => user.clone(),
            Host::Code42Gateway => gateway.clone(),
            _ => format!("OAuth {}", sandbox.token()),
        };
        request.headers.insert(AUTHORIZATION, who.parse().unwrap());
        let (first, body) = sent(&sandbox, request.clone()).await;
        if !(200..300).contains(&first) {
            strays.push(format!("{}: the first one: {first} {body}", meta.id));
            continue;
        }
        let (status, body) = sent(&sandbox, request).await;
        let is_right = match second {
            Refused => status == 409 && is_in_shape(meta, &body),
            Done(reason) => (200..300).contains(&status) && !reason.is_empty(),
        };
        if !is_right {
            strays.push(format!("{}: the second one: {status} {body}, expected {second:?}", meta.id));
        }
    }
    let idle = table.iter().filter(|(id, ..)| !all().any(|(.., meta)| meta.id == *id && makes(meta)));
    strays.extend(idle.map(|(id, ..)| format!("{id} stands in the table, and makes nothing")));
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}
