//! How fast versions become keys, keys compare, pairs compare, and ranges are read and asked.

use divan::{Bencher, black_box, counter::ItemsCount};
use isocenter_versions::native::{self, Syntax};
use isocenter_versions::{Key, Scheme, Vers, compare, freetext, key};

fn main() {
    divan::main();
}

/// Versions as each ecosystem publishes them.
const SAMPLES: [(Scheme, &[&str]); 22] = [
    (
        Scheme::SemVer,
        &[
            "1.2.3",
            "4.17.21",
            "2.0.0-rc.1",
            "v10.0.0-BETA4",
            "7.0.0-alpha.20+5f2c",
        ],
    ),
    (
        Scheme::Go,
        &[
            "v1.2.3",
            "v0.0.0-20210101000000-abcdef123456",
            "v2.0.0+incompatible",
            "go1.21rc2",
            "v1.34.1",
        ],
    ),
    (
        Scheme::Pub,
        &[
            "1.2.3",
            "2.0.0-dev.1",
            "1.0.0+1",
            "0.12.0+4",
            "3.1.0-nullsafety.0",
        ],
    ),
    (
        Scheme::Julia,
        &[
            "1.9.3",
            "0.7.0-DEV.1234",
            "1.10.0-rc1+0",
            "1.6.7+0",
            "2.28.2+1",
        ],
    ),
    (
        Scheme::Bitnami,
        &["6.2.0", "6.2.0-4", "1.8.0-333", "2.4.57-1", "14.9.0-rc1"],
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
    (
        Scheme::Alpine,
        &[
            "2.4.57-r0",
            "1.8.7_p358-r2",
            "3.0_rc2-r1",
            "1.2.11-r3",
            "20230506-r0",
        ],
    ),
    (
        Scheme::Arch,
        &[
            "1:3.2.1-2",
            "6.5.9.arch2-1",
            "20230506-1",
            "r123.abc1234-1",
            "2.0rc1-1",
        ],
    ),
    (
        Scheme::Gentoo,
        &[
            "1.2.3",
            "2.4.57-r1",
            "1.0_rc2_p1",
            "9999",
            "3.1.0b_p20230506-r2",
        ],
    ),
    (
        Scheme::NuGet,
        &[
            "13.0.3",
            "4.7.1.2",
            "8.0.0-preview.7.23375.6",
            "1.0.0-BETA",
            "2.1.0+abc",
        ],
    ),
    (
        Scheme::RubyGems,
        &["7.0.4.3", "2.0.0.rc1", "1.15.0", "3.0.0.pre2", "0.4.1"],
    ),
    (
        Scheme::Packagist,
        &["v6.4.2", "10.0.0-BETA1", "1.42.01", "2.x-dev", "3.1.0-p2"],
    ),
    (
        Scheme::Cran,
        &["1.8-1", "0.9.20", "2.0.0.9000", "3.4-5", "1.1.2"],
    ),
    (
        Scheme::Hackage,
        &["1.0.0.0", "0.11.3.0", "2.1", "4.18.2.1", "1.8"],
    ),
    (
        Scheme::Conan,
        &["1.2.13", "cci.20230506", "3.1.0-rc1", "1.1.1w", "2.0+b2"],
    ),
    (
        Scheme::Jvm,
        &["1.8.0_292", "8u292-b10", "11.0.11+9", "17-ea", "21.0.1"],
    ),
    (
        Scheme::Windows,
        &[
            "10.0.17763.5329",
            "10.0.19044.4046",
            "6.1.7601.24546",
            "17763.973",
            "10.0.22631",
        ],
    ),
    (
        Scheme::IntDot,
        &["1.2.3", "10.0.1.400", "2024.1", "3.11.0", "7.5"],
    ),
    (
        Scheme::DateTime,
        &[
            "2024-01-01T00:00:00Z",
            "20240101",
            "2023-12-31",
            "2024-01-01T12:30:00.25+02:00",
            "2019-06-30",
        ],
    ),
    (
        Scheme::Generic,
        &["1.1.1k", "3.2", "12.4.1", "2.0 rc1", "7.5.0"],
    ),
];

#[divan::bench(args = SAMPLES.map(|(scheme, _)| scheme))]
fn parse(bencher: Bencher<'_, '_>, scheme: Scheme) {
    let texts = samples(scheme);
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        for text in texts {
            let _ = black_box(key(scheme, black_box(text)));
        }
    });
}

#[divan::bench(args = SAMPLES.map(|(scheme, _)| scheme))]
fn compare_keys(bencher: Bencher<'_, '_>, scheme: Scheme) {
    let keys: Vec<Key> = samples(scheme)
        .iter()
        .filter_map(|text| key(scheme, text).ok())
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

/// Ranges in the syntax of their ecosystem, each with a version to ask about.
const RANGES: [(Syntax, &str, &str); 8] = [
    (Syntax::Npm, "^1.2.3 || >=3.0.0 <3.4.1", "3.2.0"),
    (Syntax::Cargo, ">=1.2, <1.5", "1.4.9"),
    (Syntax::RubyGems, "~> 2.1.3, != 2.1.5", "2.1.9"),
    (Syntax::Pep440, ">=4.2,!=4.2.5,<5.0", "4.2.16"),
    (Syntax::Maven, "[2.0,2.3.20.3),[3.0,)", "2.3.20"),
    (Syntax::NuGet, "[4.0.0, 4.7.1)", "4.6.2"),
    (Syntax::Composer, "^6.4 || ~7.0.3", "v7.0.5"),
    (Syntax::Debian, "libssl3 (<< 3.0.11-1~deb12u2)", "3.0.9-1"),
];

#[divan::bench(args = 0..RANGES.len())]
fn parse_native_range(bencher: Bencher<'_, '_>, index: usize) {
    let (syntax, text, _) = RANGES[index];
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| native::parse(syntax, black_box(text)));
}

#[divan::bench(args = 0..RANGES.len())]
fn ask_native_range(bencher: Bencher<'_, '_>, index: usize) {
    let (syntax, text, version) = RANGES[index];
    let Ok(range) = native::parse(syntax, text) else {
        return;
    };
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| range.contains(black_box(version), native::Reading::Order));
}

#[divan::bench]
fn parse_vers(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| Vers::parse(black_box("vers:npm/>=1.0.0|<2.0.0|>=3.0.0|<3.4.1")));
}

#[divan::bench]
fn ask_vers(bencher: Bencher<'_, '_>) {
    let Ok(vers) = Vers::parse("vers:npm/>=1.0.0|<2.0.0|>=3.0.0|<3.4.1") else {
        return;
    };
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| vers.contains(black_box("3.2.0")));
}

#[divan::bench]
fn parse_prose(bencher: Bencher<'_, '_>) {
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| freetext::parse(black_box("All versions prior to 3.2 SP1")));
}

fn samples(scheme: Scheme) -> &'static [&'static str] {
    SAMPLES
        .iter()
        .find(|(name, _)| *name == scheme)
        .map_or(&[], |(_, texts)| *texts)
}
