//! Closed lists of words that are sent.

/// Defines an enum of the words that one argument takes. The first is the default. For the crates of services.
#[doc(hidden)]
#[macro_export]
macro_rules! words {
    (
        $(#[doc = $docs:literal])+
        $name:ident { $($(#[doc = $variant_docs:literal])+ $variant:ident = $word:literal,)+ }
    ) => {
        $(#[doc = $docs])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_docs])+ $variant,)+
        }

        impl $name {
            /// Every choice.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word, as the service spells it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::shape::Shaped for $name {
            const SHAPE: $crate::shape::Shape = $crate::shape::Shape::of($crate::shape::Kind::Words(&[
                $($crate::shape::Word::new($word, concat!($($variant_docs),+).trim_ascii()),)+
            ]));
        }

        impl $crate::value::FromValue for $name {
            fn from_value(
                value: &$crate::value::Value,
            ) -> ::std::result::Result<Self, $crate::value::InvalidValue> {
                let word = value.as_str().map(str::trim);
                let known = Self::ALL.iter().copied();
                known.clone().find(|known| Some(known.as_str()) == word).ok_or_else(|| {
                    $crate::value::InvalidValue::no_such_word(known.map(Self::as_str))
                })
            }
        }
    };
}
