//! `orglib disk resources upload` and `download`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::Args;
use futures::{StreamExt, stream};
use orglib::{
    Error,
    disk::Links,
    models::disk::{Resource, ResourceType},
};
use serde::Serialize;

use super::{
    local::{self, Coming, Found, Walk, failed},
    places::{Places, Source},
};
use crate::{
    console,
    failure::Failure,
    options::GlobalOptions,
    output::{Kind, Rows, Shape},
    session::Session,
};

#[derive(Args, Debug)]
pub(crate) struct UploadOptions {
    /// Files and folders of this machine
    #[arg(value_name = "LOCAL", required = true, num_args = 1..)]
    local: Vec<PathBuf>,
    /// The path of the file on Disk, or `vd:LABEL:disk:/path` on a shared one; with a `/` at its end, and of several or of a folder, the folder that they go into
    #[arg(value_name = "PATH", required = true)]
    path: String,
    /// Replace what is there with another content
    #[arg(long)]
    overwrite: bool,
}

#[derive(Args, Debug)]
pub(crate) struct DownloadOptions {
    /// Files and folders on Disk, or `vd:LABEL:disk:/path` on a shared one
    #[arg(value_name = "PATH", required = true, num_args = 1..)]
    path: Vec<String>,
    /// The file of this machine; with a `/` at its end, and of several or of a folder, the folder that they go into
    #[arg(value_name = "LOCAL", required = true)]
    local: PathBuf,
    /// Replace what is there with another content
    #[arg(long)]
    overwrite: bool,
}

/// What came of one file.
#[derive(Serialize)]
struct Row {
    path: String,
    local: String,
    size: u64,
    state: &'static str,
}

const COLUMNS: [&str; 4] = ["path", "local", "size", "state"];
const MOVED: &str = "done";
const THERE: &str = "there already";

/// How many files are under way at once, where nobody says.
const AT_ONCE: usize = 16;

pub(super) async fn upload(
    options: &UploadOptions,
    session: &Session,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let walk = walk(options)?;
    let size: u64 = walk.files.iter().map(|file| file.size).sum();
    if global.dry_run {
        let (files, folders) = (walk.files.len(), walk.folders.len());
        console::say(&format!("would upload {files} files of {size} bytes, and make {folders} folders"));
        return summary(walk.failures);
    }
    let rows = Rows::open(global, Kind::List, &Shape::flat(&COLUMNS, &COLUMNS))?;
    let resources = Places::of(session);
    for folder in &walk.folders {
        match resources.create(folder).await {
            Err(error) if !error.is_already_exists() => return Err(error.into()),
            _ => {}
        }
    }
    let files = walk.files.into_iter().map(|file| send(&resources, file, options.overwrite));
    all(stream::iter(files), rows, walk.failures, global).await
}

/// What goes where.
fn walk(options: &UploadOptions) -> Result<Walk, Failure> {
    let is_folder = options.path.ends_with('/') || options.local.len() > 1;
    let above = options.path.trim_end_matches('/');
    let mut walk = Walk::default();
    for local in &options.local {
        if !is_folder && !local.is_dir() {
            walk.take(local, above);
            continue;
        }
        let name = local.canonicalize().ok().and_then(|whole| Some(whole.file_name()?.to_str()?.to_owned()));
        let name = name.ok_or_else(|| failed(local, &"there is no such file or folder"))?;
        walk.take(local, &format!("{above}/{name}"));
    }
    Ok(walk)
}

/// Sends one file, unless the same content is there already.
async fn send(resources: &Places, file: Found, overwrite: bool) -> Result<Row, Failure> {
    let Found { local, path, size } = file;
    let row = |state| Row { path: path.clone(), local: local.display().to_string(), size, state };
    if overwrite && is_there(resources, &path, &local, size).await? {
        return Ok(row(THERE));
    }
    let (body, digests) = local::body(local.clone(), size);
    match resources.upload(&path, body, digests).overwrite(overwrite).send().await {
        Ok(_) => Ok(row(MOVED)),
        Err(error) if error.is_already_exists() && is_there(resources, &path, &local, size).await? => {
            Ok(row(THERE))
        }
        Err(error) => Err(of_file(&path, &error)),
    }
}

