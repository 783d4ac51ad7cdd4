//! One module: what it imports, what it declares and exports, and its text without the words that say so.

use super::{
    Refusal,
    tokens::{Kind, Token, tokens},
};

/// The forms that are understood.
const IMPORT: &str = "only `import { a, b } from \"./module.js\";` is understood";
const EXPORT: &str =
    "only `export` before `function`, `async function`, `class`, `const` or `let` is understood";

/// A module, as it is put together with others.
#[derive(Debug)]
pub(super) struct Module {
    /// The name of its file.
    pub(super) name: String,
    /// Its text without imports, and without the word `export`.
    pub(super) text: String,
    pub(super) imports: Vec<Import>,
    /// Every name of its top level.
    pub(super) declared: Vec<String>,
    pub(super) exported: Vec<String>,
}

/// Names that another module exports.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    /// The name of its file.
    pub(super) from: String,
    pub(super) names: Vec<String>,
}

impl Module {
    /// Reads a module; what is not understood is named with its line.
    pub(super) fn parse(name: &str, script: &str) -> Result<Self, String> {
        let read = tokens(script).and_then(|tokens| Reader::new(script, &tokens).read(name));
        read.map_err(|refusal| refusal.of(name, script))
    }
}

struct Reader<'a> {
    script: &'a str,
    tokens: &'a [Token<'a>],
    imports: Vec<Import>,
    declared: Vec<String>,
    exported: Vec<String>,
    /// What is left out of the text: from where to where.
    cut: Vec<(usize, usize)>,
}

