//! Enums that survive a word that nobody has seen yet.

use std::fmt;

/// A word that this version does not know, as it came.
///
/// It cannot be made by hand, so that a variant added later never breaks a match on it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Unknown(Box<str>);

impl Unknown {
    pub(crate) fn new(word: &str) -> Self {
        Self(word.into())
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Defines an enum of known words and one opaque variant for all others. `null`, a missing key and `""` give
/// the default, which is the unknown empty word.
macro_rules! open_enum {
    (
        $(#[doc = $docs:literal])+
        $name:ident { $($(#[doc = $variant_docs:literal])+ $variant:ident = $word:literal,)+ }
    ) => {
        $(#[doc = $docs])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_docs])+ $variant,)+
            /// A word that this version does not know, as it came; empty where the service left it out.
            Unknown($crate::Unknown),
        }

        impl $name {
            /// The word, as the service spells it.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Unknown(word) => word.as_str(),
                }
            }

            /// The known words.
            pub const WORDS: &[&str] = &[$($word),+];
        }

        impl $crate::shape::Shaped for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::of($crate::shape::Kind::Words(&[
                $($crate::shape::Word::new($word, concat!($($variant_docs),+).trim_ascii()),)+
            ]));
        }

        impl $crate::value::FromValue for $name {
            fn from_value(value: &serde_json::Value) -> Result<Self, $crate::value::InvalidValue> {
                $crate::value::word(value)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::Unknown($crate::Unknown::new(""))
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Unknown($crate::Unknown::new(other)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::lenient::by_text(deserializer, |word| Self::from(word))
            }
        }

        impl $crate::lenient::Read for $name {
            fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                serde::Deserialize::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use open_enum;

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro makes public enums")]
mod tests {
    use proptest::prelude::*;

    open_enum! {
        /// For the tests.
        Colour {
            /// Red.
            Red = "red",
            /// Dark blue.
            DarkBlue = "dark-blue",
        }
    }

    #[test]
    fn a_known_word_gives_its_variant() {
        assert_eq!(serde_json::from_str::<Colour>("\"dark-blue\"").unwrap(), Colour::DarkBlue);
        assert_eq!(Colour::WORDS, ["red", "dark-blue"]);
    }

    #[test]
    fn null_and_the_empty_text_give_the_default() {
        for json in ["null", "\"\""] {
            assert_eq!(serde_json::from_str::<Colour>(json).unwrap(), Colour::default());
        }
    }

    proptest! {
        #[test]
        fn every_word_goes_round(word in ".*") {
            let json = serde_json::to_string(&word).unwrap();
            let colour: Colour = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(colour.as_str(), &word);
            prop_assert_eq!(serde_json::to_string(&colour).unwrap(), json);
        }
    }
}
