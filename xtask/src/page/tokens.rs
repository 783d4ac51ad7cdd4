//! The tokens of a script: as much of the language as one must know to find what stands on its top level.

use super::Refusal;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name or a keyword.
    Word,
    /// A text in quotes.
    Text,
    /// A number, a template or a pattern.
    Value,
    /// One sign.
    Sign,
}

/// A piece of a script that is neither space nor a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    pub(super) text: &'a str,
    /// Where it begins.
    pub(super) at: usize,
    /// In how many brackets it stands; a bracket itself stands outside of what it holds.
    pub(super) depth: usize,
}

impl Token<'_> {
    pub(super) fn is(&self, text: &str) -> bool {
        matches!(self.kind, Kind::Word | Kind::Sign) && self.text == text
    }

    pub(super) fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Words after which a value begins, so that a slash begins a pattern.
const BEFORE_VALUES: [&str; 15] = [
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "delete",
    "void",
    "throw",
    "new",
    "instanceof",
    "else",
    "do",
    "yield",
    "await",
    "default",
];

/// The tokens of a script.
pub(super) fn tokens(script: &str) -> Result<Vec<Token<'_>>, Refusal> {
    let mut reader = Reader { script, at: 0, open: Vec::new(), tokens: Vec::new() };
    while reader.next()? {}
    match reader.open.last() {
        Some((at, _)) => Err(Refusal::new(*at, "this bracket is never closed")),
        None => Ok(reader.tokens),
    }
}

struct Reader<'a> {
    script: &'a str,
    at: usize,
    /// The brackets that are open: where each is, and what closes it. Back quotes are those whose `${` is open.
    open: Vec<(usize, char)>,
    tokens: Vec<Token<'a>>,
}

impl<'a> Reader<'a> {
    /// Reads one token; false at the end.
    fn next(&mut self) -> Result<bool, Refusal> {
        let rest = self.rest();
        let Some(letter) = rest.chars().next() else { return Ok(false) };
        match letter {
            _ if letter.is_whitespace() => self.at += letter.len_utf8(),
            '/' if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => {
                let end = rest.find("*/").ok_or_else(|| self.refuse("this comment never ends"))?;
                self.at += end + 2;
            }
            '/' if self.begins_a_value() => self.pattern()?,
            '"' | '\'' => self.text(letter)?,
            '`' => self.template(1)?,
            '{' | '(' | '[' => {
                self.take(Kind::Sign, 1);
                let closing = if letter == '{' {
                    '}'
                } else if letter == '(' {
                    ')'
                } else {
                    ']'
                };
                self.open.push((self.at - 1, closing));
            }
            '}' | ')' | ']' => self.close(letter)?,
            _ if letter.is_ascii_digit() => self.take_while(Kind::Value, |one| is_name(one) || one == '.'),
            _ if is_name(letter) => self.take_while(Kind::Word, is_name),
            _ => self.take(Kind::Sign, letter.len_utf8()),
        }
        Ok(true)
    }

