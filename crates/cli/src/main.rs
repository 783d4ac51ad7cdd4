//! The program `orglib`.

fn main() {}
