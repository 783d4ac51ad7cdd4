use orglib_core::{__private::models::Patch, operation};

type Maybe = Option<String>;
type Many = Vec<String>;
type Changed = Patch<String>;

#[operation(id = "a", post = "/a", host = Cloud)]
struct Aliases {
    #[body]
    maybe: Maybe,
    #[body]
    many: Many,
    #[body]
    changed: Changed,
}

fn main() {}