/// Whether the content of a file is at a path already.
async fn is_there(resources: &Places, path: &str, local: &Path, size: u64) -> Result<bool, Failure> {
    let found = resources.find(path).await.map_err(|error| of_file(path, &error))?;
    match found.filter(|there| there.md5.is_some() && there.size == Some(size)) {
        Some(there) => Ok(local::digests(local.to_owned()).await?.are_of(&there)),
        None => Ok(false),
    }
}

fn of_file(path: &str, error: &Error) -> Failure {
    let more = if error.is_already_exists() { "; give --overwrite to replace it" } else { "" };
    Failure::other(format!("{path}: {error}{more}"))
}

#[derive(Args, Debug)]
pub(crate) struct LinkDownloadOptions {
    /// The public key or the public address
    #[arg(value_name = "PUBLIC_KEY")]
    public_key: String,
    /// The file of this machine; with a `/` at its end, and of a folder, the folder that it goes into
    #[arg(value_name = "LOCAL")]
    local: PathBuf,
    /// The path inside the folder that the link leads to, beginning with a slash
    #[arg(long, value_name = "PATH", default_value = "/")]
    path: String,
    /// Replace what is there with another content
    #[arg(long)]
    overwrite: bool,
}

pub(super) async fn download_linked(
    options: &LinkDownloadOptions,
    session: &Session,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let source = Source::Link(Links::new(session.client().clone()), options.public_key.clone());
    let (path, local) = (vec![options.path.clone()], options.local.clone());
    come(&source, &DownloadOptions { path, local, overwrite: options.overwrite }, global).await
}

pub(super) async fn download(
    options: &DownloadOptions,
    session: &Session,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    come(&Source::Disks(Places::of(session)), options, global).await
}

/// Downloads from there.
async fn come(source: &Source, options: &DownloadOptions, global: &GlobalOptions) -> Result<(), Failure> {
    let into_folder =
        options.path.len() > 1 || options.local.is_dir() || options.local.to_string_lossy().ends_with('/');
    let (mut files, mut failures) = (Vec::new(), Vec::new());
    for path in &options.path {
        let found = source.get(path).await?;
        let is_folder = found.kind == ResourceType::Dir;
        let local = match (into_folder || is_folder).then(|| safe_name(&found)) {
            Some(name) => options.local.join(name?),
            None => options.local.clone(),
        };
        if is_folder {
            gather(source, found, local, &mut files, &mut failures).await?
        } else {
            files.push((found, local))
        }
    }
    if global.dry_run {
        let size: u64 = files.iter().filter_map(|(file, _)| file.size).sum();
        console::say(&format!("would download {} files of {size} bytes", files.len()));
        return summary(failures);
    }
    let rows = Rows::open(global, Kind::List, &Shape::flat(&COLUMNS, &COLUMNS))?;
    let files = files.into_iter().map(|(file, local)| fetch(source, file, local, options.overwrite));
    all(stream::iter(files), rows, failures, global).await
}

/// The files of a folder and of the folders in it, and where they go.
async fn gather(
    source: &Source,
    folder: Resource,
    local: PathBuf,
    files: &mut Vec<(Resource, PathBuf)>,
    failures: &mut Vec<Failure>,
) -> Result<(), Failure> {
    let mut waiting = vec![(folder.path, local)];
    while let Some((path, local)) = waiting.pop() {
        let mut children = source.list(&path);
        while let Some(child) = children.next().await {
            let child = child?;
            match safe_name(&child) {
                Ok(name) if child.kind == ResourceType::Dir => {
                    waiting.push((child.path.clone(), local.join(name)))
                }
                Ok(name) => files.push((child.clone(), local.join(name))),
                Err(failure) => failures.push(failure),
            }
        }
    }
    Ok(())
}

