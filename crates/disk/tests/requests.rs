//! What each operation asks: method, encoded path, query.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use orglib_core::{Endpoints, Operation};
use orglib_disk::{
    GetAvailableSettings, GetOwnSettings, GetSettingsByKey, GetSettingsByPath, GetSettingsByResourceId,
    ListAccessibleResources, ListOwnPublicResources, ListOwnedResources, OrgId, UserId, model::ResourceType,
};
use orglib_testkit::request_line;

const ORG: OrgId = OrgId::new(7).unwrap();
const USER: UserId = UserId::new(1_130_000_000_000_001).unwrap();

fn line(operation: &impl Operation) -> String {
    request_line(&operation.request(&Endpoints::new()).unwrap())
}

#[test]
fn each_operation_asks_what_the_documents_say() {
    let admin = "/public/resources/admin";
    for (line, expected) in [
        (
            line(&ListOwnedResources::new(USER, ORG)),
            format!("{admin}/public-resources?user_id=1130000000000001&org_id=7&limit=100"),
        ),
        (
            line(&ListAccessibleResources::new(USER, ORG).include_group_access(true).limit(20_u32).iteration_key("a/b")),
            format!(
                "{admin}/accessible-resources?user_id=1130000000000001&org_id=7&include_group_access=true&limit=20&iteration_key=a%2Fb"
            ),
        ),
        (
            line(&GetSettingsByKey::new("a+b/c==")),
            format!("{admin}/public-settings?public_key=a%2Bb%2Fc%3D%3D"),
        ),
        (
            line(&GetSettingsByResourceId::new("1:ff")),
            format!("{admin}/public-settings-by-resource-id?resource_id=1%3Aff"),
        ),
        (
            line(
                &ListOwnPublicResources::new()
                    .kind(ResourceType::Dir)
                    .fields(["items.name", "items.path"])
                    .preview_size("S")
                    .preview_crop(false),
            ),
            "/resources/public?type=dir&fields=items.name%2Citems.path&preview_size=S&preview_crop=false&limit=100"
                .to_owned(),
        ),
        (
            line(&GetOwnSettings::new("disk:/a").allow_address_access(true).fields(["accesses"])),
            "/public/resources/public-settings?path=disk%3A%2Fa&allow_address_access=true&fields=accesses".to_owned(),
        ),
        (
            line(&GetAvailableSettings::new("/a")),
            "/public/resources/public-settings/available-settings?path=%2Fa".to_owned(),
        ),
    ] {
        assert_eq!(line, format!("GET https://cloud-api.yandex.net/v1/disk{expected}"));
    }
}

#[test]
fn a_path_with_any_character_is_encoded_once() {
    for (path, encoded) in [
        ("/план + бюджет", "%2F%D0%BF%D0%BB%D0%B0%D0%BD%20%2B%20%D0%B1%D1%8E%D0%B4%D0%B6%D0%B5%D1%82"),
        ("/a&b#c%2F\"'\t🦀", "%2Fa%26b%23c%252F%22%27%09%F0%9F%A6%80"),
    ] {
        let line = line(&GetSettingsByPath::new(USER, path));
        assert!(
            line.ends_with(&format!("public-settings-by-path?user_id=1130000000000001&path={encoded}")),
            "{line}"
        );
    }
}
