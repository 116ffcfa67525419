//! Where a workspace is.

use std::path::{Path, PathBuf};

use isocenter_workspace::locate::{Surroundings, workspace};

use crate::papers;

fn surroundings(data: &Path) -> Surroundings {
    Surroundings {
        given: None,
        data: Some(data.to_owned()),
        user: Surroundings::of_this_process(None).user,
    }
}

struct Folders {
    _root: tempfile::TempDir,
    papers: PathBuf,
    data: PathBuf,
}

fn folders() -> Folders {
    let root = tempfile::tempdir().unwrap();
    let path = std::fs::canonicalize(root.path()).unwrap();
    let (papers, data) = (path.join("papers"), path.join("data"));
    std::fs::create_dir(&papers).unwrap();
    set_mode(&papers, 0o755);
    Folders {
        papers,
        data,
        _root: root,
    }
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) {}

#[test]
fn the_workspace_that_was_named_is_taken_whatever_the_paths() {
    let folders = folders();
    let mut surroundings = surroundings(&folders.data);
    surroundings.given = Some(PathBuf::from("mine"));
    assert_eq!(
        workspace(&surroundings, std::slice::from_ref(&folders.papers)),
        Path::new("mine")
    );
}

#[test]
fn a_folder_of_ones_own_holds_its_workspace_and_asking_makes_nothing() {
    let folders = folders();
    let surroundings = surroundings(&folders.data);
    let at = workspace(&surroundings, std::slice::from_ref(&folders.papers));
    assert_eq!(at, folders.papers.join(".isocenter"));
    assert!(!at.exists());
    let below = folders.papers.join("..").join("papers");
    assert_eq!(
        workspace(&surroundings, &[below]),
        at,
        "the same folder, written another way"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_shared_or_read_only_has_its_workspace_in_the_users_data() {
    let folders = folders();
    let own = surroundings(&folders.data);
    let paths = std::slice::from_ref(&folders.papers);
    for mode in [0o775, 0o757, 0o777, 0o1777, 0o555] {
        set_mode(&folders.papers, mode);
        let at = workspace(&own, paths);
        assert_eq!(
            at.parent(),
            Some(folders.data.join("workspaces").as_path()),
            "{mode:o}"
        );
    }
    set_mode(&folders.papers, 0o755);
    let mut other = own.clone();
    other.user = other.user.map(|user| user + 1);
    assert!(
        workspace(&other, paths).starts_with(&folders.data),
        "it belongs to somebody else"
    );
    let nowhere = Surroundings {
        data: None,
        ..other
    };
    assert_eq!(
        workspace(&nowhere, paths),
        folders.papers.join(".isocenter")
    );
}

#[test]
fn a_file_has_its_workspace_in_the_users_data_with_the_files_beside_it() {
    let folders = folders();
    let surroundings = surroundings(&folders.data);
    let one = papers::write(&folders.papers, "one.json", "{}");
    let two = papers::write(&folders.papers, "two.json", "{}");
    let at = workspace(&surroundings, &[one]);
    assert!(at.starts_with(&folders.data));
    assert_eq!(workspace(&surroundings, &[two]), at);
    let other = papers::write(&folders.papers, "below/one.json", "{}");
    assert_ne!(workspace(&surroundings, &[other]), at);
}
