//! What people share from Disk.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;

use common::{Asker, checked, list, text};
use orglib_sandbox::Scenario;
use serde_json::{Value, json};

const OWNED: &str = "/v1/disk/public/resources/admin/public-resources";
const BY_KEY: &str = "/v1/disk/public/resources/admin/public-settings";
const BY_PATH: &str = "/v1/disk/public/resources/admin/public-settings-by-path";
const BY_ID: &str = "/v1/disk/public/resources/admin/public-settings-by-resource-id";
const ACCESSIBLE: &str = "/v1/disk/public/resources/admin/accessible-resources";
const OWN: &str = "/v1/disk/resources/public";
const OWN_SETTINGS: &str = "/v1/disk/public/resources/public-settings";
const AVAILABLE: &str = "/v1/disk/public/resources/public-settings/available-settings";

/// Every resource with its owner's id.
async fn all(asker: &Asker<'_>) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for user in asker.users().await {
        let id = text(&user["id"]).to_owned();
        all.extend(asker.resources(&id).await.into_iter().map(|resource| (id.clone(), resource)));
    }
    all
}

#[tokio::test]
async fn resources_are_listed_in_pages_of_a_hundred() {
    let sandbox = checked().users(200).resources(600).build();
    let asker = Asker::new(&sandbox);
    let org_id = sandbox.org_id().to_string();
    let mut sizes = BTreeSet::new();
    let mut total = 0;
    for user in asker.users().await {
        let mut count = 0;
        loop {
            let offset = count.to_string();
            let query = [("user_id", text(&user["id"])), ("org_id", &org_id), ("offset", &offset)];
            let page = asker.get(OWNED, &query).await;
            assert_eq!((&page["limit"], &page["offset"]), (&json!(100), &json!(count)));
            count += list(&page["items"]).len();
            if list(&page["items"]).len() < 100 {
                break;
            }
        }
        sizes.insert(count);
        total += count;
    }
    assert_eq!(total, 600);
    assert!(sizes.contains(&0) && sizes.contains(&100) && sizes.contains(&250), "{sizes:?}");
}

#[tokio::test]
async fn a_limit_up_to_a_thousand_is_taken_and_told() {
    let sandbox = checked().users(3).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    let (user, org_id) = (text(&users[0]["id"]), sandbox.org_id().to_string());
    for (limit, told) in [("1", 1), ("1000", 1000), ("5000", 1000)] {
        let page = asker.get(OWNED, &[("user_id", user), ("org_id", &org_id), ("limit", limit)]).await;
        assert_eq!(page["limit"], told);
    }
}

#[tokio::test]
async fn settings_are_the_same_by_path_key_id_and_link() {
    let sandbox = checked().users(40).build();
    let asker = Asker::new(&sandbox);
    for (user, resource) in all(&asker).await {
        let path = text(&resource["path"]).strip_prefix("/disk").unwrap();
        let key = text(&resource["public_hash"]);
        let by_path = asker.get(BY_PATH, &[("user_id", &user), ("path", path)]).await;
        assert_eq!(asker.get(BY_KEY, &[("public_key", key)]).await, by_path);
        let encoded_once_more =
            key.replace('%', "%25").replace('/', "%2F").replace('+', "%2B").replace('=', "%3D");
        assert_eq!(asker.get(BY_KEY, &[("public_key", &encoded_once_more)]).await, by_path);
        assert!(list(&by_path["accesses"]).iter().any(|access| access["type"] == "owner"));
    }
}

#[tokio::test]
async fn own_resources_lead_to_the_same_settings_by_id_and_link() {
    let sandbox = checked().users(40).build();
    let asker = Asker::new(&sandbox);
    let own = list(&asker.get(OWN, &[("limit", "100")]).await["items"]);
    assert!(!own.is_empty());
    for resource in own {
        let by_id = asker.get(BY_ID, &[("resource_id", text(&resource["resource_id"]))]).await;
        assert_eq!(asker.get(BY_KEY, &[("public_key", text(&resource["public_url"]))]).await, by_id);
        let path = text(&resource["path"]);
        assert!(path.starts_with("disk:/"));
        let query = [("path", path), ("allow_address_access", "True")];
        assert_eq!(asker.get(OWN_SETTINGS, &query).await, by_id);
        let brief = asker.get(OWN_SETTINGS, &[("path", path)]).await;
        assert_eq!(brief, json!({"available_until": by_id["available_until"]}));
        let available = asker.get(AVAILABLE, &[("path", path)]).await;
        assert_eq!(list(&available["permissions"]).len(), 5);
    }
}

