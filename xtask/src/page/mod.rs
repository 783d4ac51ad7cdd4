//! `cargo xtask page`: the script of the page that reports are handed over as, put together from its modules.
//!
//! The built script stands in the crate, so that building it takes nothing but Rust. Putting it together takes nothing else
//! either: modules keep to a few plain forms, and what is none of these is refused.

mod module;
mod tokens;

use std::{collections::BTreeMap, fs};

use self::module::Module;
use crate::workspace;

/// Where the modules stand.
const FOLDER: &str = "crates/report/page";

/// The module with which the script begins; it leads to all others.
const FIRST: &str = "main.js";

/// What is put together.
const BUILT: &str = "crates/report/src/page/page.js";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Writes nothing; fails where the script that is there is not current.
    #[arg(long)]
    check: bool,
}

/// Writes the script.
pub(crate) fn run(arguments: &Arguments) -> workspace::Result {
    if arguments.check {
        return check();
    }
    fs::write(workspace::root().join(BUILT), built()?).map_err(|error| format!("{BUILT}: {error}").into())
}

/// Checks that the script is current.
pub(crate) fn check() -> workspace::Result {
    if workspace::read(BUILT).ok() == Some(built()?) {
        return Ok(());
    }
    Err(format!("{BUILT} is not current: run `cargo xtask page`").into())
}

fn built() -> workspace::Result<String> {
    let mut modules = BTreeMap::new();
    for entry in fs::read_dir(workspace::root().join(FOLDER)).map_err(|error| format!("{FOLDER}: {error}"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js") {
            let script = workspace::read(&format!("{FOLDER}/{name}"))?;
            modules.insert(name.clone(), Module::parse(&name, &script)?);
        }
    }
    Ok(together(&modules)?)
}

/// One script of all modules, each after those that it imports.
fn together(modules: &BTreeMap<String, Module>) -> Result<String, String> {
    let mut order = Vec::new();
    follow(modules, FIRST, &mut Vec::new(), &mut order)?;
    if let Some(stray) = modules.keys().find(|name| !order.iter().any(|module| module.name == **name)) {
        return Err(format!("{stray}: no module imports it"));
    }
    names_are_known_and_stand_once(modules)?;
    let mut script = format!(
        "// Put together by `cargo xtask page` from {FOLDER}; do not edit.\n\"use strict\";\n(() => {{\n"
    );
    for module in order {
        script += &format!("\n// == {} ==\n{}\n", module.name, module.text);
    }
    script += "\n})();\n";
    let lower = script.to_lowercase();
    match ["</script", "<!--", "<script"].into_iter().find(|ending| lower.contains(ending)) {
        Some(ending) => {
            Err(format!("the script says `{ending}`, which would end it where it stands in a page"))
        }
        None => Ok(script),
    }
}

/// Takes a module in after those that it imports; the way to it is known, so that a circle is seen.
fn follow<'a>(
    modules: &'a BTreeMap<String, Module>,
    name: &'a str,
    way: &mut Vec<&'a str>,
    order: &mut Vec<&'a Module>,
) -> Result<(), String> {
    if order.iter().any(|module| module.name == name) {
        return Ok(());
    }
    let from = way.last().copied().unwrap_or(FOLDER);
    let module = modules.get(name).ok_or_else(|| format!("{from}: there is no {name}"))?;
    let is_circle = way.contains(&name);
    way.push(name);
    if is_circle {
        return Err(format!("modules import each other in a circle: {}", way.join(" → ")));
    }
    for import in &module.imports {
        follow(modules, &import.from, way, order)?;
    }
    way.pop();
    order.push(module);
    Ok(())
}

/// In one scope a name that two modules declare would be another's, and one that is not exported would be found all the same.
fn names_are_known_and_stand_once(modules: &BTreeMap<String, Module>) -> Result<(), String> {
    let mut declared: BTreeMap<&str, &str> = BTreeMap::new();
    for module in modules.values() {
        for name in &module.declared {
            if let Some(other) = declared.insert(name, &module.name) {
                return Err(format!("`{name}` is declared in {other} and in {}", module.name));
            }
        }
        for import in &module.imports {
            let exported = modules.get(&import.from).map_or(&[][..], |from| &from.exported);
            if let Some(name) = import.names.iter().find(|name| !exported.contains(name)) {
                return Err(format!("{}: {} exports no `{name}`", module.name, import.from));
            }
        }
    }
    Ok(())
}

/// What of a module is not understood.
#[derive(Debug)]
struct Refusal {
    /// Where in its text.
    at: usize,
    why: String,
}

impl Refusal {
    fn new(at: usize, why: &str) -> Self {
        Self { at, why: why.to_owned() }
    }

    /// With the module and the line.
    fn of(&self, name: &str, script: &str) -> String {
        format!("{name}:{}: {}", script[..self.at].matches('\n').count() + 1, self.why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(scripts: &[(&str, &str)]) -> Result<String, String> {
        let module = |(name, script): &(&str, &str)| Ok(((*name).to_owned(), Module::parse(name, script)?));
        together(&scripts.iter().map(module).collect::<Result<_, String>>()?)
    }

    #[test]
    fn the_built_script_is_current() {
        check().unwrap();
    }

    #[test]
    fn a_module_stands_after_those_that_it_imports() {
        let script = put(&[
            ("a.js", "import { c } from \"./c.js\";\nexport const a = c;\n"),
            ("c.js", "export const c = 1;\n"),
            ("main.js", "import { a } from \"./a.js\";\nimport { c } from \"./c.js\";\nstart(a, c);\n"),
        ]);
        let expected = "// Put together by `cargo xtask page` from crates/report/page; do not edit.\n\"use strict\";\n(() => {\n\
            \n// == c.js ==\nconst c = 1;\n\n// == a.js ==\nconst a = c;\n\n// == main.js ==\nstart(a, c);\n\n})();\n";
        assert_eq!(script.unwrap(), expected);
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let import = |name: &str| format!("import {{ {name} }} from \"./{name}.js\";");
        let (a, b, c) = (import("a"), import("b"), import("c"));
        for (scripts, expected) in [
            (vec![("main.js", &*a)], "main.js: there is no a.js"),
            (vec![("a.js", "")], "crates/report/page: there is no main.js"),
            (vec![("main.js", ""), ("a.js", "")], "a.js: no module imports it"),
            (vec![("main.js", &*a), ("a.js", "const a = 1;")], "main.js: a.js exports no `a`"),
            (
                vec![("main.js", &*a), ("a.js", &*b), ("b.js", &*c), ("c.js", &*a)],
                "modules import each other in a circle: main.js → a.js → b.js → c.js → a.js",
            ),
            (
                vec![
                    ("main.js", &*format!("{a}function b() {{}}")),
                    ("a.js", "const b = 1;export let a = b;"),
                ],
                "`b` is declared in a.js and in main.js",
            ),
            (
                vec![("main.js", "say(\"</SCRIPT>\");")],
                "the script says `</script`, which would end it where it stands in a page",
            ),
        ] {
            assert_eq!(put(&scripts).unwrap_err(), expected);
        }
    }
}
