//! How fast keys compare and versions become keys.

use divan::{Bencher, black_box, counter::ItemsCount};
use isocenter_versions::{Key, Scheme, compare, key};

fn main() {
    divan::main();
}

const SAMPLES: &[(Scheme, &[&str])] = &[
    (
        Scheme::SemVer,
        &[
            "1.2.3",
            "4.17.21",
            "2.0.0-rc.1",
            "v10.0.0-BETA4",
            "0.0.0-20210101000000-abcdef123456",
        ],
    ),
    (
        Scheme::Pep440,
        &["1.0.0", "2.0.0rc1", "0.99.4.dev3", "1!3.4.post2", "4.2.16"],
    ),
    (
        Scheme::Debian,
        &[
            "1.0.1t-1+deb8u7",
            "2.6.26-13lenny2~bpo40+1",
            "1:2.4.6-2",
            "3.7.1-1+deb9u4",
            "0.9.8g-15",
        ],
    ),
    (
        Scheme::Rpm,
        &[
            "0:4.18.0-477.10.1.el8_8",
            "1.1.1k-7.el8",
            "2.0~rc1-1",
            "1.0^20160101git1-2",
            "3.10.0-1160",
        ],
    ),
];

#[divan::bench(args = SAMPLES.iter().map(|(scheme, _)| *scheme))]
fn parse(bencher: Bencher<'_, '_>, scheme: Scheme) {
    let (_, texts) = SAMPLES
        .iter()
        .find(|(name, _)| *name == scheme)
        .copied()
        .unwrap_or(SAMPLES[0]);
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        for text in texts {
            let _ = black_box(key(scheme, black_box(text)));
        }
    });
}

#[divan::bench(args = SAMPLES.iter().map(|(scheme, _)| *scheme))]
fn compare_keys(bencher: Bencher<'_, '_>, scheme: Scheme) {
    let keys: Vec<Key> = SAMPLES
        .iter()
        .filter(|(name, _)| *name == scheme)
        .flat_map(|(_, texts)| texts.iter().filter_map(|text| key(scheme, text).ok()))
        .collect();
    let pairs = keys.len() * keys.len();
    bencher.counter(ItemsCount::new(pairs)).bench(|| {
        let mut less = 0_usize;
        for a in black_box(&keys) {
            for b in &keys {
                less += usize::from(a < b);
            }
        }
        less
    });
}

#[divan::bench]
fn compare_maven_pairs(bencher: Bencher<'_, '_>) {
    const TEXTS: [&str; 6] = [
        "1.0.0.Final",
        "2.3.20.3",
        "1.8.0.CR2",
        "5.2021.10",
        "3.0.0-beta-1",
        "4.1.108.Final-redhat-0001",
    ];
    bencher
        .counter(ItemsCount::new(TEXTS.len() * TEXTS.len()))
        .bench(|| {
            for a in black_box(TEXTS) {
                for b in TEXTS {
                    let _ = black_box(compare(Scheme::Maven, a, b));
                }
            }
        });
}