#[tokio::test]
async fn the_path_of_the_listing_is_not_the_path_of_the_settings() {
    let sandbox = checked().users(20).build();
    let asker = Asker::new(&sandbox);
    let all = all(&asker).await;
    let (user, resource) = &all[0];
    let path = text(&resource["path"]);
    assert_eq!(asker.status(BY_PATH, &[("user_id", user), ("path", path)]).await, 404);
    let error = asker.ask(BY_PATH, &[("user_id", user), ("path", path)]).await.json;
    assert_eq!(error["error"], "DiskNotFoundError");
}

#[tokio::test]
async fn names_are_as_awkward_as_people_make_them() {
    let sandbox = checked().users(20).resources(60).build();
    let all = all(&Asker::new(&sandbox)).await;
    for part in ["+", "&", "%", "#", "\"", "'", "\t", "🎉", "%2F", "=", "@", ";", "?", " "] {
        assert!(all.iter().any(|(_, item)| text(&item["name"]).contains(part)), "{part}");
    }
    let keys: String = all.iter().map(|(_, item)| text(&item["public_hash"])).collect();
    assert!(['/', '+', '='].iter().all(|sign| keys.contains(*sign)));
}

#[tokio::test]
async fn every_kind_of_access_occurs_in_a_small_company() {
    let sandbox = checked().users(20).resources(30).build();
    let asker = Asker::new(&sandbox);
    let mut accesses = Vec::new();
    let mut ends = Vec::new();
    for (_, resource) in all(&asker).await {
        let settings = asker.get(BY_KEY, &[("public_key", text(&resource["public_hash"]))]).await;
        accesses.extend(list(&settings["accesses"]));
        ends.push(settings["available_until"].clone());
    }
    let org = json!(sandbox.org_id());
    let some = |what: &dyn Fn(&Value) -> bool, name: &str| assert!(accesses.iter().any(what), "{name}");
    for kind in ["macro", "user", "outer_user", "group", "department", "owner"] {
        some(&|access| access["type"] == kind, kind);
    }
    some(&|access| access["macros"] == json!(["all"]), "all");
    some(&|access| access["macros"] == json!(["employees"]) && access["org_id"] == org, "employees");
    some(&|access| access["macros"] == json!(["employees", "all"]), "both");
    some(&|access| access["rights"] == json!(["write", "read"]), "several rights");
    some(&|access| access["type"] == "user" && access["org_id"] == org, "a colleague");
    some(&|access| access["org_id"] == sandbox.foreign_org_id(), "a stranger");
    some(&|access| access["type"] == "user" && access["org_id"].is_null(), "somebody without");
    some(&|access| access["id"].is_string(), "text");
    some(&|access| access["id"].is_u64(), "number");
    assert!(
        ends.iter().any(Value::is_null)
            && ends.iter().any(Value::is_i64)
            && ends.iter().any(Value::is_string)
    );
    assert_eq!(sandbox.summary().resources, 30);
    let counted = accesses.iter().filter(|access| access["type"] != "owner").count();
    assert_eq!(sandbox.summary().accesses, counted as u64);
}

#[tokio::test]
async fn employees_reach_what_is_shared_with_them() {
    let sandbox = checked().users(60).resources(400).build();
    let asker = Asker::new(&sandbox);
    let org_id = sandbox.org_id().to_string();
    let mut by_person = BTreeSet::new();
    for (_, resource) in all(&asker).await {
        let settings = asker.get(BY_KEY, &[("public_key", text(&resource["public_hash"]))]).await;
        for access in list(&settings["accesses"]) {
            if access["type"] == "user" && access["org_id"] == sandbox.org_id() {
                let id = access["id"].to_string().trim_matches('"').to_owned();
                by_person.insert((id, text(&resource["public_hash"]).to_owned()));
            }
        }
    }
    let mut listed = BTreeSet::new();
    for user in asker.users().await {
        let id = text(&user["id"]);
        let mut key = String::new();
        loop {
            let query = [("user_id", id), ("org_id", &org_id), ("limit", "3"), ("iteration_key", &key)];
            let page = asker.get(ACCESSIBLE, &query).await;
            for item in list(&page["items"]) {
                assert!(listed.insert((id.to_owned(), text(&item["public_hash"]).to_owned())));
            }
            key = text(&page["iteration_key"]).to_owned();
            if key.is_empty() {
                break;
            }
        }
        let query = [("user_id", id), ("org_id", &org_id), ("include_group_access", "1"), ("limit", "1000")];
        let as_member = list(&asker.get(ACCESSIBLE, &query).await["items"]).len();
        assert!(as_member >= listed.iter().filter(|(user, _)| user == id).count());
    }
    assert_eq!(listed, by_person);
}

