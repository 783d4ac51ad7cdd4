//! Files that go to Disk and come from there.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::{Answers, Service};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("plans/deep")).unwrap();
    for (name, content) in
        [("plans/a.txt", "a"), ("plans/b.txt", "bb"), ("plans/deep/c.txt", ""), ("one.txt", "one")]
    {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn at(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn states(text: &str) -> Vec<String> {
    let rows: Value = serde_json::from_str(text).unwrap();
    let mut states: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["path"].as_str().unwrap(), row["state"].as_str().unwrap()))
        .collect();
    states.sort();
    states
}

#[test]
fn folders_go_up_and_come_down_and_what_is_there_already_is_not_sent_again() {
    let (service, here) = (Service::small(), folder());
    let (plans, one) = (at(&here, "plans"), at(&here, "one.txt"));
    service.orglib(&["disk", "resources", "create", "/Archive"]).assert().success();
    let upload = ["disk", "resources", "upload", &plans, &one, "/Archive/", "--format", "json"];
    let dry = service.orglib(&[&upload[..], &["--dry-run"]].concat()).assert().success().get_output().clone();
    assert!(
        String::from_utf8(dry.stderr)
            .unwrap()
            .contains("would upload 4 files of 6 bytes, and make 2 folders")
    );
    let sent = service.stdout(&upload);
    let done = |state: &str| {
        ["one.txt", "plans/a.txt", "plans/b.txt", "plans/deep/c.txt"]
            .map(|name| format!("/Archive/{name} {state}"))
    };
    assert_eq!(states(&sent), done("done"));
    assert_eq!(states(&service.stdout(&upload)), done("there already"));

    let there = tempfile::tempdir().unwrap();
    let to = at(&there, "");
    let download = ["disk", "resources", "download", "/Archive", &to, "--format", "json"];
    service.orglib(&download).assert().success();
    for name in ["plans/a.txt", "plans/b.txt", "plans/deep/c.txt", "one.txt"] {
        let came = fs::read(there.path().join("Archive").join(name)).unwrap();
        assert_eq!(came, fs::read(here.path().join(name)).unwrap(), "{name}");
    }
    assert!(states(&service.stdout(&download)).iter().all(|state| state.ends_with("there already")));

    fs::write(here.path().join("plans/a.txt"), "other").unwrap();
    let refused = service.orglib(&upload).assert().code(7).get_output().clone();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("/Archive/plans/a.txt") && said.contains("--overwrite"), "{said}");
    assert_eq!(states(&String::from_utf8(refused.stdout).unwrap()).len(), 3);
    service.orglib(&[&upload[..], &["--overwrite"]].concat()).assert().success();
    let refused = service.orglib(&download).assert().code(7).get_output().stderr.clone();
    assert!(String::from_utf8(refused).unwrap().contains("with another content"));
    service.orglib(&[&download[..], &["--overwrite"]].concat()).assert().success();
    assert_eq!(fs::read_to_string(there.path().join("Archive/plans/a.txt")).unwrap(), "other");
}

#[test]
fn a_download_goes_on_where_it_ended_and_a_false_beginning_is_found() {
    let (service, here) = (Service::small(), folder());
    let big: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(here.path().join("big.bin"), &big).unwrap();
    service.orglib(&["disk", "resources", "upload", &at(&here, "big.bin"), "/big.bin"]).assert().success();
    let local = here.path().join("came.bin");
    let part = here.path().join("came.bin.part");
    let local_text = local.display().to_string();
    let download = ["disk", "resources", "download", "/big.bin", &local_text];
    fs::write(&part, &big[..300_000]).unwrap();
    let before = service.sandbox.stats().requests;
    service.orglib(&download).assert().success();
    assert!(service.sandbox.stats().requests > before);
    assert_eq!(fs::read(&local).unwrap(), big);
    assert!(!part.exists());

    fs::remove_file(&local).unwrap();
    fs::write(&part, vec![1; 300_000]).unwrap();
    let refused = service.orglib(&download).assert().code(7).get_output().stderr.clone();
    assert!(String::from_utf8(refused).unwrap().contains("not what the service says of the file"));
    assert!(!local.exists() && !part.exists(), "nothing false is kept");
    service.orglib(&download).assert().success();
    assert_eq!(fs::read(&local).unwrap(), big);
}

