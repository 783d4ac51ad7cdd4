//! What a dry run shows of a request: all but secrets.

use serde_norway::Value;

/// What the name of a secret holds.
const SECRET: [&str; 4] = ["password", "secret", "token", "totp"];
/// What stands in place of a secret.
const HIDDEN: &str = "…";

fn is_secret(name: &str) -> bool {
    let name = name.to_lowercase();
    SECRET.iter().any(|part| name.contains(part))
}

/// A body, on one line.
pub(crate) fn body(json: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(json) else { return HIDDEN.to_owned() };
    hide(&mut value);
    serde_json::to_string(&value).unwrap_or_default()
}

fn hide(value: &mut Value) {
    match value {
        Value::Sequence(items) => items.iter_mut().for_each(hide),
        Value::Mapping(fields) => {
            for (name, value) in fields {
                if name.as_str().is_some_and(is_secret) {
                    *value = HIDDEN.into();
                } else {
                    hide(value);
                }
            }
        }
        _ => {}
    }
}

/// A path, which may have a query already, with query pairs.
pub(crate) fn target(path: &str, query: &[(String, String)]) -> String {
    let (path, own) = path.split_once('?').map_or((path, None), |(path, own)| (path, Some(own)));
    let own = own.into_iter().flat_map(|own| own.split('&'));
    let own = own.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs = own.chain(query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{name}={}", if is_secret(name) { HIDDEN } else { value }))
        .collect();
    if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
}

/// An address of a server: without its user, its password and its query.
pub(crate) fn url(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let Some((user, rest)) = url.rsplit_once('@') else { return url.to_owned() };
    match user.split_once("://") {
        Some((scheme, _)) => format!("{scheme}://{HIDDEN}@{rest}"),
        None => format!("{HIDDEN}@{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden_wherever_they_stand() {
        let shown =
            body(r#"{"b":1.50,"password":"geheim","a":[{"clientSecret":{"x":"geheim"},"name":"Anna"}]}"#);
        assert_eq!(shown, r#"{"b":1.5,"password":"…","a":[{"clientSecret":"…","name":"Anna"}]}"#);
        let query = [("q".to_owned(), "1".to_owned()), ("totpCode".to_owned(), "geheim".to_owned())];
        assert_eq!(target("/x?access_token=geheim&a=b", &query), "/x?access_token=…&a=b&q=1&totpCode=…");
        assert_eq!(target("/x", &[]), "/x");
    }
    #[test]
    fn a_server_is_shown_without_who_goes_there() {
        for (given, shown) in [
            ("http://proxy.example.org:3128", "http://proxy.example.org:3128"),
            ("http://anna:geheim@proxy.example.org:3128/", "http://…@proxy.example.org:3128/"),
            ("http://anna:ge@he/im@proxy.example.org", "http://…@proxy.example.org"),
            ("anna:geheim@proxy.example.org", "…@proxy.example.org"),
            ("http://proxy.example.org?key=geheim", "http://proxy.example.org"),
        ] {
            assert_eq!(url(given), shown);
        }
    }
}
