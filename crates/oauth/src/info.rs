//! Whose token it is.

use orglib_core::operation;
use orglib_models::oauth::UserInfo;

/// Show whose token it is. Any token will do; the scopes say how much is told.
#[operation(
    id = "user-information", get = "/info", host = Login,
    scopes = any("login:info", "login:email", "login:avatar", "login:birthday", "login:default_phone"),
    output = UserInfo
)]
pub struct GetUserInfo {}
