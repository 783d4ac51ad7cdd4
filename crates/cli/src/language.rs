//! The language of what is handed over: pages and workbooks. What the program says itself is English.

use clap::ValueEnum;

use crate::environment;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    /// English
    En,
    /// Russian
    Ru,
}

impl Language {
    /// The language that is asked for, else that of the environment; nothing where that says none of these.
    pub(crate) fn chosen(asked: Option<Self>) -> Option<Self> {
        asked.or_else(|| Self::of_locale(&environment::locale()?))
    }

    /// The language of a locale such as `ru_RU.UTF-8`.
    fn of_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
        match language.to_lowercase().as_str() {
            "ru" => Some(Self::Ru),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The code of the language (ISO 639-1).
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }
}

/// A text in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Both {
    pub(crate) en: &'static str,
    pub(crate) ru: &'static str,
}

impl Both {
    /// The text in this language.
    pub(crate) fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::En => self.en,
            Language::Ru => self.ru,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_says_its_language_and_none_says_nothing() {
        for (locale, language) in [
            ("ru_RU.UTF-8", Some(Language::Ru)),
            ("RU", Some(Language::Ru)),
            ("en_GB", Some(Language::En)),
            ("C.UTF-8", None),
            ("POSIX", None),
            ("rum", None),
            ("", None),
        ] {
            assert_eq!(Language::of_locale(locale), language, "{locale}");
        }
        assert_eq!(Language::chosen(Some(Language::Ru)), Some(Language::Ru));
    }
}
