//! Bundles from a connected machine to one that is not.

use std::path::{Path, PathBuf};

use isocenter_feeds::bundle::{self, Rules};
use isocenter_feeds::key::{Signer, Trusted, generate};
use isocenter_feeds::{FeedError, Folder, Refusal};
use jiff::Timestamp;

use crate::server::Reply;
use crate::{Machine, at};

const KEV: &str = "www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json";

struct Sender {
    machine: Machine,
    key: PathBuf,
    public: PathBuf,
}

impl Sender {
    fn new() -> Self {
        let machine = Machine::new();
        let (key, public, _) = generate(&machine.path("feeds-key")).unwrap();
        Self {
            machine,
            key,
            public,
        }
    }

    fn bundle(&mut self, content: &str, day: &str) -> PathBuf {
        self.machine.server.on(KEV, [Reply::Plain(content.into())]);
        self.machine.pull("kev", day).unwrap();
        let out = self.machine.path(&format!("{day}.bundle"));
        let signer = Signer::read(&self.key, None).unwrap();
        bundle::create(
            &self.machine.folder(),
            &["kev".to_owned()],
            &signer,
            &out,
            at(day),
        )
        .unwrap();
        out
    }

    fn trusted(&self) -> Vec<Trusted> {
        vec![Trusted::read(&self.public).unwrap()]
    }
}

fn rules(day: &str) -> Rules {
    Rules {
        now: at(day),
        max_age_days: 30,
        taken: None,
        accept_older: false,
    }
}

fn refusal(path: &Path, trusted: &[Trusted], rules: &Rules) -> Refusal {
    match bundle::open(path, trusted, rules) {
        Err(FeedError::Bundle(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_bundle_brings_the_files_with_all_that_is_known_of_them() {
    let mut sender = Sender::new();
    let file = sender.bundle("{\"a\":1}", "2026-11-01");
    assert!(bundle::is_bundle(&file));
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::new(home.path());
    let opened = bundle::open(&file, &sender.trusted(), &rules("2026-11-02")).unwrap();
    assert_eq!(opened.manifest.created, at("2026-11-01"));
    let changed = opened.unpack(&folder).unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(std::fs::read(&changed[0]).unwrap(), b"{\"a\":1}");
    assert_eq!(
        folder.state("kev").unwrap(),
        sender.machine.folder().state("kev").unwrap()
    );
    let again = bundle::open(&file, &sender.trusted(), &rules("2026-11-02")).unwrap();
    assert!(again.unpack(&folder).unwrap().is_empty());
}

#[test]
fn a_bundle_of_an_unknown_key_is_not_taken_and_the_key_is_named() {
    let mut sender = Sender::new();
    let file = sender.bundle("{}", "2026-11-01");
    let stranger = Sender::new();
    let Refusal::Untrusted(id) = refusal(&file, &stranger.trusted(), &rules("2026-11-02")) else {
        panic!("taken");
    };
    assert_eq!(id, sender.trusted()[0].id);
    assert!(matches!(
        refusal(&file, &[], &rules("2026-11-02")),
        Refusal::Untrusted(_)
    ));
}

#[test]
fn no_byte_of_a_bundle_can_be_changed() {
    let mut sender = Sender::new();
    let file = sender.bundle("{\"a\":1}", "2026-11-01");
    let bytes = std::fs::read(&file).unwrap();
    let changed_at = sender.machine.path("changed.bundle");
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::new(home.path());
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        std::fs::write(&changed_at, changed).unwrap();
        let taken = bundle::open(&changed_at, &sender.trusted(), &rules("2026-11-02"))
            .and_then(|opened| opened.unpack(&folder));
        // A bit of the zip's own fields may change nothing that counts; the content never may.
        if let Ok(files) = taken {
            for file in files {
                assert_eq!(std::fs::read(file).unwrap(), b"{\"a\":1}", "byte {at}");
            }
        }
    }
}

#[test]
fn a_bundle_that_breaks_off_leaves_what_was_there() {
    let mut sender = Sender::new();
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::new(home.path());
    let first = sender.bundle("{\"a\":1}", "2026-11-01");
    bundle::open(&first, &sender.trusted(), &rules("2026-11-02"))
        .unwrap()
        .unpack(&folder)
        .unwrap();
    let second = sender.bundle("{\"a\":2}", "2026-11-03");
    let bytes = std::fs::read(&second).unwrap();
    let cut = sender.machine.path("cut.bundle");
    for end in (0..bytes.len()).step_by(7) {
        std::fs::write(&cut, &bytes[..end]).unwrap();
        let taken = bundle::open(&cut, &sender.trusted(), &rules("2026-11-04"))
            .and_then(|opened| opened.unpack(&folder));
        assert!(taken.is_err(), "cut at {end}");
        assert_eq!(
            std::fs::read(
                folder
                    .feed("kev")
                    .join("known_exploited_vulnerabilities.json")
            )
            .unwrap(),
            b"{\"a\":1}"
        );
    }
}

#[test]
fn an_old_bundle_and_one_older_than_the_last_are_not_taken_unless_told_to() {
    let mut sender = Sender::new();
    let file = sender.bundle("{}", "2026-11-01");
    let trusted = sender.trusted();
    assert!(matches!(
        refusal(&file, &trusted, &rules("2026-12-10")),
        Refusal::TooOld { days: 39, most: 30 }
    ));
    let patient = Rules {
        max_age_days: 60,
        ..rules("2026-12-10")
    };
    assert!(bundle::open(&file, &trusted, &patient).is_ok());
    let newer: Timestamp = at("2026-11-05");
    let after = Rules {
        taken: Some(newer),
        ..rules("2026-11-06")
    };
    assert!(matches!(
        refusal(&file, &trusted, &after),
        Refusal::Rollback { .. }
    ));
    let accepted = Rules {
        accept_older: true,
        ..after
    };
    assert!(bundle::open(&file, &trusted, &accepted).is_ok());
    assert!(matches!(
        refusal(&file, &trusted, &rules("2026-10-01")),
        Refusal::FromTheFuture(_)
    ));
}

#[test]
fn what_is_no_bundle_is_said_so() {
    let machine = Machine::new();
    let file = machine.path("a.zip");
    for bytes in [b"hello".to_vec(), crate::zipped("a.json", b"{}")] {
        std::fs::write(&file, bytes).unwrap();
        assert!(!bundle::is_bundle(&file));
        assert!(matches!(
            refusal(&file, &[], &rules("2026-11-01")),
            Refusal::NoBundle(_)
        ));
    }
}

#[test]
fn a_secret_key_is_its_owners_alone_and_is_never_written_over() {
    let machine = Machine::new();
    let (key, _, id) = generate(&machine.path("k")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            std::fs::metadata(&key).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    assert!(matches!(
        generate(&machine.path("k")),
        Err(FeedError::Key(_))
    ));
    let folder = machine.folder();
    Trusted::read(&machine.path("k.pub"))
        .unwrap()
        .keep(&folder)
        .unwrap();
    assert_eq!(Trusted::all(&folder).unwrap()[0].id, id);
}
