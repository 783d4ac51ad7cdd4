//! Where a declared route differs from the facts.

use std::collections::BTreeSet;

use super::{
    attribute::{Paging, QueryField, Route},
    document::{Facts, ScopeRule},
};

/// The parameters that each style of paging sends by itself: the position in the list, and the size of a page.
const PAGING: [(&str, &str, &str); 4] = [
    ("number", "page", "perPage"),
    ("offset", "offset", "limit"),
    ("token", "pageToken", "pageSize"),
    ("key", "iteration_key", "limit"),
];

/// The host names behind each name that an attribute may give.
const HOSTS: [(&str, &str); 5] = [
    ("Api360", "api360.yandex.net"),
    ("Cloud", "cloud-api.yandex.net"),
    ("OAuth", "oauth.yandex.ru"),
    ("Login", "login.yandex.ru"),
    ("Code42", "console.us.code42.com"),
];

/// Every difference, each as one line. Empty when the route is what the document says.
pub(crate) fn differences(route: &Route, facts: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    let mut differ = |what: &str, declared: &str, stated: &str| {
        if declared != stated {
            found.push(format!("{what} is {declared}, the document says {stated}"));
        }
    };
    differ("the method", &route.method, &facts.method);
    differ("the path", &route.path, &facts.path);
    if let Some((_, host)) = HOSTS.iter().find(|(name, _)| *name == route.host) {
        differ("the host", host, &facts.host);
    } else {
        found.push(format!("there is no host {:?}", route.host));
    }
    found.extend(scope_differences(route, facts));
    found.extend(segment_differences(route));
    found.extend(query_differences(route, facts));
    found
}

fn scope_differences(route: &Route, facts: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    if route.scopes != facts.scopes {
        found.push(format!("the scopes are {:?}, the document says {:?}", route.scopes, facts.scopes));
    } else if facts.scopes.len() > 1
        && let (Some(declared), Some(stated)) = (route.rule, facts.rule)
        && declared != stated
    {
        let word = |rule| if rule == ScopeRule::Any { "any" } else { "all" };
        found.push(format!(
            "{} of the scopes are asked for, the document says {}",
            word(declared),
            word(stated)
        ));
    }
    found
}

fn segment_differences(route: &Route) -> Vec<String> {
    let stated: BTreeSet<String> = placeholders(&route.path).map(snake_case).collect();
    let declared: BTreeSet<String> = route.segments.iter().map(|segment| snake_case(segment)).collect();
    let mut found: Vec<String> =
        stated.difference(&declared).map(|name| format!("no #[path] field for {{{name}}}")).collect();
    found.extend(declared.difference(&stated).map(|name| format!("the path has no place for {name}")));
    found
}

fn query_differences(route: &Route, facts: &Facts) -> Vec<String> {
    let mut found = Vec::new();
    let mut sent = BTreeSet::new();
    for field in &route.query {
        match parameter_of(field, facts) {
            Some(name) => {
                sent.insert(name);
            }
            None => found.push(format!("the document has no query parameter for {}", shown(field))),
        }
    }
    if let Some(paging) = &route.paging {
        match paging_parameters(paging) {
            Some(names) => {
                for name in names {
                    if !facts.query.contains_key(&name) {
                        found.push(format!("paging by {} needs {name}, the document has none", paging.style));
                    }
                    sent.insert(name);
                }
            }
            None => found.push(format!("there is no paging by {}", paging.style)),
        }
    }
    let required = facts.query.iter().filter(|(_, required)| **required).map(|(name, _)| name);
    found.extend(
        required.filter(|name| !sent.contains(*name)).map(|name| format!("the required {name} is not sent")),
    );
    found
}

fn paging_parameters(paging: &Paging) -> Option<[String; 2]> {
    let (_, position, size) = PAGING.iter().find(|(style, _, _)| *style == paging.style)?;
    let name = |own: &Option<String>, usual: &str| own.clone().unwrap_or_else(|| usual.to_owned());
    Some([name(&paging.position, position), name(&paging.size, size)])
}

fn parameter_of(field: &QueryField, facts: &Facts) -> Option<String> {
    let name = field.name.as_ref().unwrap_or(&field.field);
    facts.query.contains_key(name).then(|| name.clone())
}

fn shown(field: &QueryField) -> String {
    match &field.name {
        Some(name) => format!("{} (sent as {name})", field.field),
        None => field.field.clone(),
    }
}

fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

fn snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            id: "UserService_List".into(),
            document: "yandex360-api360.yaml".into(),
            method: "GET".into(),
            path: "/directory/v1/org/{orgId}/users".into(),
            host: "api360.yandex.net".into(),
            scopes: ["directory:read_users".into(), "directory:write_users".into()].into(),
            rule: Some(ScopeRule::Any),
            query: [("page".into(), true), ("perPage".into(), false), ("startedAt".into(), true)].into(),
        }
    }

    fn paging(style: &str, size: Option<&str>) -> Option<Paging> {
        Some(Paging { style: style.into(), size: size.map(str::to_owned), position: None })
    }

    fn route() -> Route {
        Route {
            id: "UserService_List".into(),
            method: "GET".into(),
            path: "/directory/v1/org/{orgId}/users".into(),
            host: "Api360".into(),
            scopes: facts().scopes,
            rule: Some(ScopeRule::Any),
            paging: paging("number", None),
            segments: vec!["org_id".into()],
            query: vec![QueryField { field: "started_at".into(), name: Some("startedAt".into()) }],
            place: String::new(),
            package: String::new(),
            type_name: String::new(),
            listed: true,
        }
    }

    #[test]
    fn a_route_as_documented_has_no_differences() {
        assert_eq!(differences(&route(), &facts()), Vec::<String>::new());
    }

    #[test]
    fn each_difference_is_named() {
        type Change = fn(&mut Route);
        let cases: [(Change, &str); 13] = [
            (|route| route.method = "POST".into(), "the method is POST, the document says GET"),
            (|route| route.path.push('/'), "the path is"),
            (|route| route.host = "Cloud".into(), "the host is cloud-api.yandex.net"),
            (|route| route.host = "Elsewhere".into(), "there is no host"),
            (|route| route.scopes.clear(), "the scopes are {}"),
            (|route| route.rule = Some(ScopeRule::All), "all of the scopes are asked for"),
            (|route| route.segments.clear(), "no #[path] field for {org_id}"),
            (|route| route.segments.push("user_id".into()), "the path has no place for user_id"),
            (|route| route.query[0].name = None, "the document has no query parameter for started_at"),
            (|route| route.query.clear(), "the required startedAt is not sent"),
            (|route| route.paging = paging("offset", None), "paging by offset needs offset"),
            (|route| route.paging = paging("number", Some("size")), "paging by number needs size"),
            (|route| route.paging = paging("letter", None), "there is no paging by letter"),
        ];
        for (change, expected) in cases {
            let mut changed = route();
            change(&mut changed);
            let found = differences(&changed, &facts());
            assert!(found.iter().any(|line| line.starts_with(expected)), "{expected}: {found:?}");
        }
    }

    #[test]
    fn a_required_paging_parameter_has_to_be_sent_by_a_style_that_knows_it() {
        let without = Route { paging: None, ..route() };
        assert_eq!(differences(&without, &facts()), ["the required page is not sent"]);
    }
}
