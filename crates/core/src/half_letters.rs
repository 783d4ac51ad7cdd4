//! Halves of letters. A name may have one half of a surrogate pair in it, which JSON can write (`\ud83d` alone) and a Rust
//! text cannot hold. The sign for what cannot be shown stands for it, so that nothing else of the answer is lost.

/// The sign for what cannot be shown, U+FFFD.
const SIGN: &[u8] = b"\\ufffd";

/// How long an escape is.
const ESCAPE: usize = SIGN.len();

/// The JSON without halves of letters; nothing where it has none.
pub(crate) fn without(json: &[u8]) -> Option<Vec<u8>> {
    let mut mended: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = json.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'\\')) {
        at += found;
        at += match (half(json, at), half(json, at + ESCAPE)) {
            (Some(Half::First), Some(Half::Second)) => 2 * ESCAPE,
            (Some(_), _) => {
                let mended = mended.get_or_insert_with(|| json.to_vec());
                // Both are as long, so that places stay what they are.
                mended[at..at + ESCAPE].copy_from_slice(SIGN);
                ESCAPE
            }
            // Whatever else is escaped, a backslash too.
            (None, _) => 2,
        };
    }
    mended
}

enum Half {
    First,
    Second,
}

/// The half that is escaped at this place.
fn half(json: &[u8], at: usize) -> Option<Half> {
    let digits = json.get(at..at + ESCAPE)?.strip_prefix(b"\\u")?;
    let code = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    match code {
        0xd800..0xdc00 => Some(Half::First),
        0xdc00..0xe000 => Some(Half::Second),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_become_the_sign_and_whole_letters_stay() {
        for (json, expected) in [
            (r#""a\ud83db""#, Some(r#""a\ufffdb""#)),
            (r#""\uDE00""#, Some(r#""\ufffd""#)),
            (r#""\ud83d\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\ude00\ud83d""#, Some(r#""\ufffd\ufffd""#)),
            (r#""\ud83d\ude00""#, None),
            (r#""\\ud83d""#, None),
            (r#""\\\ud83d""#, Some(r#""\\\ufffd""#)),
            (r#""\u0416\n\"""#, None),
            (r#""\ud83"#, None),
            (r#""\"#, None),
            ("", None),
        ] {
            let mended = without(json.as_bytes()).map(|mended| String::from_utf8(mended).unwrap());
            assert_eq!(mended.as_deref(), expected, "{json}");
        }
    }

    proptest! {
        /// Units of UTF-16 in any order, each escaped: what comes of them is what the standard library makes of them.
        #[test]
        fn what_is_mended_is_read_as_utf_16_is_read_with_losses(
            units in proptest::collection::vec(prop_oneof![any::<u16>(), 0xd800_u16..0xe000], 0..12)
        ) {
            let json: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let json = format!("\"{json}\"").into_bytes();
            let mended = without(&json).unwrap_or(json);
            let text: String = serde_json::from_slice(&mended).unwrap();
            prop_assert_eq!(text, String::from_utf16_lossy(&units));
        }
    }
}
