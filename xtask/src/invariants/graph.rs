//! Invariants 1 to 4: which crate may depend on which.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{CrateType, DependencyKind, Metadata, PackageId};

use super::Findings;
use crate::workspace::{self, Result};

/// What must not be in the dependency tree of a service crate: HTTP clients, TLS, and what they stand on.
const NETWORK: [&str; 14] = [
    "aws-lc-rs",
    "aws-lc-sys",
    "curl",
    "h2",
    "hyper",
    "hyper-rustls",
    "hyper-util",
    "native-tls",
    "openssl",
    "openssl-sys",
    "reqwest",
    "ring",
    "rustls",
    "tokio-rustls",
];

/// Crates that only the transport may depend on directly.
const HTTP_CLIENTS: [&str; 5] = ["hyper", "hyper-util", "native-tls", "reqwest", "rustls"];

const TRANSPORT: &str = "orglib-transport";
const MODELS: &str = "orglib-models";
const CORE: &str = "orglib-core";
const MACROS: &str = "orglib-macros";
const JOBS: &str = "orglib-jobs";
const FACADE: &str = "orglib";
const TESTKIT: &str = "orglib-testkit";
const SANDBOX: &str = "orglib-sandbox";
const CLI: &str = "orglib-cli";
/// What is handed over; it knows nothing of the others.
const REPORT: &str = "orglib-report";

/// One crate of the workspace with what it depends on directly.
#[derive(Clone, Debug, Default)]
pub(super) struct Member {
    pub(super) name: String,
    /// From the root of the workspace.
    pub(super) directory: String,
    /// Whether others can depend on it and see its types; a macro crate shows none.
    pub(super) library: bool,
    pub(super) dependencies: Vec<Dependency>,
}

/// One direct dependency.
#[derive(Clone, Debug, Default)]
pub(super) struct Dependency {
    pub(super) package: String,
    /// The name by which the sources know it.
    pub(super) name: String,
    /// Needed to build the crate, not only its tests.
    pub(super) normal: bool,
    /// A member of the workspace.
    pub(super) own: bool,
    /// Of a version below 1.0.
    pub(super) unstable: bool,
}

impl Member {
    /// Names, as the sources spell them, of dependencies whose next release may break their users.
    pub(super) fn unstable_dependencies(&self) -> BTreeSet<String> {
        let unstable = |dependency: &&Dependency| dependency.normal && dependency.unstable && !dependency.own;
        self.dependencies.iter().filter(unstable).map(|dependency| dependency.name.clone()).collect()
    }

    /// A crate of one service: everything below `crates/` that has no other place in the layers.
    fn is_service(&self) -> bool {
        ![TRANSPORT, MODELS, CORE, MACROS, JOBS, FACADE, TESTKIT, SANDBOX, CLI, REPORT]
            .contains(&self.name.as_str())
    }

    fn own(&self, normal: bool) -> impl Iterator<Item = &str> {
        let chosen = move |dependency: &&Dependency| dependency.own && dependency.normal == normal;
        self.dependencies.iter().filter(chosen).map(|dependency| dependency.package.as_str())
    }
}

/// The crates below `crates/`, with all features on.
pub(super) fn members(metadata: &Metadata) -> Result<Vec<Member>> {
    let resolve = metadata.resolve.as_ref().ok_or("cargo metadata gave no dependency graph")?;
    let packages: BTreeMap<&PackageId, _> =
        metadata.packages.iter().map(|package| (&package.id, package)).collect();
    let mut members = Vec::new();
    for package in workspace::crates(metadata) {
        let node = resolve.nodes.iter().find(|node| node.id == package.id);
        let node = node.ok_or_else(|| format!("{} is not in the dependency graph", package.name))?;
        let dependencies = node.deps.iter().filter_map(|dependency| {
            let target = packages.get(&dependency.pkg)?;
            let normal = dependency.dep_kinds.iter().any(|kind| kind.kind != DependencyKind::Development);
            Some(Dependency {
                package: target.name.to_string(),
                name: dependency.name.clone(),
                normal,
                own: metadata.workspace_members.contains(&target.id),
                unstable: target.version.major == 0,
            })
        });
        members.push(Member {
            name: package.name.to_string(),
            directory: workspace::directory(metadata, package),
            library: package.targets.iter().any(|target| target.crate_types.contains(&CrateType::Lib)),
            dependencies: dependencies.collect(),
        });
    }
    Ok(members)
}

