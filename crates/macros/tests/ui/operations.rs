const NONE: &[orglib_core::OperationHomes] = orglib_core::operations![];

fn main() {}
