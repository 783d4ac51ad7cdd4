//! Where the workspace is, what is in it, and how its commands are run.

use std::{
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use cargo_metadata::{Metadata, MetadataCommand, Package};

pub(crate) type Error = Box<dyn std::error::Error>;
pub(crate) type Result<T = ()> = std::result::Result<T, Error>;

/// The root of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// What cargo knows of the workspace and its dependencies, with all features on.
pub(crate) fn metadata() -> Result<Metadata> {
    Ok(MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .features(cargo_metadata::CargoOpt::AllFeatures)
        .exec()?)
}

/// The members below `crates/`, by name.
pub(crate) fn crates(metadata: &Metadata) -> Vec<&Package> {
    let mut packages = metadata.workspace_packages();
    packages.retain(|package| directory(metadata, package).starts_with("crates/"));
    packages.sort_by(|one, other| one.name.cmp(&other.name));
    packages
}

/// Where a member stands, from the root of the workspace.
pub(crate) fn directory(metadata: &Metadata, package: &Package) -> String {
    let directory = package.manifest_path.parent().unwrap_or(&package.manifest_path);
    directory.strip_prefix(&metadata.workspace_root).unwrap_or(directory).to_string()
}

/// A cargo command in the root of the workspace, by the cargo that runs this program.
pub(crate) fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root()).args(arguments).stdin(Stdio::null());
    command
}

/// Runs a command to its end; any exit code but 0 is an error.
pub(crate) fn finish(command: &mut Command) -> Result {
    let status = command.status().map_err(|error| format!("{}: {error}", describe(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{}: {status}", describe(command)).into()) }
}

/// Runs a command to its end and gives what it wrote to standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("{}: {error}", describe(command)))?;
    if !output.status.success() {
        return Err(format!("{}: {}", describe(command), output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The command as one would type it.
pub(crate) fn describe(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Reads a text file of the workspace, naming it where that fails.
pub(crate) fn read(path: &str) -> Result<String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}").into())
}

/// One Rust file of the workspace.
pub(crate) struct Source {
    /// The path from the root of the workspace.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) syntax: syn::File,
}

impl Source {
    /// Parses the text of a file; an error names the file and the line.
    pub(crate) fn parse(path: impl Into<String>, text: impl Into<String>) -> Result<Self> {
        let (path, text) = (path.into(), text.into());
        match syn::parse_file(&text) {
            Ok(syntax) => Ok(Self { path, text, syntax }),
            Err(error) => Err(format!("{path}:{}: {error}", error.span().start().line).into()),
        }
    }

    /// Whether the file holds tests only, by the workspace's conventions of naming.
    pub(crate) fn is_test(&self) -> bool {
        let mut parts = self.path.rsplit('/');
        let stem = parts.next().unwrap_or_default().trim_end_matches(".rs");
        stem == "tests" || stem.ends_with("_tests") || parts.any(|part| part == "tests")
    }
}

/// All Rust files below a directory of the workspace, in the order of their paths.
pub(crate) fn sources(directory: &str) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    let mut pending = vec![directory.to_owned()];
    while let Some(directory) = pending.pop() {
        for entry in fs::read_dir(root().join(&directory)).map_err(|error| format!("{directory}: {error}"))? {
            let entry = entry?;
            let path = format!("{directory}/{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                pending.push(path);
            } else if path.ends_with(".rs") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    paths.into_iter().map(|path| read(&path).and_then(|text| Source::parse(path, text))).collect()
}

/// Whether an item is compiled for tests only.
pub(crate) fn is_test_only(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Path>().is_ok_and(|path| path.is_ident("test"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_described_as_one_would_type_it() {
        let mut command = Command::new("/somewhere/bin/cargo");
        command.args(["test", "--workspace"]);
        assert_eq!(describe(&command), "cargo test --workspace");
    }

    #[test]
    fn test_files_are_known_by_their_names() {
        for (path, expected) in [
            ("crates/core/src/users.rs", false),
            ("crates/core/src/tests.rs", true),
            ("crates/core/src/retry_tests.rs", true),
            ("crates/core/src/retry/tests/matrix.rs", true),
            ("tests/src/exposure.rs", true),
            ("crates/core/src/contests.rs", false),
        ] {
            assert_eq!(Source::parse(path, "").unwrap().is_test(), expected, "{path}");
        }
    }

    #[test]
    fn a_file_that_does_not_parse_is_named_with_its_line() {
        let error = Source::parse("crates/core/src/lib.rs", "fn a() {}\nfn b( {}\n").err().unwrap();
        assert!(error.to_string().starts_with("crates/core/src/lib.rs:2: "), "{error}");
    }

    #[test]
    fn only_cfg_test_marks_an_item_as_a_test() {
        let attributes = |item: syn::ItemMod| is_test_only(&item.attrs);
        assert!(attributes(syn::parse_quote! { #[cfg(test)] mod tests {} }));
        assert!(!attributes(syn::parse_quote! { #[cfg(feature = "reqwest")] mod network {} }));
        assert!(!attributes(syn::parse_quote! { mod plain {} }));
    }
}
