#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod application;
mod device;
mod info;
mod keeper;
mod kept;
mod refresh;
mod service_application;
mod subject;
mod token;
mod web;

use orglib_core::operations;
/// What every service needs: the client, its errors, where the services are, and the transport beneath.
pub use orglib_core::{Client, Endpoints, Error, transport};
pub use orglib_models::{UserId, oauth::UserInfo};

pub use crate::{
    application::{Application, OAuth},
    device::{DeviceCode, StartDevice},
    info::GetUserInfo,
    keeper::{KeeperLock, TokenKeeper},
    refresh::RefreshCredentials,
    service_application::ServiceApplication,
    subject::Subject,
    token::{ExchangeToken, GrantType, RequestToken, RevokeToken, SubjectType, Token},
    web::{CODE_PAGE, WebSignIn},
};

/// The setters of optional arguments, for calls.
pub mod prelude {
    pub use crate::{
        device::StartDeviceOptions,
        token::{RequestTokenOptions, RevokeTokenOptions},
    };
}

operations! { pub:
    RevokeToken,
    GetUserInfo;
    RequestToken,
    StartDevice,
}
