//! What each operation makes of its answer: the documents' shapes, and nasty ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use orglib_core::{ErrorKind, Operation};
use orglib_disk::{
    GetAvailableSettings, GetOwnSettings, GetSettingsByKey, GetSettingsByPath, GetSettingsByResourceId,
    ListAccessibleResources, ListOwnPublicResources, ListOwnedResources, OrgId, UserId,
};
use orglib_testkit::{decode, decode_list};
use serde_json::{Value, json};

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1).unwrap();

async fn read<O: Operation>(operation: O, body: &Value) -> Value
where
    O::Output: serde::Serialize,
{
    json!(decode(operation, body).await.unwrap())
}

#[tokio::test]
async fn settings_are_read_the_same_by_every_method() {
    // The documentation's example, with an id as text and a key that is new.
    let body = json!({"accesses": [
        {"id": 1_130_000_066_112_015_u64, "type": "user", "rights": ["read"], "org_id": 8_012_499},
        {"id": "32", "type": "group", "rights": ["write"], "org_id": "8012499", "new": {"key": 1}},
        {"rights": ["read_with_password_without_download"], "org_id": 8_012_499, "type": "macro", "macros": ["employees"]},
        {"id": 1_130_000_066_115_011_u64, "type": "owner", "rights": ["write"], "org_id": 8_012_499},
    ], "available_until": null});
    let expected = read(GetSettingsByPath::new(USER, "/a"), &body).await;
    assert_eq!(expected["accesses"][0]["id"], "1130000066112015");
    assert_eq!(expected["accesses"][1]["org_id"], 8_012_499);
    assert_eq!(expected["accesses"][2]["macros"], json!(["employees"]));
    assert_eq!(read(GetSettingsByKey::new("k"), &body).await, expected);
    assert_eq!(read(GetSettingsByResourceId::new("1:ff"), &body).await, expected);
    assert_eq!(read(GetOwnSettings::new("/a"), &body).await, expected);
}

#[tokio::test]
async fn settings_may_lack_everything() {
    for body in [
        json!({}),
        json!({"accesses": null, "available_until": ""}),
        json!({"accesses": []}),
        json!({"accesses": [null], "available_until": null}),
    ] {
        let settings = read(GetSettingsByPath::new(USER, "/a"), &body).await;
        assert_eq!(settings, json!({"accesses": [], "available_until": null}), "{body}");
    }
    let settings = read(GetOwnSettings::new("/a"), &json!({"available_until": 1_700_000_000})).await;
    assert_eq!(settings["available_until"], 1_700_000_000);
    let bare = read(GetSettingsByKey::new("k"), &json!({"accesses": [{"type": null, "rights": null}]})).await;
    assert_eq!(bare["accesses"][0]["type"], "");
}

#[tokio::test]
async fn an_answer_that_is_something_else_is_not_understood() {
    for body in [json!([7]), json!("x"), json!({"accesses": {}}), json!({"accesses": [{"id": {}}]})] {
        let error = decode(GetSettingsByPath::new(USER, "/a"), &body).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
    }
}

#[tokio::test]
async fn resources_are_read_however_bare() {
    let owned = json!({"items": [
        {"created_at": "2018-01-28T12:08:48.372+03:00", "public_hash": "R6S/Qw7o+w==", "name": "aa_dir", "path": "/disk/aa_dir", "type": "dir"},
        {"name": null, "path": "/disk/b", "type": "hologram", "public_hash": null}, {},
    ], "limit": 100, "offset": 0});
    let items = decode_list(ListOwnedResources::new(USER, ORG), &owned).await.unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(
        (items[0].settings_path(), items[0].public_hash.as_deref()),
        ("/aa_dir", Some("R6S/Qw7o+w=="))
    );
    assert_eq!((items[1].kind.as_str(), items[1].name.as_str()), ("hologram", ""));

    let own = json!({"items": [{"name": "x", "path": "disk:/x", "size": "12", "public_key": "k", "modified": null}], "type": "file", "limit": 20});
    let items = decode_list(ListOwnPublicResources::new(), &own).await.unwrap();
    assert_eq!((items[0].size, items[0].public_key.as_deref()), (Some(12), Some("k")));
}

#[tokio::test]
async fn what_nobody_has_seen_is_given_as_it_comes() {
    let body = json!({"anything": [1, {"goes": null}]});
    assert_eq!(read(ListAccessibleResources::new(USER, ORG), &body).await, body);
}

#[tokio::test]
async fn available_settings_keep_new_words() {
    let body = json!({"permissions": ["read", "dance"], "use_sharing": "True", "address_access_sharing": "inner",
        "macro_sharing": null, "default": [{"macros": ["all"], "org_id": "", "rights": null}]});
    let settings = read(GetAvailableSettings::new("/a"), &body).await;
    assert_eq!(settings["permissions"], json!(["read", "dance"]));
    assert_eq!((&settings["use_sharing"], &settings["macro_sharing"]), (&json!(true), &json!("")));
    assert_eq!(settings["default"][0]["org_id"], Value::Null);
    assert_eq!(read(GetAvailableSettings::new("/a"), &json!({})).await["default"], json!([]));
}
