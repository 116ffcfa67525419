//! Which files a walk meets, and how they are shown.

use crate::{check, papers, said};

#[test]
fn folders_are_walked_in_order_of_name_and_hidden_entries_are_not() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "b.json",
        "a/z.json",
        "a/b/c.json",
        ".hidden.json",
        ".isocenter/x.json",
        "c.json",
    ] {
        papers::write(folder.path(), name, papers::KEV);
    }
    insta::assert_snapshot!(said(folder.path(), &check(&[folder.path().to_owned()])), @r"
    a/b/c.json kev
    a/z.json kev
    b.json kev
    c.json kev
    ");
    let hidden = folder.path().join(".hidden.json");
    assert_eq!(
        check(&[hidden]).len(),
        1,
        "a hidden file that was asked for is read"
    );
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_not_followed_and_one_that_leads_outside_is_named() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    papers::write(outside.path(), "secret.json", papers::KEV);
    let root = folder.path().join("papers");
    papers::write(&root, "kev.json", papers::KEV);
    symlink(outside.path(), root.join("outside")).unwrap();
    symlink(
        outside.path().join("secret.json"),
        root.join("outside.json"),
    )
    .unwrap();
    symlink(root.join("kev.json"), root.join("inside.json")).unwrap();
    symlink(&root, root.join("loop")).unwrap();
    symlink(root.join("nowhere"), root.join("dangling")).unwrap();
    insta::assert_snapshot!(said(&root, &check(std::slice::from_ref(&root))), @r"
    dangling unknown file-link-outside
    kev.json kev
    outside unknown file-link-outside
    outside.json unknown file-link-outside
    ");
    let given = folder.path().join("given");
    symlink(&root, &given).unwrap();
    assert_eq!(
        check(&[given]).len(),
        4,
        "a link that was given is followed"
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_is_passed_over_and_does_not_hold_the_walk() {
    let folder = tempfile::tempdir().unwrap();
    let made = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe"))
        .status();
    assert!(made.unwrap().success());
    papers::write(folder.path(), "z.json", papers::KEV);
    insta::assert_snapshot!(said(folder.path(), &check(&[folder.path().to_owned()])), @r"
    pipe unknown file-not-regular
    z.json kev
    ");
}

#[cfg(unix)]
#[test]
fn names_that_act_on_a_terminal_are_shown_and_not_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    papers::write(folder.path(), "a\u{1b}[31m\u{202e}.json", papers::KEV);
    let files = check(&[folder.path().to_owned()]);
    let path = &files.first().unwrap().path;
    assert!(path.ends_with("a\u{fffd}[31m\u{fffd}.json"), "{path:?}");
}

#[test]
fn a_mapping_serves_the_inventories_of_its_own_folder_only() {
    let folder = tempfile::tempdir().unwrap();
    let inventory = "Foo,Manufacturer,Model\nCT-1,Example Medical,Scanner One\n";
    papers::write(
        folder.path(),
        "columns.toml",
        "[columns]\n\"Foo\" = \"asset-id\"\n",
    );
    papers::write(folder.path(), "here.csv", inventory);
    papers::write(folder.path(), "below/there.csv", inventory);
    let at = folder.path().join(".isocenter");
    crate::import_into(&at, &[folder.path().to_owned()]);
    let mut assets = crate::ask(&at, |store| async move {
        let devices = store.devices().await.unwrap();
        devices
            .into_iter()
            .map(|stored| stored.device.asset_id)
            .collect::<Vec<_>>()
    });
    assets.retain(|asset| asset == "CT-1");
    assert_eq!(assets.len(), 1);
}

#[test]
fn a_mapping_that_is_given_beside_an_inventory_serves_it() {
    let folder = tempfile::tempdir().unwrap();
    let inventory = papers::write(
        folder.path(),
        "here.csv",
        "Foo,Manufacturer,Model\nCT-1,Example Medical,Scanner One\n",
    );
    let mapping = papers::write(
        folder.path(),
        "columns.toml",
        "[columns]\n\"Foo\" = \"asset-id\"\n",
    );
    let at = folder.path().join(".isocenter");
    crate::import_into(&at, &[inventory, mapping]);
    let devices = crate::ask(&at, |store| async move { store.devices().await.unwrap() });
    assert_eq!(devices.first().unwrap().device.asset_id, "CT-1");
}
