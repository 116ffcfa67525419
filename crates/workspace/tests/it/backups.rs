//! Backup, restore and upgrade of a workspace.

use isocenter_store::Store;
use isocenter_workspace::backup::{backup, restore, upgrade};

use crate::{ask, import_into, now, papers, run};

#[test]
fn a_backup_brings_everything_back_and_keeps_what_it_replaces() {
    let folder = tempfile::tempdir().unwrap();
    let papers_folder = folder.path().join("papers");
    papers::write_all(&papers_folder);
    let at = folder.path().join("workspace");
    import_into(&at, std::slice::from_ref(&papers_folder));
    let file = folder.path().join("backup.sqlite");
    let before = ask(&at, |store| {
        let file = file.clone();
        async move {
            backup(&store, &file).await.unwrap();
            store.content().await.unwrap()
        }
    });
    let later = papers::write(folder.path(), "bom.json", papers::sbom("0002", 2, "2"));
    import_into(&at, &[later]);
    let kept = run(restore(&file, &at, now())).unwrap().unwrap();
    assert!(kept.starts_with(at.join("kept")), "{}", kept.display());
    let content =
        |path: &std::path::Path| ask(path, |store| async move { store.content().await.unwrap() });
    assert_eq!(content(&at), before);
    assert_ne!(content(&kept), before);
    ask(&at, |store| async move { store.verify().await.unwrap() });
}

#[test]
fn an_upgrade_of_a_workspace_of_this_version_does_nothing() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        Store::open(folder.path()).await.unwrap().close().await;
        assert_eq!(upgrade(folder.path()).await.unwrap(), None);
    });
    assert!(!folder.path().join("kept").exists());
}
