use orglib_core::operation;

#[operation(id = "a", get = "/a", host = Cloud)]
struct Tuple(u64);

#[operation(id = "a", get = "/a", host = Cloud)]
struct NoPlace {
    name: String,
}

#[operation(id = "a", get = "/a", host = Cloud)]
struct UnknownPlace {
    #[cookie]
    name: String,
}

#[operation(id = "a", get = "/a", host = Cloud)]
struct TwoPlaces {
    #[query]
    #[body]
    name: String,
}

#[operation(id = "a", get = "/a/{name}", host = Cloud)]
struct OptionOfPath {
    #[path(name = "n")]
    name: String,
}

#[operation(id = "a", get = "/a", host = Cloud)]
struct OptionOfQuery {
    #[query(secret)]
    name: String,
}

#[operation(id = "a", get = "/a", host = Cloud)]
struct OptionOfHeader {
    #[header(only = Current)]
    name: String,
}

#[operation(id = "a", post = "/a", host = Cloud)]
struct OptionOfForm {
    #[form(whole)]
    name: String,
}

#[operation(id = "a", post = "/a", host = Cloud)]
struct OptionOfBody {
    #[body(repeat)]
    name: String,
}

#[operation(id = "a", get = "/a", host = Cloud)]
struct OtherHome {
    #[query(only = Former)]
    name: Option<String>,
}

fn main() {}
