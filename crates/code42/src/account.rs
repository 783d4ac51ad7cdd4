//! Who has signed in, and to which tenant.

use orglib_core::operation;
use orglib_models::code42::{CurrentUser, Customer};

/// Show the user who has signed in. An API client is none: the service finds nobody then.
#[operation(id = "UserV1_My", get = "/api/v1/User/my", host = Code42, within = "data", output = CurrentUser)]
pub struct GetCurrentUser {}

/// Show the tenant.
#[operation(id = "CustomerV3_My", get = "/api/v3/customer/my", host = Code42, within = "data", output = Customer)]
pub struct GetCustomer {}
