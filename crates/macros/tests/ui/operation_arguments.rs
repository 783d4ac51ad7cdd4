use orglib_core::operation;

#[operation(id = "a", fetch = "/a", host = Cloud)]
struct UnknownArgument {}

#[operation(id = "a", get = "/a", host = Cloud, legacy(scopes = "a"))]
struct UnknownArgumentOfLegacy {}

#[operation(get = "/a", host = Cloud)]
struct NoId {}

#[operation(id = "a", host = Cloud)]
struct NoMethod {}

#[operation(id = "a", get = "/a")]
struct NoHost {}

#[operation(id = "a", get = "/a", host = Cloud, scopes = some("a"))]
struct OtherScopes {}

#[operation(id = "a", get = "/a", host = Cloud, spelling = kebab)]
struct OtherSpelling {}

#[operation(id = "a", get = "/a", host = Cloud, paging = offset(10), output = Vec<String>)]
struct PagedWithoutPage {}

#[operation(id = "a", get = "/a", host = Cloud, progress = told)]
struct TellsOfNoTask {}

#[operation(id = "a", post = "/a", host = Cloud, output = Started<Named>)]
struct GoesOnUnheard {}

fn main() {}
