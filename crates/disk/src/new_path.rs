//! What a path may be that something new gets.

/// How many characters a name has at most.
const NAME: usize = 255;
/// How many characters a whole path has at most.
const PATH: usize = 32_760;

/// Refuses a path that is longer than the service takes, or that has a longer name in it.
pub(crate) fn check(path: &str) -> Result<(), String> {
    let length = path.chars().count();
    if length > PATH {
        return Err(format!("`path`: a path has at most {PATH} characters, and this one {length}"));
    }
    match path.split('/').map(|name| name.chars().count()).find(|length| *length > NAME) {
        Some(length) => Err(format!(
            "`path`: the name of a file or folder has at most {NAME} characters, and one in it {length}"
        )),
        None => Ok(()),
    }
}

/// Operations whose `path` is that of something new.
macro_rules! new_path {
    ($($operation:ident),*) => {
        $(impl $operation {
            fn check(&self) -> Result<(), String> {
                $crate::new_path::check(&self.path.to_string())
            }
        })*
    };
}
pub(crate) use new_path;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_as_long_as_the_service_takes_and_no_longer() {
        let long = format!("/{}", "ё".repeat(NAME));
        assert_eq!(check(&long), Ok(()));
        assert!(check(&format!("{long}x/a")).unwrap_err().contains("and one in it 256"));
        let deep = "/abcdefg".repeat(PATH / 8);
        assert_eq!(check(&deep), Ok(()));
        assert!(check(&format!("{deep}x")).unwrap_err().contains("and this one 32761"));
    }
}
