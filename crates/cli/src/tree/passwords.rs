//! Passwords that are made up.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
};

use clap::{Arg, ValueHint};
use orglib::models::shape::Kind;

use super::leaves::Leaf;
use crate::{console, failure::Failure};

/// The option that has a secret made up, where there is one to be given.
pub(super) fn argument(leaf: &Leaf) -> Option<Arg> {
    let Kind::Secret = leaf.shape.kind else { return None };
    let help = format!(
        "Make up the {} and write it to this file, which must not be there yet and is for its owner only; `-` prints it",
        leaf.option
    );
    let arg = Arg::new(option(leaf)).long(option(leaf)).value_name("FILE").value_hint(ValueHint::FilePath);
    Some(arg.help(help).conflicts_with(leaf.name.clone()))
}

/// The name of that option.
pub(super) fn option(leaf: &Leaf) -> String {
    format!("generate-{}", leaf.option)
}

/// A secret that was made up, and the file that keeps it.
pub(super) struct MadeUp {
    file: String,
    secret: String,
}

impl MadeUp {
    /// Makes one up.
    pub(super) fn new(file: String) -> Result<Self, Failure> {
        if file != "-" && Path::new(&file).exists() {
            return Err(Failure::usage(format!("{file}: it is there already; name a new file")));
        }
        Ok(Self { file, secret: password().map_err(|error| Failure::other(format!("no chance: {error}")))? })
    }

    /// The secret itself.
    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// Keeps it, before it is sent: what was sent and lost would let nobody in.
    pub(super) fn keep(&self) -> Result<(), Failure> {
        if self.file == "-" {
            console::say(&format!("password: {}", self.secret));
            return Ok(());
        }
        write_new(Path::new(&self.file), &self.secret)
            .map_err(|error| Failure::usage(format!("{}: {error}; nothing was sent", self.file)))
    }
}

fn write_new(path: &Path, secret: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{secret}")?;
    file.sync_all()
}

/// As many characters as there are in a password that is made up: 120 bits of chance.
const LENGTH: usize = 20;

/// 64 characters, so that each takes six bits.
const CHARACTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A password with small and capital letters and a digit, which is what the service's rules ask for at most.
fn password() -> Result<String, getrandom::Error> {
    loop {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes)?;
        let characters = bytes.iter().map(|byte| char::from(CHARACTERS[usize::from(byte & 63)]));
        let password: String = characters.collect();
        let has = |is_one: fn(&char) -> bool| password.chars().any(|character| is_one(&character));
        if has(char::is_ascii_lowercase) && has(char::is_ascii_uppercase) && has(char::is_ascii_digit) {
            return Ok(password);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_mixed_and_never_the_same() {
        let passwords: std::collections::HashSet<_> = (0..100).map(|_| password().unwrap()).collect();
        assert_eq!(passwords.len(), 100);
        for password in passwords {
            assert_eq!(password.len(), LENGTH);
            assert!(password.bytes().any(|byte| byte.is_ascii_digit()), "{password}");
        }
    }

    #[test]
    fn a_file_that_is_there_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password.txt");
        let made_up = MadeUp::new(file.display().to_string()).unwrap();
        made_up.keep().unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), format!("{}\n", made_up.secret()));
        assert!(made_up.keep().is_err(), "it came meanwhile");
        assert!(MadeUp::new(file.display().to_string()).is_err());
    }
}