/// Invariant 1: `models` does no I/O, so it needs nothing but serde, JSON values for what is kept whole, its crates of times and domain names, and
/// the attribute that its types are written with.
pub(super) fn models(members: &[Member]) -> Findings {
    let models = members.iter().filter(|member| member.name == MODELS);
    models
        .flat_map(|member| &member.dependencies)
        .filter(|dependency| {
            dependency.normal
                && !["serde", "serde_json", "jiff", "idna", MACROS].contains(&dependency.package.as_str())
        })
        .map(|dependency| format!("{MODELS} depends on {}", dependency.package))
        .collect()
}

/// Invariant 2, in the graph: the trees of the service crates, and who depends on an HTTP client directly.
pub(super) fn network(members: &[Member]) -> Result<Findings> {
    let mut findings = http_clients(members);
    for member in members.iter().filter(|member| member.is_service()) {
        findings.extend(network_without_features(&member.name)?);
    }
    Ok(findings)
}

/// HTTP clients and TLS that a crate needs without its features.
pub(crate) fn network_without_features(package: &str) -> Result<Findings> {
    let arguments =
        ["tree", "--package", package, "--no-default-features", "--edges", "normal", "--prefix", "none"];
    Ok(network_in_tree(package, &workspace::output(&mut workspace::cargo(arguments))?))
}

/// Every line of a dependency tree, one `name vVERSION` a line, that is an HTTP client or TLS.
fn network_in_tree(package: &str, tree: &str) -> Findings {
    let names: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let found = names.into_iter().filter(|name| NETWORK.contains(name));
    found.map(|name| format!("{package} without features depends on {name}")).collect()
}

fn http_clients(members: &[Member]) -> Findings {
    let mut findings = Findings::new();
    for member in members.iter().filter(|member| member.name != TRANSPORT) {
        let clients = member
            .dependencies
            .iter()
            .filter(|dependency| dependency.normal && HTTP_CLIENTS.contains(&dependency.package.as_str()));
        findings.extend(clients.map(|client| format!("{} depends on {}", member.name, client.package)));
    }
    findings
}

/// Invariant 3: arrows point down the layers, services do not know each other, and only jobs brings them together.
pub(super) fn arrows(members: &[Member]) -> Findings {
    let services: Vec<&str> =
        members.iter().filter(|member| member.is_service()).map(|member| member.name.as_str()).collect();
    let mut findings = Findings::new();
    for member in members {
        let below = below(member, &services);
        let wrong = member.own(true).filter(|package| !below.contains(package));
        findings.extend(
            wrong.map(|package| format!("{} depends on {package}, which is not below it", member.name)),
        );
        let beside = |package: &&str| services.contains(package) && !below.contains(package);
        let tests = member.own(false).filter(beside);
        findings.extend(tests.map(|package| format!("the tests of {} depend on {package}", member.name)));
    }
    findings
}

/// What a crate may be built upon.
fn below<'a>(member: &Member, services: &[&'a str]) -> Vec<&'a str> {
    let with_services = |others: &[&'static str]| [others, services].concat();
    match member.name.as_str() {
        TRANSPORT | MACROS => Vec::new(),
        MODELS => vec![MACROS],
        CORE => vec![TRANSPORT, MODELS, MACROS],
        JOBS => with_services(&[TRANSPORT, MODELS, CORE]),
        FACADE => with_services(&[TRANSPORT, MODELS, CORE, JOBS]),
        TESTKIT => vec![TRANSPORT, MODELS, CORE],
        SANDBOX => vec![TRANSPORT],
        CLI => vec![FACADE, SANDBOX, REPORT],
        REPORT => Vec::new(),
        _ => vec![TRANSPORT, MODELS, CORE, MACROS],
    }
}

