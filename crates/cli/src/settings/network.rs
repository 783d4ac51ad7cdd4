//! The way to the services.

use std::{fs, path::PathBuf};

use orglib::transport::{HttpTransport, SecretString};

use super::Chosen;
use crate::{
    environment::{CA_FILE, Environment, PROXY},
    failure::Failure,
    options::GlobalOptions,
    profile::Profile,
};

/// The way to the services.
#[derive(Debug, Default)]
pub(crate) struct Network {
    /// Certificates to trust, as PEM, and the file that they come from.
    pub(crate) ca: Option<Chosen<(PathBuf, Vec<u8>)>>,
    /// The proxy. It may hold a password.
    pub(crate) proxy: Option<Chosen<SecretString>>,
}

impl Network {
    pub(super) fn of(
        options: &GlobalOptions,
        environment: &Environment,
        profile: &Profile,
    ) -> Result<Self, Failure> {
        let ca = Chosen::of(
            ("--ca-file", options.ca_file.clone()),
            (CA_FILE, environment),
            profile.ca_file.clone(),
            |file| Ok(PathBuf::from(file)),
        )?;
        let ca = match ca {
            Some(Chosen { value: file, from }) => {
                let pem = fs::read(&file).map_err(|error| {
                    Failure::usage(format!("the certificates in {} cannot be read: {error}", file.display()))
                })?;
                Some(Chosen::new((file, pem), from))
            }
            None => None,
        };
        let proxy = Chosen::of(
            ("--proxy", options.proxy.as_deref().map(SecretString::from)),
            (PROXY, environment),
            profile.proxy.as_deref().map(SecretString::from),
            |proxy| Ok(SecretString::from(proxy)),
        )?;
        Ok(Self { ca, proxy })
    }

    /// The transport that goes this way.
    pub(crate) fn transport(&self) -> Result<HttpTransport, Failure> {
        let mut builder = HttpTransport::builder();
        if let Some(Chosen { value: (_, pem), .. }) = &self.ca {
            builder = builder.root_certificate_pem(pem.as_slice());
        }
        if let Some(proxy) = &self.proxy {
            let proxied = builder.proxy_at(proxy.value.expose());
            builder = proxied.map_err(|error| Failure::usage(error.to_string()))?;
        }
        builder.build().map_err(|error| match &self.ca {
            Some(Chosen { value: (file, _), .. }) => Failure::usage(format!("{error} ({})", file.display())),
            None => Failure::usage(error.to_string()),
        })
    }
}