#[test]
fn what_cannot_be_sent_is_named_and_the_rest_is_sent() {
    let (service, here) = (Service::small(), folder());
    let nothing = at(&here, "nothing.txt");
    service.orglib(&["disk", "resources", "upload", &nothing, "/a.txt"]).assert().code(7);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(here.path(), here.path().join("plans/circle")).unwrap();
        let refused =
            service.orglib(&["disk", "resources", "upload", &at(&here, "plans"), "/"]).assert().code(7);
        let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
        assert!(said.contains("is not followed") && said.contains("3 files, 3 bytes"), "{said}");
    }
    service.orglib(&["disk", "resources", "download", "/Nothing", &at(&here, "x")]).assert().code(5);
    assert!(!Path::new(&at(&here, "x")).exists());
}

#[test]
fn an_address_that_is_not_https_gets_nothing() {
    let file = r#"{"name":"a.txt","path":"disk:/a.txt","type":"file","size":1}"#;
    let link = r#"{"href":"http://downloader.example/secret","method":"GET","templated":false}"#;
    let service = Answers::serve(Box::leak(Box::new([("resources/download", link), ("resources?", file)])));
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("a.txt").display().to_string();
    let refused = service.orglib(&["disk", "resources", "download", "/a.txt", &to]).assert().code(7);
    let said = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(said.contains("not https") && !said.contains("secret"), "{said}");
    assert!(!Path::new(&to).exists());
}

#[test]
fn a_content_that_is_cut_short_gets_no_name_and_is_kept_to_go_on_with() {
    let content = Answers::serve(&[("/content", "content-length: 10\r\nconnection: close\r\n\r\nabcde")]);
    let link = format!(r#"{{"href":"{}/content","method":"GET","templated":false}}"#, content.url);
    let file = r#"{"name":"a.txt","path":"disk:/a.txt","type":"file","size":10}"#;
    let answers: [(&str, &str); 2] = [("resources/download", link.leak()), ("resources?", file)];
    let service = Answers::serve(Box::leak(Box::new(answers)));
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("a.txt");
    let refused =
        service.orglib(&["disk", "resources", "download", "/a.txt", &to.display().to_string()]).assert();
    let said = String::from_utf8(refused.code(7).get_output().stderr.clone()).unwrap();
    assert!(said.contains("/a.txt") && said.contains("the same command goes on"), "{said}");
    assert!(!to.exists());
    assert_eq!(fs::read_to_string(folder.path().join("a.txt.part")).unwrap(), "abcde");
}

#[cfg(unix)]
#[test]
fn where_no_more_can_be_written_what_has_come_is_kept_and_gone_on_with() {
    let (service, here) = (Service::small(), folder());
    let big: Vec<u8> = (0..400_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(here.path().join("big.bin"), &big).unwrap();
    service.orglib(&["disk", "resources", "upload", &at(&here, "big.bin"), "/big.bin"]).assert().success();
    let (local, part) = (at(&here, "came.bin"), here.path().join("came.bin.part"));
    let download = ["disk", "resources", "download", "/big.bin", &local];
    let limited = service.process(&download);
    // A file may have 1,000 blocks of 512 or 1,024 bytes, and a write beyond that fails as on a full disk.
    let mut shell = std::process::Command::new("/bin/sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 1000; exec \"$0\" \"$@\""]).arg(limited.get_program());
    shell.args(limited.get_args()).env_clear();
    shell.envs(limited.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let refused = shell.output().unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(7), "{said}");
    assert!(said.contains("came.bin.part: ") && said.contains("what has come is kept"), "{said}");
    assert!(!Path::new(&local).exists());
    let kept = fs::read(&part).unwrap();
    assert!(!kept.is_empty() && big.starts_with(&kept), "{} bytes", kept.len());

    service.orglib(&download).assert().success();
    assert_eq!(fs::read(&local).unwrap(), big);
    assert!(!part.exists());
}

#[test]
fn ones_own_disk_needs_no_organisation() {
    let (service, here) = (Service::small(), folder());
    for line in [
        &["disk", "resources", "upload", &at(&here, "one.txt"), "/one.txt"][..],
        &["disk", "resources", "list"],
        &["disk", "resources", "download", "/one.txt", &at(&here, "two.txt")],
        &["disk", "resources", "delete", "/one.txt", "--yes"],
        &["disk", "trash", "list"],
        &["disk", "info", "get"],
    ] {
        service.orglib(line).env_remove("ORGLIB_ORG_ID").assert().success();
    }
}
