//! `orglib disk`.

mod local;
mod places;
mod transfer;

use clap::{Args, Subcommand, builder::PossibleValuesParser};
use orglib::{
    disk::{self, Children, Folder, OwnPublic, ResourceSort},
    jobs::exposure::Who,
    models::disk::{LinkedResource, PublicResource, PublicSettings, Resource, SharedPath, TrashResource},
};
use serde::Serialize;

use self::transfer::{DownloadOptions, LinkDownloadOptions, UploadOptions};
use super::list;
use crate::{
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// What is shared by link or by name
    #[command(subcommand)]
    Public(Public),
    /// Files and folders of the token's owner
    #[command(subcommand)]
    Resources(Resources),
    /// What the token's owner has deleted
    #[command(subcommand)]
    Trash(Trash),
    /// What others share with everybody who has the link
    #[command(subcommand)]
    Links(Links),
    /// Disks that the organisation shares
    #[command(subcommand)]
    SharedDisks(SharedDisks),
}

#[derive(Debug, Subcommand)]
pub(crate) enum SharedDisks {
    /// Files and folders on one
    #[command(subcommand)]
    Resources(SharedResources),
}

#[derive(Debug, Subcommand)]
pub(crate) enum SharedResources {
    /// List what is in a folder on a shared disk
    List {
        /// The path of the folder, in the form `vd:LABEL:disk:/path`
        path: SharedPath,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Links {
    /// Download what a link leads to
    Download(LinkDownloadOptions),
    /// List what is in a folder that a link leads to
    List {
        /// The public key or the public address
        public_key: String,
        /// The path inside that folder, beginning with a slash
        #[arg(long, value_name = "PATH", default_value = "/")]
        path: String,
        /// What it is sorted by; with a minus the other way round
        #[arg(long, value_name = "WORD", allow_hyphen_values = true, value_parser = sorts())]
        sort: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Resources {
    /// Upload files and folders of this machine
    Upload(UploadOptions),
    /// Download files and folders to this machine
    Download(DownloadOptions),
    /// List what is in a folder
    List {
        /// The path of the folder
        #[arg(default_value = "/")]
        path: String,
        /// What it is sorted by; with a minus the other way round
        #[arg(long, value_name = "WORD", allow_hyphen_values = true, value_parser = sorts())]
        sort: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Trash {
    /// List what is in the trash
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Public {
    /// List the public resources of an employee, or those of the token's owner
    List(ListOptions),
    /// Show who may do what with a public resource
    Settings(SettingsOptions),
}

#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(crate) struct ListOptions {
    /// The owner's id or e-mail address
    #[arg(long, value_name = "WHO")]
    user: Option<Who>,
    /// List what the token's owner shares
    #[arg(long)]
    own: bool,
}

#[derive(Args, Debug)]
pub(crate) struct SettingsOptions {
    /// The path of the resource on its owner's Disk, as the list shows it or without its `/disk`
    #[arg(long, value_name = "PATH", required_unless_present_any = ["key", "resource_id"], conflicts_with_all = ["key", "resource_id"])]
    path: Option<String>,
    /// The id or e-mail address of the owner of the path
    #[arg(long, value_name = "WHO", required_unless_present_any = ["key", "resource_id", "own"], conflicts_with_all = ["key", "resource_id"])]
    user: Option<Who>,
    /// The path is on the Disk of the token's owner
    #[arg(long, conflicts_with_all = ["user", "key", "resource_id"])]
    own: bool,
    /// The public key (`public_hash` in the list) or the public address of the resource
    #[arg(long, value_name = "KEY", conflicts_with = "resource_id")]
    key: Option<String>,
    /// The id of the resource, OWNER:HASH
    #[arg(long, value_name = "ID")]
    resource_id: Option<String>,
}

pub(super) async fn run(command: &Command, global: &GlobalOptions) -> Result<(), Failure> {
    let session = Session::open(global).await?;
    match command {
        Command::Public(Public::List(options)) => list_public(options, &session, global).await,
        Command::Resources(Resources::Upload(options)) => transfer::upload(options, &session, global).await,
        Command::Resources(Resources::Download(options)) => {
            transfer::download(options, &session, global).await
        }
        Command::Resources(Resources::List { path, sort }) => {
            let shape = Shape::of(&Resource::default(), &["name", "type", "size", "modified", "public_url"])?;
            let rows = Rows::open(global, Kind::List, &shape)?;
            let folder = disk::Resources::new(session.client().clone()).list(path.as_str());
            children(
                match sorted(sort.as_deref()) {
                    Some(sort) => folder.sort(sort),
                    None => folder,
                },
                rows,
            )
            .await
        }
        Command::Links(Links::Download(options)) => {
            transfer::download_linked(options, &session, global).await
        }
        Command::Links(Links::List { public_key, path, sort }) => {
            let columns = ["path", "type", "size", "modified"];
            let rows = Rows::open(global, Kind::List, &Shape::of(&LinkedResource::default(), &columns)?)?;
            let links = disk::Links::new(session.client().clone());
            let folder = links.list(public_key.as_str(), path.as_str());
            children(
                match sorted(sort.as_deref()) {
                    Some(sort) => folder.sort(sort),
                    None => folder,
                },
                rows,
            )
            .await
        }
        Command::SharedDisks(SharedDisks::Resources(SharedResources::List { path })) => {
            let shape = Shape::of(&Resource::default(), &["name", "type", "size", "modified"])?;
            let rows = Rows::open(global, Kind::List, &shape)?;
            children(session.disk()?.shared_disks().files(path.vd_hash()).list(path.path()), rows).await
        }
        Command::Trash(Trash::List) => {
            let columns = ["path", "type", "size", "origin_path", "deleted"];
            let rows = Rows::open(global, Kind::List, &Shape::of(&TrashResource::default(), &columns)?)?;
            children(disk::Trash::new(session.client().clone()).list(), rows).await
        }
        Command::Public(Public::Settings(options)) => {
            let shape = Shape::of(&PublicSettings::default(), &[])?;
            let rows = Rows::open(global, Kind::Object, &shape)?;
            list::write_object(rows, &settings(options, &session).await?)
        }
    }
}

fn sorts() -> PossibleValuesParser {
    PossibleValuesParser::new(ResourceSort::ALL.iter().map(|sort| sort.as_str()))
}

fn sorted(word: Option<&str>) -> Option<ResourceSort> {
    ResourceSort::ALL.iter().find(|known| word == Some(known.as_str())).copied()
}

/// Writes what is in a folder, as it comes.
async fn children<O: Folder<Item: Serialize>>(
    mut folder: Children<O>,
    mut rows: Rows,
) -> Result<(), Failure> {
    while let Some(child) = folder.next().await {
        rows.write(&child?)?;
    }
    rows.finish()
}

async fn list_public(
    options: &ListOptions,
    session: &Session,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    match &options.user {
        Some(who) => {
            let shape =
                Shape::of(&PublicResource::default(), &["path", "type", "created_at", "public_hash"])?;
            let public = session.disk()?.public();
            let rows = Rows::open(global, Kind::List, &shape)?;
            list::write(public.owned_by(session.resolver()?.user(who).await?), rows).await
        }
        None => {
            let shape = Shape::of(&Resource::default(), &["path", "type", "created", "public_url"])?;
            let rows = Rows::open(global, Kind::List, &shape)?;
            list::write(OwnPublic::new(session.client().clone()).list(), rows).await
        }
    }
}

async fn settings(options: &SettingsOptions, session: &Session) -> Result<PublicSettings, Failure> {
    if let Some(path) = options.path.as_ref().filter(|_| options.own) {
        return Ok(OwnPublic::new(session.client().clone()).settings(path).send().await?);
    }
    let public = session.disk()?.public();
    match (&options.path, &options.user, &options.key, &options.resource_id) {
        (Some(path), Some(who), ..) => by_path(session, who, path).await,
        (_, _, Some(key), _) => Ok(public.settings_by_key(key).send().await?),
        (.., Some(id)) => Ok(public.settings_by_resource_id(id).send().await?),
        _ => Err(Failure::usage("give --path and --user, --path and --own, --key or --resource-id")),
    }
}

/// The list says `/disk/name` where the method wants `/name`; a folder of one's own may be called `disk`, too.
async fn by_path(session: &Session, who: &Who, path: &str) -> Result<PublicSettings, Failure> {
    let public = session.disk()?.public();
    let owner = session.resolver()?.user(who).await?;
    let mut listed = PublicResource::default();
    listed.path = path.to_owned();
    match public.settings_by_path(owner, listed.settings_path()).send().await {
        Err(error) if error.is_not_found() && listed.settings_path() != path => {
            Ok(public.settings_by_path(owner, path).send().await?)
        }
        settings => Ok(settings?),
    }
}
