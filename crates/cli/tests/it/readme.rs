//! The README shows what the program prints.

use crate::session::Session;

/// Days pass: the date of an answer and the ages in it are not compared.
fn without_days(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| {
            let line = match line.split_once("assessment of") {
                Some((before, _)) => before,
                None => line,
            };
            let mut words: Vec<&str> = line.split(' ').collect();
            if let Some(days) = words.iter().position(|word| *word == "days") {
                words.remove(days.saturating_sub(1));
            }
            words.join(" ").trim_end().to_owned()
        })
        .collect()
}

#[test]
fn the_readme_shows_the_real_output_of_its_first_command() {
    let readme = include_str!("../../../../README.md");
    let command = "$ cargo run --profile first -- assess examples/hospital\n";
    let (_, shown) = readme.split_once(command).unwrap();
    let (shown, _) = shown.split_once("\n```").unwrap();
    let session = Session::with_hospital();
    let printed = session.run(&["assess", "hospital"]).ends(0).text();
    assert_eq!(without_days(shown), without_days(printed.trim_end()));
}