#[tokio::test]
async fn own_resources_are_filtered_paged_and_trimmed() {
    let sandbox = checked().users(10).resources(300).build();
    let asker = Asker::new(&sandbox);
    let everything = list(&asker.get(OWN, &[("limit", "1000")]).await["items"]);
    assert!(everything.len() > 20);
    assert_eq!(list(&asker.get(OWN, &[]).await["items"]).len(), 20);
    for kind in ["file", "dir"] {
        let page = asker.get(OWN, &[("limit", "1000"), ("type", kind)]).await;
        let expected = everything.iter().filter(|item| item["type"] == kind).count();
        assert_eq!((list(&page["items"]).len(), &page["type"]), (expected, &json!(kind)));
    }
    let trimmed = asker.get(OWN, &[("limit", "1"), ("fields", "items.name")]).await;
    assert_eq!(trimmed, json!({"items": [{"name": everything[0]["name"]}]}));
    assert_eq!(asker.status(OWN, &[("type", "link")]).await, 400);
}

#[tokio::test]
async fn in_one_scenario_some_settings_are_found_by_key_only() {
    let sandbox = checked().users(20).resources(100).scenario(Scenario::ByKey).build();
    let asker = Asker::new(&sandbox);
    let mut missing = 0;
    for (user, resource) in all(&asker).await {
        let path = text(&resource["path"]).strip_prefix("/disk").unwrap();
        if asker.status(BY_PATH, &[("user_id", &user), ("path", path)]).await == 404 {
            missing += 1;
            asker.get(BY_KEY, &[("public_key", text(&resource["public_hash"]))]).await;
        }
    }
    assert_eq!(missing, 10);
    assert_eq!(checked().scenario(Scenario::Quiet).build().summary().resources, 0);
}

#[tokio::test]
async fn what_is_not_there_or_not_ours_is_not_found() {
    let sandbox = checked().users(10).build();
    let asker = Asker::new(&sandbox);
    let users = asker.users().await;
    let user = text(&users[0]["id"]);
    let org = sandbox.org_id().to_string();
    let foreign = sandbox.foreign_org_id().to_string();
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], u16);
    let cases: [Case<'_>; 10] = [
        (OWNED, &[("user_id", "1130000000000000"), ("org_id", &org)], 404),
        (OWNED, &[("user_id", user), ("org_id", &foreign)], 403),
        (OWNED, &[("user_id", "anna"), ("org_id", &org)], 400),
        (OWNED, &[("user_id", user)], 400),
        (OWNED, &[("user_id", user), ("org_id", &org), ("limit", "-1")], 400),
        (BY_PATH, &[("user_id", user), ("path", "/no such thing")], 404),
        (BY_PATH, &[("user_id", user)], 400),
        (BY_KEY, &[("public_key", "AAAA+/==")], 404),
        (BY_ID, &[("resource_id", "1:00")], 404),
        (OWN_SETTINGS, &[("path", "relative")], 400),
    ];
    for (path, query, status) in cases {
        let answer = asker.ask(path, query).await;
        assert_eq!(answer.status.as_u16(), status, "{path} {query:?}");
        for key in ["error", "description", "message"] {
            assert!(answer.json[key].is_string(), "{path}: {}", answer.json);
        }
    }
}

/// The examples of the documentation pages of the listing and of the settings by path.
#[tokio::test]
async fn answers_have_the_keys_of_the_documents_examples() {
    let sandbox = checked().users(20).resources(30).build();
    let asker = Asker::new(&sandbox);
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    for (user, resource) in all(&asker).await {
        assert_eq!(keys(&resource), "created_at modified_at name path public_hash type");
        let created = text(&resource["created_at"]);
        assert!(
            created.len() == "2018-01-28T12:08:48.372+03:00".len() && created.ends_with("+03:00"),
            "{created}"
        );
        let path = text(&resource["path"]).strip_prefix("/disk").unwrap();
        let settings = asker.get(BY_PATH, &[("user_id", &user), ("path", path)]).await;
        assert_eq!(keys(&settings), "accesses available_until");
        for access in list(&settings["accesses"]) {
            let expected = match (text(&access["type"]), text(&access["rights"][0])) {
                ("macro", _) if access["macros"][0] == "employees" => "macros org_id rights type",
                ("macro", _) => "macros rights type",
                ("user" | "outer_user", _) if access.get("org_id").is_none() => "id rights type",
                _ => "id org_id rights type",
            };
            assert_eq!(keys(&access), expected, "{access}");
        }
    }
}
