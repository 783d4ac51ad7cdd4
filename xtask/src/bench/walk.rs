//! How many requests the report cannot do without, found by walking the organisation one request at a time.

use serde::Deserialize;
use serde_json::Value;

use super::sandbox::Access;
use crate::workspace::Result;

const PEOPLE_A_PAGE: usize = 1_000;
const RESOURCES_A_PAGE: usize = 100;

/// Lists of names that fit on one page here: of departments, of groups, of organisations.
const NAMES: u64 = 3;

/// What the walk met.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Walk {
    pub(super) people: u64,
    pub(super) resources: u64,
    /// One list each of departments, groups and organisations, for their names; one page of people per 1,000, one
    /// listing per 100 resources of a person, one settings call per resource, and a second one where the path is not
    /// found and the key has to be asked.
    pub(super) requests: u64,
}

/// Walks the organisation behind the token.
pub(super) fn walk(access: &Access) -> Result<Walk> {
    let mut walk = Walk::default();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let people = people(&agent, access)?;
    walk.people = people.len() as u64;
    walk.requests = NAMES + pages(people.len(), PEOPLE_A_PAGE, true);
    for person in &people {
        let resources = resources(&agent, access, person)?;
        walk.resources += resources.len() as u64;
        walk.requests += pages(resources.len(), RESOURCES_A_PAGE, false) + resources.len() as u64;
        for path in &resources {
            walk.requests += u64::from(!found_by_path(&agent, access, person, path)?);
        }
    }
    Ok(walk)
}

/// Pages of a list. Where no total is told, a last page that is full needs another one to show the end.
fn pages(items: usize, a_page: usize, with_total: bool) -> u64 {
    let pages = if with_total { items.div_ceil(a_page).max(1) } else { items / a_page + 1 };
    pages as u64
}

#[derive(Deserialize)]
struct Page {
    items: Vec<Value>,
}

/// The ids of everybody but robots, whom the report leaves out.
fn people(agent: &ureq::Agent, access: &Access) -> Result<Vec<String>> {
    let path = format!("/v1/directory/organizations/{}/users", access.org_id);
    let all = list(agent, access, &path, &[], PEOPLE_A_PAGE)?;
    let people = all.iter().filter(|person| person["is_robot"] != true);
    people.map(|person| text(&person["id"])).collect()
}

fn resources(agent: &ureq::Agent, access: &Access, person: &str) -> Result<Vec<String>> {
    let organization = access.org_id.to_string();
    let query = [("user_id", person), ("org_id", &organization)];
    let path = "/v1/disk/public/resources/admin/public-resources";
    list(agent, access, path, &query, RESOURCES_A_PAGE)?
        .iter()
        .map(|resource| text(&resource["path"]))
        .collect()
}

fn found_by_path(agent: &ureq::Agent, access: &Access, person: &str, path: &str) -> Result<bool> {
    let path = path.strip_prefix("/disk").unwrap_or(path);
    let query = [("user_id", person), ("path", path)];
    let address = "/v1/disk/public/resources/admin/public-settings-by-path";
    Ok(get(agent, access, address, &query)?.status() != 404)
}

fn list(
    agent: &ureq::Agent,
    access: &Access,
    path: &str,
    query: &[(&str, &str)],
    a_page: usize,
) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    loop {
        let (limit, offset) = (a_page.to_string(), all.len().to_string());
        let query = [query, &[("limit", limit.as_str()), ("offset", offset.as_str())]].concat();
        let page: Page = get(agent, access, path, &query)?.body_mut().read_json()?;
        let more = page.items.len() == a_page;
        all.extend(page.items);
        if !more {
            return Ok(all);
        }
    }
}

fn get(
    agent: &ureq::Agent,
    access: &Access,
    path: &str,
    query: &[(&str, &str)],
) -> Result<ureq::http::Response<ureq::Body>> {
    let request = agent.get(format!("{}{path}", access.url.trim_end_matches('/')));
    let request = request.header("Authorization", format!("OAuth {}", access.token));
    Ok(request.query_pairs(query.iter().copied()).call()?)
}

fn text(value: &Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(number.to_string()),
        other => Err(format!("the sandbox answers {other} where a name was expected").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_last_page_needs_another_one_unless_the_total_is_told() {
        for (items, with_total, expected) in [
            (0, true, 1),
            (1_000, true, 1),
            (1_001, true, 2),
            (0, false, 1),
            (999, false, 1),
            (1_000, false, 2),
        ] {
            assert_eq!(pages(items, 1_000, with_total), expected, "{items} items, total told: {with_total}");
        }
    }
}
