//! What a service says when it fails, in every shape that has been seen.

use orglib_models::text::is_harmful;
use serde_json::{Map, Value};

/// The longest text that is taken from an answer into a message.
const EXCERPT: usize = 200;

/// The code and the text of a failure.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ServiceError {
    pub(crate) code: Option<String>,
    pub(crate) message: String,
}

impl ServiceError {
    /// Reads the body of a failed answer. HTML, plain text and nothing at all give an excerpt.
    pub(crate) fn read(body: &[u8]) -> Self {
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => Self::from_object(&object),
            Ok(Value::Array(list)) => match list.into_iter().next() {
                Some(Value::Object(object)) => Self::from_object(&object),
                _ => Self::excerpt(body),
            },
            _ => Self::excerpt(body),
        }
    }

    fn from_object(object: &Map<String, Value>) -> Self {
        // Code42's own API wraps its failure once more: {"error": {"primaryErrorKey", ...}}, or a list of such.
        match object.get("error") {
            Some(Value::Object(inner)) => return Self::from_object(inner),
            Some(Value::Array(list)) => {
                if let Some(Value::Object(inner)) = list.first() {
                    return Self::from_object(inner);
                }
            }
            _ => {}
        }
        let text = |names: &[&str]| names.iter().find_map(|name| object.get(*name).and_then(scalar));
        let code = text(&["error", "code", "name", "primaryErrorKey", "problem"]);
        let message = text(&["message", "description", "error_description", "detail", "otherErrors"]);
        let message = message.or_else(|| code.clone()).unwrap_or_else(|| "no reason given".to_owned());
        let mut message = shorten(&message);
        // The one is for people, in their language; the other names the field.
        if let Some(more) = text(&["description"]).map(|more| shorten(&more)).filter(|more| *more != message)
        {
            message += &format!(" ({more})");
        }
        let code = code.map(|code| shorten(&code)).filter(|code| !code.is_empty());
        Self { code, message }
    }

    fn excerpt(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&body[..body.len().min(8 * EXCERPT)]);
        let text = without_tags(&text);
        let message = if text.is_empty() { "no reason given".to_owned() } else { shorten(&text) };
        Self { code: None, message }
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(list) => list.first().and_then(scalar),
        _ => None,
    }
}

/// The words of an HTML page, or of any text, on one line.
fn without_tags(text: &str) -> String {
    let mut words = String::new();
    let mut in_tag = false;
    for character in text.chars() {
        match character {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                words.push(' ');
            }
            _ if !in_tag => words.push(character),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text on one line, no longer than an excerpt and without its full stop: a sentence of ours goes on behind it.
fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line: String = line.chars().filter(|character| !is_harmful(*character)).collect();
    let line = line.trim_end_matches('.');
    match line.char_indices().nth(EXCERPT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Whether this is a token service's word for a refusal (RFC 6749 and RFC 8628).
pub(crate) fn refuses_token(code: Option<&str>) -> bool {
    advice_on_token(code).is_some()
}

/// What to do about a token service's refusal, by its word.
pub(crate) fn advice_on_token(code: Option<&str>) -> Option<&'static str> {
    match code? {
        "invalid_client" => Some("check the application's id and secret"),
        "unauthorized_client" => Some(
            "check the application's id and secret; to act as employees it must be one of the organisation's service \
             applications, and these activated",
        ),
        "invalid_grant" => {
            Some("check whose token it is, and that the person is not blocked; or sign in again")
        }
        "access_denied" | "expired_token" | "bad_verification_code" => Some("sign in again"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_shape_gives_its_code_and_its_text() {
        for (body, code, message) in [
            (r#"{"code":5,"message":"not found","details":[]}"#, Some("5"), "not found"),
            (
                r#"{"error":"forbidden","description":"No scope","message":"Нет прав","details":{}}"#,
                Some("forbidden"),
                "Нет прав (No scope)",
            ),
            (
                r#"{"error":"DiskNotFoundError","description":"Resource not found.","message":""}"#,
                Some("DiskNotFoundError"),
                "Resource not found",
            ),
            (
                r#"{"error":"invalid_grant","error_description":"User is blocked"}"#,
                Some("invalid_grant"),
                "User is blocked",
            ),
            (r#"[{"name":"SYSTEM","description":"No such org"}]"#, Some("SYSTEM"), "No such org"),
            (r#"{"error":{"primaryErrorKey":"ORG_NOT_FOUND"}}"#, Some("ORG_NOT_FOUND"), "ORG_NOT_FOUND"),
            (
                r#"{"data":null,"error":[{"primaryErrorKey":"NOT_FOUND","otherErrors":["No such org"]}]}"#,
                Some("NOT_FOUND"),
                "No such org",
            ),
            (r#"{"problem":"LOGIN_FAILED","detail":null}"#, Some("LOGIN_FAILED"), "LOGIN_FAILED"),
            ("{}", None, "no reason given"),
            ("", None, "no reason given"),
            ("null", None, "null"),
            ("<html><head><title>502</title></head>\n<body>Bad\n gateway</body>", None, "502 Bad gateway"),
        ] {
            let read = ServiceError::read(body.as_bytes());
            assert_eq!((read.code.as_deref(), read.message.as_str()), (code, message), "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_body_gives_one_line(body in proptest::collection::vec(any::<u8>(), 0..3000)) {
            let read = ServiceError::read(&body);
            prop_assert!(!read.message.contains('\n'));
            prop_assert!(read.message.chars().count() <= EXCERPT + 1);
        }

        #[test]
        fn a_code_and_a_message_of_any_length_are_short_and_harmless(code in ".{0,6000}", message in ".{0,6000}") {
            let body = serde_json::json!({"code": code, "message": message}).to_string();
            let read = ServiceError::read(body.as_bytes());
            for text in [read.code.unwrap_or_default(), read.message] {
                prop_assert!(text.chars().count() <= EXCERPT + 1);
                prop_assert!(!text.chars().any(is_harmful));
            }
        }
    }
}