/// Invariant 4: the sandbox is built from `spec/`, so that one slip cannot stand in both. Its tests keep to that too.
pub(super) fn sandbox(members: &[Member]) -> Findings {
    let known = |package: &&str| ![TRANSPORT, TESTKIT, SANDBOX].contains(package);
    let sandbox = members.iter().filter(|member| member.name == SANDBOX);
    sandbox
        .flat_map(|member| member.own(true).chain(member.own(false)).filter(known))
        .map(|package| format!("{SANDBOX} depends on {package}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str, dependencies: &[&str]) -> Member {
        let dependency = |package: &&str| Dependency {
            package: package.trim_start_matches("dev:").to_owned(),
            normal: !package.starts_with("dev:"),
            own: package.trim_start_matches("dev:").starts_with("orglib"),
            ..Dependency::default()
        };
        Member {
            name: name.to_owned(),
            dependencies: dependencies.iter().map(dependency).collect(),
            ..Member::default()
        }
    }

    fn house() -> Vec<Member> {
        vec![
            member(TRANSPORT, &["http", "reqwest", "dev:orglib-testkit"]),
            member(MODELS, &["serde", "serde_json", "jiff", "dev:proptest"]),
            member(CORE, &[TRANSPORT, MODELS, MACROS]),
            member("orglib-disk", &[CORE, MODELS, "dev:orglib-sandbox", "dev:orglib-testkit"]),
            member("orglib-directory", &[CORE, MODELS]),
            member(JOBS, &[CORE, "orglib-disk", "orglib-directory"]),
            member(SANDBOX, &[TRANSPORT, "axum", "dev:orglib-testkit"]),
            member(CLI, &[FACADE, SANDBOX]),
        ]
    }

    fn house_with(changed: Member) -> Vec<Member> {
        let mut members = house();
        members.retain(|member| member.name != changed.name);
        members.push(changed);
        members
    }

    #[test]
    fn the_house_as_drawn_has_no_findings() {
        let house = house();
        assert_eq!(
            [models(&house), http_clients(&house), arrows(&house), sandbox(&house)].concat(),
            Findings::new()
        );
    }

    #[test]
    fn the_graph_of_this_workspace_is_read() {
        let members = super::members(&workspace::metadata().unwrap()).unwrap();
        let transport = members.iter().find(|member| member.name == TRANSPORT).unwrap();
        assert!(transport.library && transport.directory == "crates/transport");
        let unstable = transport.unstable_dependencies();
        assert!(unstable.contains("reqwest") && unstable.contains("futures_core"), "{unstable:?}");
        assert!(!unstable.contains("http") && !unstable.contains("orglib_testkit"), "{unstable:?}");
    }

    #[test]
    fn models_with_a_runtime_are_found() {
        let house = house_with(member(MODELS, &["serde", "tokio"]));
        assert_eq!(models(&house), ["orglib-models depends on tokio"]);
    }

    #[test]
    fn an_http_client_beside_the_transport_is_found() {
        let house = house_with(member("orglib-disk", &[CORE, "reqwest"]));
        assert_eq!(http_clients(&house), ["orglib-disk depends on reqwest"]);
    }

    #[test]
    fn tls_deep_in_a_tree_is_found_once() {
        let tree = "orglib-disk v0.1.0 (…)\norglib-core v0.1.0\nrustls v0.23.1\nrustls v0.23.1 (*)\nrustls-pki v1.0.0\n";
        assert_eq!(network_in_tree("orglib-disk", tree), ["orglib-disk without features depends on rustls"]);
    }

    #[test]
    fn an_arrow_that_points_up_or_aside_is_found() {
        for (changed, expected) in [
            (member(CORE, &["orglib-disk"]), "orglib-core depends on orglib-disk, which is not below it"),
            (
                member("orglib-disk", &["orglib-directory"]),
                "orglib-disk depends on orglib-directory, which is not below it",
            ),
            (
                member("orglib-disk", &["dev:orglib-directory"]),
                "the tests of orglib-disk depend on orglib-directory",
            ),
            (
                member(TESTKIT, &["orglib-disk"]),
                "orglib-testkit depends on orglib-disk, which is not below it",
            ),
            (member(CLI, &["orglib-disk"]), "orglib-cli depends on orglib-disk, which is not below it"),
        ] {
            assert_eq!(arrows(&house_with(changed)), [expected]);
        }
    }

    #[test]
    fn a_sandbox_that_knows_the_models_is_found_even_in_its_tests() {
        assert_eq!(
            sandbox(&house_with(member(SANDBOX, &[MODELS]))),
            ["orglib-sandbox depends on orglib-models"]
        );
        let house = house_with(member(SANDBOX, &["dev:orglib-disk"]));
        assert_eq!(sandbox(&house), ["orglib-sandbox depends on orglib-disk"]);
    }
}