/// The name of a file, where it is one here: a name from elsewhere must not lead out of the folder.
fn safe_name(file: &Resource) -> Result<String, Failure> {
    let name = file.name.as_str();
    let is_odd = |character: char| matches!(character, '/' | '\\' | '\0') || character.is_control();
    if name.is_empty() || name == "." || name == ".." || name.contains(is_odd) {
        return Err(Failure::other(format!("{}: its name is none for a file of this machine", file.path)));
    }
    Ok(name.to_owned())
}

/// Fetches one file, unless the same content is here already.
async fn fetch(source: &Source, file: Resource, local: PathBuf, overwrite: bool) -> Result<Row, Failure> {
    let row = |state| Row {
        path: file.path.clone(),
        local: local.display().to_string(),
        size: file.size.unwrap_or_default(),
        state,
    };
    if local.exists() {
        if file.md5.is_some() && local::digests(local.clone()).await?.are_of(&file) {
            return Ok(row(THERE));
        }
        if !overwrite {
            return Err(failed(
                &local,
                &"it is there already with another content; give --overwrite to replace it",
            ));
        }
    }
    if let Some(folder) = local.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    }
    let mut coming = Coming::open(&local)?;
    if file.size.is_some_and(|size| coming.position > size) {
        coming.begin_anew()?;
    }
    if file.size != Some(coming.position) || coming.position == 0 {
        receive(source, &file, &mut coming).await?;
    }
    if !coming.digests()?.are_of(&file) {
        coming.discard();
        let why = "what came is not what the service says of the file: it may have changed meanwhile; download it again";
        return Err(Failure::other(format!("{}: {why}", file.path)));
    }
    coming.finish(&local)?;
    Ok(row(MOVED))
}

async fn receive(source: &Source, file: &Resource, coming: &mut Coming) -> Result<(), Failure> {
    let of_file = |error: Error| of_file(&file.path, &error);
    let mut content = source.download(&file.path, coming.position).await.map_err(of_file)?;
    if content.begins_at() != coming.position {
        coming.begin_anew()?;
    }
    while let Some(piece) = content.next().await {
        coming.write(piece.map_err(of_file)?)?;
    }
    Ok(())
}

/// Waits for all, some at once, and writes what came of each.
async fn all<F: Future<Output = Result<Row, Failure>>>(
    files: impl futures::Stream<Item = F>,
    mut rows: Rows,
    mut failures: Vec<Failure>,
    global: &GlobalOptions,
) -> Result<(), Failure> {
    let at_once = global.concurrency.map_or(AT_ONCE, std::num::NonZero::get);
    let mut done = std::pin::pin!(files.buffered(at_once));
    let (mut count, mut size) = (0_u64, 0_u64);
    while let Some(outcome) = done.next().await {
        match outcome {
            Ok(row) => {
                count += 1;
                size += row.size;
                rows.write(&row)?;
            }
            Err(failure) => failures.push(failure),
        }
    }
    rows.finish()?;
    if !global.quiet {
        console::say(&format!("{count} files, {size} bytes"));
    }
    summary(failures)
}

/// Names what failed.
fn summary(failures: Vec<Failure>) -> Result<(), Failure> {
    for failure in &failures {
        console::say(&format!("orglib: {failure}"));
    }
    match failures.len() {
        0 => Ok(()),
        count => Err(Failure::partial(format!(
            "{count} files failed; each is named above, and the same command goes on with them"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_does_not_lead_out_of_its_folder() {
        for (name, is_safe) in [
            ("a.txt", true),
            ("..", false),
            ("../a", false),
            ("a\\b", false),
            ("", false),
            ("a\u{0}b", false),
            ("..a", true),
        ] {
            let mut file = Resource::default();
            file.name = name.to_owned();
            assert_eq!(safe_name(&file).is_ok(), is_safe, "{name:?}");
        }
    }
}