    fn rest(&self) -> &'a str {
        &self.script[self.at..]
    }

    fn refuse(&self, why: &str) -> Refusal {
        Refusal::new(self.at, why)
    }

    fn take(&mut self, kind: Kind, length: usize) {
        let text = &self.rest()[..length];
        self.tokens.push(Token { kind, text, at: self.at, depth: self.open.len() });
        self.at += length;
    }

    fn take_while(&mut self, kind: Kind, wanted: impl Fn(char) -> bool) {
        let length = self.rest().find(|one| !wanted(one)).unwrap_or(self.rest().len());
        self.take(kind, length);
    }

    /// Whether a slash would begin a pattern here; it divides after a value. A bracket counts as the end of one: nobody
    /// writes a pattern right after `if (…)`.
    fn begins_a_value(&self) -> bool {
        self.tokens.last().is_none_or(|last| match last.kind {
            Kind::Word => BEFORE_VALUES.contains(&last.text),
            Kind::Text | Kind::Value => false,
            Kind::Sign => ![")", "]", "}"].contains(&last.text),
        })
    }

    fn text(&mut self, quote: char) -> Result<(), Refusal> {
        let mut is_escaped = false;
        for (index, letter) in self.rest().char_indices().skip(1) {
            match letter {
                '\n' if !is_escaped => break,
                _ if letter == quote && !is_escaped => {
                    self.take(Kind::Text, index + 1);
                    return Ok(());
                }
                _ => is_escaped = letter == '\\' && !is_escaped,
            }
        }
        Err(self.refuse("this text never ends"))
    }

    fn pattern(&mut self) -> Result<(), Refusal> {
        let (mut is_escaped, mut is_class) = (false, false);
        for (index, letter) in self.rest().char_indices().skip(1) {
            match letter {
                '\n' => break,
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => is_class = true,
                ']' => is_class = false,
                '/' if !is_class => {
                    let flags = self.rest()[index + 1..].find(|one| !is_name(one));
                    self.take(Kind::Value, flags.map_or(self.rest().len(), |length| index + 1 + length));
                    return Ok(());
                }
                _ => {}
            }
        }
        Err(self.refuse("this pattern never ends"))
    }

    /// A template, or what of it comes after a value, up to the next value in it or to its end.
    fn template(&mut self, begins: usize) -> Result<(), Refusal> {
        let mut is_escaped = false;
        let rest = self.rest();
        for (index, letter) in rest.char_indices().filter(|(index, _)| *index >= begins) {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '`' => {
                    self.take(Kind::Value, index + 1);
                    return Ok(());
                }
                '$' if rest[index + 1..].starts_with('{') => {
                    self.take(Kind::Sign, index + 2);
                    self.open.push((self.at - 1, '`'));
                    return Ok(());
                }
                _ => {}
            }
        }
        Err(self.refuse("this template never ends"))
    }

    fn close(&mut self, letter: char) -> Result<(), Refusal> {
        match self.open.pop() {
            Some((_, '`')) if letter == '}' => self.template(1),
            Some((_, closing)) if closing == letter => {
                self.take(Kind::Sign, 1);
                Ok(())
            }
            _ => Err(self.refuse("this bracket closes none")),
        }
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || ['_', '$', '#'].contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(script: &str) -> Vec<(&str, usize)> {
        let tokens = tokens(script).unwrap();
        tokens.iter().filter(|one| one.kind == Kind::Word).map(|one| (one.text, one.depth)).collect()
    }

    #[test]
    fn words_in_comments_texts_templates_and_patterns_are_none() {
        let script = r#"a /* b ` */ // c "
            "d \" e" 'f ` /' `g \` h ${ i({ j: `k ${l}` }) } m`; s = /n["'/]\/o`/gu.test(p) / q / r"#;
        let expected =
            [("a", 0), ("i", 1), ("j", 3), ("l", 4), ("s", 0), ("test", 0), ("p", 1), ("q", 0), ("r", 0)];
        assert_eq!(words(script), expected);
    }

    #[test]
    fn a_slash_divides_after_a_value_and_begins_a_pattern_elsewhere() {
        assert_eq!(words("(a) / b / c"), [("a", 1), ("b", 0), ("c", 0)]);
        assert_eq!(words("1 / b / 2"), [("b", 0)]);
        assert_eq!(words("return /b/.c"), [("return", 0), ("c", 0)]);
        assert_eq!(words("x = /b/g;"), [("x", 0)]);
    }

    #[test]
    fn what_never_ends_is_refused() {
        for (script, at) in [
            ("a {", 2),
            ("a )", 2),
            ("\"a\n\"", 0),
            ("`${a", 2),
            ("`a", 0),
            ("/*", 0),
            ("(]", 1),
            ("=/a\n/", 1),
        ] {
            assert_eq!(tokens(script).unwrap_err().at, at, "{script}");
        }
    }
}