impl<'a> Reader<'a> {
    fn new(script: &'a str, tokens: &'a [Token<'a>]) -> Self {
        let (imports, declared, exported, cut) = Default::default();
        Self { script, tokens, imports, declared, exported, cut }
    }

    fn read(mut self, name: &str) -> Result<Module, Refusal> {
        let mut place = 0;
        while let Some(token) = self.tokens.get(place) {
            place = match token.text {
                _ if token.kind != Kind::Word || self.is_name_of_a_property(place) => place + 1,
                "import" => self.import(place)?,
                "export" => self.export(place)?,
                "function" | "class" | "const" | "let" | "var" if token.depth == 0 => {
                    self.declaration(place)?;
                    place + 1
                }
                "await" if token.depth == 0 => {
                    return Err(Refusal::new(token.at, "`await` outside of a function is not understood"));
                }
                _ => place + 1,
            };
        }
        let text = self.text();
        let Self { imports, declared, exported, .. } = self;
        Ok(Module { name: name.to_owned(), text, imports, declared, exported })
    }

    fn at(&self, place: usize) -> Option<&'a Token<'a>> {
        self.tokens.get(place)
    }

    fn is(&self, place: usize, text: &str) -> bool {
        self.at(place).is_some_and(|token| token.is(text))
    }

    fn before(&self, place: usize) -> Option<&'a Token<'a>> {
        place.checked_sub(1).and_then(|place| self.at(place))
    }

    /// `words.export` and `export: "…"` are names like others.
    fn is_name_of_a_property(&self, place: usize) -> bool {
        self.before(place).is_some_and(|before| before.is(".")) || self.is(place + 1, ":")
    }

    /// Whether a statement begins here.
    fn begins(&self, place: usize) -> bool {
        self.before(place).is_none_or(|before| before.is(";") || before.is("}"))
    }

    /// Takes an import, and gives the place after it.
    fn import(&mut self, place: usize) -> Result<usize, Refusal> {
        let first = self.tokens[place];
        let refusal = || Refusal::new(first.at, IMPORT);
        if first.depth > 0 || !self.begins(place) || !self.is(place + 1, "{") {
            return Err(refusal());
        }
        let (mut names, mut next) = (Vec::new(), place + 2);
        while !self.is(next, "}") {
            names.push(self.name(next).ok_or_else(refusal)?);
            next += 1;
            if self.is(next, ",") {
                next += 1;
            } else if !self.is(next, "}") {
                return Err(refusal());
            }
        }
        let from = self.at(next + 2).filter(|from| from.kind == Kind::Text).and_then(|from| file(from.text));
        match (self.is(next + 1, "from"), from, self.at(next + 3)) {
            (true, Some(from), Some(last)) if last.is(";") => {
                self.imports.push(Import { from, names });
                self.cut.push((first.at, last.end()));
                Ok(next + 4)
            }
            _ => Err(refusal()),
        }
    }

    fn name(&self, place: usize) -> Option<String> {
        self.at(place).filter(|token| token.kind == Kind::Word).map(|token| token.text.to_owned())
    }

    /// Leaves the word out, and gives the place of the declaration after it.
    fn export(&mut self, place: usize) -> Result<usize, Refusal> {
        let token = self.tokens[place];
        let keyword = if self.is(place + 1, "async") { place + 2 } else { place + 1 };
        let wanted: &[&str] =
            if keyword > place + 1 { &["function"] } else { &["function", "class", "const", "let"] };
        let is_known = wanted.iter().any(|word| self.is(keyword, word));
        if token.depth > 0 || !self.begins(place) || !is_known {
            return Err(Refusal::new(token.at, EXPORT));
        }
        self.declaration(keyword)?;
        self.exported.extend(self.declared.last().cloned());
        self.cut.push((token.at, self.tokens[place + 1].at));
        Ok(keyword + 1)
    }

    /// Keeps the name that is declared on the top level.
    fn declaration(&mut self, place: usize) -> Result<(), Refusal> {
        let keyword = self.tokens[place];
        let is_value = ["function", "class"].contains(&keyword.text);
        let first =
            if self.before(place).is_some_and(|before| before.is("async")) { place - 1 } else { place };
        let is_exported = self.before(first).is_some_and(|before| before.is("export"));
        if !self.begins(first) && !is_exported {
            // A function or a class that is a value declares nothing.
            let after_a_sign = self.before(first).is_some_and(|before| before.kind == Kind::Sign);
            return if is_value && after_a_sign {
                Ok(())
            } else {
                Err(Refusal::new(keyword.at, "the statement before this one has no `;`"))
            };
        }
        let name = self.name(if self.is(place + 1, "*") { place + 2 } else { place + 1 });
        let name = name.ok_or_else(|| Refusal::new(keyword.at, "a declaration of one name is understood"))?;
        if !is_value {
            self.declares_one(place)?;
        }
        self.declared.push(name);
        Ok(())
    }

    /// `const a = 1, b = 2;` would hide the second name.
    fn declares_one(&self, place: usize) -> Result<(), Refusal> {
        let keyword = self.tokens[place];
        let mut rest = self.tokens[place..].iter().filter(|token| token.depth == 0);
        match rest.find(|token| token.is(",") || token.is(";")) {
            Some(end) if end.is(";") => Ok(()),
            Some(_) => Err(Refusal::new(keyword.at, "a declaration of one name is understood")),
            None => Err(Refusal::new(keyword.at, "this statement has no `;`")),
        }
    }

    /// The text without what is cut, and without the lines that would be empty for it.
    fn text(&self) -> String {
        let (mut text, mut from) = (String::new(), 0);
        for (begin, end) in &self.cut {
            text += &self.script[from..*begin];
            from = *end;
            if self.script[from..].starts_with('\n') {
                from += 1;
                let is_empty = text.is_empty() || text.ends_with("\n\n");
                from += usize::from(is_empty && self.script[from..].starts_with('\n'));
            }
        }
        text += &self.script[from..];
        text.trim().to_owned()
    }
}

/// The file beside this one that is imported.
fn file(quoted: &str) -> Option<String> {
    let name = quoted.get(1..quoted.len() - 1)?.strip_prefix("./")?;
    let is_plain = name.ends_with(".js") && !name.contains(['/', '\\']);
    is_plain.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_and_the_word_export_are_left_out() {
        let script = "// What it is.\n\nimport { a, b } from \"./one.js\";\nimport {\n  c,\n} from './two.js';\n\n\
            export const d = { export: a.import, function: 1 };\n\nexport async function e() {}\nexport class F {}\n\
            let g = (x, y) => x;\nfunction* h() { const hidden = 1, too = 2; }\nconst i = function named() {};\n";
        let module = Module::parse("three.js", script).unwrap();
        let import = |from: &str, names: &[&str]| Import {
            from: from.to_owned(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        assert_eq!(module.imports, [import("one.js", &["a", "b"]), import("two.js", &["c"])]);
        assert_eq!(module.exported, ["d", "e", "F"]);
        assert_eq!(module.declared, ["d", "e", "F", "g", "h", "i"]);
        assert_eq!(
            module.text,
            "// What it is.\n\nconst d = { export: a.import, function: 1 };\n\nasync function e() {}\nclass F {}\n\
             let g = (x, y) => x;\nfunction* h() { const hidden = 1, too = 2; }\nconst i = function named() {};"
        );
    }

    #[test]
    fn other_forms_of_import_and_export_are_refused_with_their_line() {
        for line in [
            "import a from \"./a.js\";",
            "import * as a from \"./a.js\";",
            "import \"./a.js\";",
            "import { a as b } from \"./a.js\";",
            "import { a b } from \"./a.js\";",
            "import { a } from \"./a.js\" with { type: \"json\" };",
            "import { a } from \"./a.js\"",
            "import { a } from \"a\";",
            "import { a } from \"../a.js\";",
            "import { a } from \"./below/a.js\";",
            "const a = import(\"./a.js\");",
            "console.log(import.meta.url);",
        ] {
            let error = Module::parse("x.js", &format!("\n{line}\n")).unwrap_err();
            assert_eq!(error, format!("x.js:2: {IMPORT}"), "{line}");
        }
        for line in [
            "export default class A {}",
            "export { a };",
            "export * from \"./a.js\";",
            "export var a = 1;",
            "export async () => {};",
            "{ export const a = 1; }",
        ] {
            let error = Module::parse("x.js", &format!("\n{line}\n")).unwrap_err();
            assert_eq!(error, format!("x.js:2: {EXPORT}"), "{line}");
        }
    }

    #[test]
    fn what_would_hide_a_name_is_refused() {
        for line in [
            "const a = 1, b = 2;",
            "const { a, b } = c;",
            "let [a] = c;",
            "const a = 1",
            "a()\nconst b = 1;",
            "const a = 1\nfunction b() {}",
            "await a();",
        ] {
            assert!(Module::parse("x.js", line).unwrap_err().starts_with("x.js:"), "{line}");
        }
        for line in ["for (const a of b) c();", "if (a) { let b = 1, c = 2; }", "a.const = 1;"] {
            assert_eq!(Module::parse("x.js", line).unwrap().declared, [""; 0], "{line}");
        }
    }
}
