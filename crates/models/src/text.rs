//! Text from outside, made fit to be shown.

/// Whether a character could do something to whoever looks at it: drive a terminal, break a line, turn the order of the
/// letters around it. Names of files are chosen by anybody, and so are a service's words.
pub fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}'
                | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        )
}

/// The text with a replacement character in place of each that is harmful.
pub fn harmless(text: &str, replacement: char) -> String {
    text.chars().map(|character| if is_harmful(character) { replacement } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drives_a_terminal_or_turns_text_around_does_not_get_through() {
        for harmful in
            ['\u{1b}', '\u{9b}', '\n', '\u{7f}', '\u{202e}', '\u{2066}', '\u{200f}', '\u{61c}', '\u{feff}']
        {
            assert_eq!(harmless(&format!("a{harmful}b"), '_'), "a_b", "{harmful:?}");
        }
        for harmless_text in ["Ёж № 1", "👩‍👩‍👧", "العربية", "a\u{301}", "=1+1"] {
            assert_eq!(harmless(harmless_text, '_'), harmless_text);
        }
    }
}
