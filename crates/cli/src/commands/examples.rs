//! An example of each command that is written by hand: the words that are typed, and what follows them.

pub(crate) const EXAMPLES: &[(&str, &str)] = &[
    ("exposure", "--reach public,external --output exposure.csv"),
    ("users contacts list", "anna@example.org"),
    ("users contacts add", "anna@example.org phone=+74950000000"),
    ("groups members list", "everybody@example.org"),
    (
        "groups members add",
        "everybody@example.org anna@example.org igor@example.org --department sales@example.org",
    ),
    ("groups members remove", "everybody@example.org anna@example.org"),
    ("mailboxes shared list", "--brief"),
    ("mailboxes shared create", "--email info@example.org --name Info"),
    ("mailboxes shared update", "info@example.org --name Information"),
    ("mailboxes delegated list", "--brief"),
    ("mailboxes access list", "--user anna@example.org"),
    ("mailboxes access grant", "info@example.org anna@example.org --role sender,reader"),
    ("mailboxes access revoke", "info@example.org anna@example.org"),
    ("mailboxes access task", "17 --wait"),
    ("organizations get", "1234567"),
    ("disk resources upload", "report.docx plans/ /Archive/"),
    ("disk resources download", "/Archive/plans backup/"),
    ("disk resources list", "/Plans --sort -modified"),
    ("disk trash list", ""),
    ("disk public list", "--user anna@example.org"),
    ("disk public settings", "--path /Plan.docx --user anna@example.org"),
    ("audit events list", "--since yesterday --type disk_fs-set-public"),
    ("audit mail list", "--since 7d --user anna@example.org"),
    ("audit disk list", "--since 7d"),
    ("audit types", "disk"),
    ("auth login", ""),
    ("auth status", ""),
    ("auth logout", ""),
    ("auth token", "--user anna@example.org"),
    ("config path", ""),
    ("config show", "--format yaml"),
    ("config init", ""),
    ("code42 orgs get", "4300"),
    ("code42 orgs create", "Branch --parent 4300"),
    ("code42 orgs update", "4300 --name Branch"),
    ("code42 orgs settings get", "4300"),
    ("code42 orgs settings set", "4300 archive_hold_days=30"),
    ("code42 orgs agent-state", "4300"),
    ("api", "GET /directory/v1/org/{org_id}/users --paginate"),
    ("operations", "--format csv"),
    ("explain", "users list"),
    ("help", "users list"),
    ("sandbox serve", "--port 0 --users 200"),
    ("completions", "bash"),
    ("man", "users list"),
];

/// What is typed as an example of a command.
pub(crate) fn example(words: &str) -> Option<String> {
    let (_, rest) = EXAMPLES.iter().find(|(known, _)| *known == words)?;
    Some(format!("orglib {words} {rest}").trim_end().to_owned())
}
