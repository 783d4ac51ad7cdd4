//! Changing and closing what employees share, as an administrator.

use orglib_core::{operation, transport::SecretString};
use orglib_models::{Patch, UserId, disk::NewPublicAccess};

/// Change who may do what with an employee's public resource, and until when. What is not given stays as it is.
///
/// The resource is named in one of three ways: by its owner and its path, by its key, or by its id. That the accesses which
/// are sent take the place of those that are there was not seen: read the settings again.
#[operation(
    id = "public-settings-change-admin", patch = "/v1/disk/public/resources/admin/public-settings", host = Cloud,
    scopes = any("cloud_api:disk.write"), rate = "disk", idempotent = true, check = Self::check, output = ()
)]
pub struct UpdateSettings {
    /// The owner; goes with `path`.
    #[query]
    user_id: Option<UserId>,
    /// The path on the owner's Disk, in the form `/name`; goes with `user_id`.
    #[query]
    path: Option<String>,
    /// The public key or the public address, in place of owner and path.
    #[query]
    public_key: Option<String>,
    /// The id of the resource, in place of owner and path.
    #[query]
    resource_id: Option<String>,
    /// Whether accesses are told one by one, as they are here; the service's default is not.
    #[query]
    allow_address_access: Option<bool>,
    /// When the link ends, in seconds of the Unix era; null for no end.
    #[body]
    available_until: Patch<u64>,
    /// The password of the link, for the rights that need one. It cannot be read back.
    #[body(secret)]
    password: Option<SecretString>,
    /// All accesses that the resource is to have, but for the owner's, in place of those that are there.
    #[body]
    accesses: Option<Vec<NewPublicAccess>>,
}

impl UpdateSettings {
    fn check(&self) -> Result<(), String> {
        let by_path = match (self.user_id.is_some(), self.path.is_some()) {
            (true, true) => 1,
            (false, false) => 0,
            _ => return Err("`user_id` and `path` go together: give both, or another way".to_owned()),
        };
        let ways = by_path + u8::from(self.public_key.is_some()) + u8::from(self.resource_id.is_some());
        if ways != 1 {
            let message =
                "name the resource in one way: `user_id` and `path`, `public_key`, or `resource_id`";
            return Err(message.to_owned());
        }
        let changes = !self.available_until.is_keep() || self.password.is_some();
        check(self.accesses.as_deref(), self.allow_address_access, changes)
    }
}

/// Whether there is something to change, and accesses are such as are taken.
pub(crate) fn check(
    accesses: Option<&[NewPublicAccess]>,
    allow_address_access: Option<bool>,
    changes_else: bool,
) -> Result<(), String> {
    match accesses {
        None if changes_else => Ok(()),
        None => Err("say what is to change: `accesses`, `available_until` or `password`".to_owned()),
        Some(_) if allow_address_access != Some(true) => {
            Err("`accesses` are taken only with `allow_address_access`: set it to true".to_owned())
        }
        Some(accesses) => {
            let checked = accesses.iter().enumerate();
            checked.into_iter().try_for_each(|(index, access)| {
                access.check().map_err(|wrong| format!("`accesses.{index}`: {wrong}"))
            })
        }
    }
}

/// Close all access to what an employee shares, by link and by name. Its key and its link are gone then.
#[operation(
    id = "unpublish-admin-phash", put = "/v1/disk/public/resources/admin/unpublish", host = Cloud,
    scopes = all("cloud_api:disk.read", "cloud_api:disk.write"), rate = "disk", output = ()
)]
pub struct UnpublishByKey {
    /// The public key or the public address.
    #[query]
    public_key: String,
}
