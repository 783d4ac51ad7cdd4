//! Words that were perhaps meant.

/// How alike two words must be for one to be a slip of the other.
const ALIKE: f64 = 0.8;

/// The known word that looks most like a text, if any does: one that holds it, or differs in few letters.
pub(crate) fn alike<'a>(text: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return None;
    }
    let separators = ['_', '.', '-'];
    let parts = text.split(separators).count();
    // A word of many parts is meant by as many of them as the text has.
    let likeness = |word: &str| {
        let word = word.to_lowercase();
        let whole = strsim::jaro_winkler(&word, &text);
        let held = if text.len() > 3 && word.contains(&text) { 0.9 } else { 0.0 };
        let pieces: Vec<_> = word.split(separators).collect();
        let runs = pieces
            .windows(parts)
            .map(|run| strsim::jaro_winkler(&run.join("_"), &text.replace(separators, "_")));
        runs.map(|run| run * 0.95).fold(whole.max(held), f64::max)
    };
    let rated = known.map(|word| (likeness(word), word)).filter(|(likeness, _)| *likeness >= ALIKE);
    rated.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_look_alike_are_suggested() {
        let known =
            || ["all", "employees", "user", "group", "ya360_b2bplatform_user_created", "disk_fs-set-public"];
        for (text, meant) in [
            ("users", Some("user")),
            ("employes", Some("employees")),
            ("set-public", Some("disk_fs-set-public")),
            ("user_creatd", Some("ya360_b2bplatform_user_created")),
            ("zzz", None),
            ("", None),
        ] {
            assert_eq!(alike(text, known().into_iter()), meant, "{text}");
        }
    }
}
