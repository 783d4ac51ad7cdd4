use orglib_core::operation;

#[operation(id = "a", get = "/a", host = Cloud)]
struct NotInPath {
    #[path]
    name: String,
}

#[operation(id = "a", get = "/a/{user_id}", host = Cloud)]
struct PathWithoutField {}

#[operation(id = "a", get = "/a/{user_id}", host = Cloud)]
struct FieldElsewhere {
    #[query]
    user_id: String,
}

#[operation(id = "a", get = "/a", host = Cloud)]
struct MethodOfCalls {
    #[query]
    timeout: Option<u64>,
}

#[operation(id = "a", get = "/a", host = Cloud, paging = offset(10), output = Page<String>)]
struct MethodOfLists {
    #[query]
    limit: Option<u64>,
}

#[operation(id = "a", get = "/a", host = Cloud)]
struct PatientCall {
    #[query]
    patient: Option<bool>,
}

#[operation(id = "a", get = "/a", host = Cloud, paging = number(10), output = Page<String>)]
struct ListFromPage {
    #[query]
    starting_at_page: Option<u64>,
}

fn main() {}
