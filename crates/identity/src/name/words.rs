//! Text as words that can be compared.

use unicode_normalization::UnicodeNormalization;

/// The words of `text`: lower case, compatibility forms and accents folded (Unicode NFKD without
/// combining marks), trade marks dropped, split at everything that is no letter and no digit.
/// `&` is the word `and`, `+` the word `plus`. Abbreviations of single letters (`B.V.`) are one
/// word.
pub(super) fn words(text: &str) -> Vec<String> {
    let text = without_marks(text);
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    // A letter that stood alone before a point: `b.` of `b.v.`
    let mut initial = false;
    let mut letters = text.nfkd().flat_map(char::to_lowercase).peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\u{300}'..='\u{36f}' => {}
            'ß' => word.push_str("ss"),
            'æ' => word.push_str("ae"),
            'œ' => word.push_str("oe"),
            'ø' => word.push('o'),
            'ł' => word.push('l'),
            'đ' => word.push('d'),
            'ı' => word.push('i'),
            _ if is_part(letter) => word.push(letter),
            _ => {
                let continues = letters.peek().copied().is_some_and(is_part);
                let single = word.chars().count() == 1
                    && word.chars().all(|letter| letter.is_ascii_lowercase());
                if initial && single {
                    if let Some(last) = words.last_mut() {
                        last.push_str(&std::mem::take(&mut word));
                    }
                } else if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                initial = letter == '.' && continues && (single || initial);
                match letter {
                    '&' => words.push("and".to_owned()),
                    '+' => words.push("plus".to_owned()),
                    _ => {}
                }
            }
        }
    }
    if initial && word.chars().count() == 1 {
        if let Some(last) = words.last_mut() {
            last.push_str(&word);
        }
    } else if !word.is_empty() {
        words.push(word);
    }
    words
}

fn is_part(letter: char) -> bool {
    // Marks of other scripts (the voicing mark of Japanese kana) belong to their letter.
    letter.is_alphanumeric() || matches!(letter, '\u{3099}' | '\u{309a}')
}

/// `text` without ® ™ ℠ ©, also where they are written `(R)`, `(TM)`.
fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let written = ["(r)", "(tm)", "(sm)", "(c)"].into_iter().find(|mark| {
            letter == '('
                && rest
                    .get(..mark.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(mark))
        });
        let length = match (letter, written) {
            (_, Some(mark)) => mark.len(),
            ('®' | '™' | '℠' | '©', None) => letter.len_utf8(),
            _ => {
                plain.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
                continue;
            }
        };
        plain.push(' ');
        rest = rest.get(length..).unwrap_or_default();
    }
    plain
}

/// The words without the spaces between them, but with a point between two groups of digits.
pub(super) fn squeezed(words: &[String]) -> String {
    let mut text = String::with_capacity(words.iter().map(|word| word.len() + 1).sum());
    for word in words {
        let ends_with_digit = text.ends_with(|last: char| last.is_ascii_digit());
        if ends_with_digit && word.starts_with(|first: char| first.is_ascii_digit()) {
            text.push('.');
        }
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_words() {
        for (text, expected) in [
            (
                "B. Braun Melsungen AG",
                &["b", "braun", "melsungen", "ag"][..],
            ),
            ("Philips N.V.", &["philips", "nv"]),
            ("S.p.A.", &["spa"]),
            ("Co.,Ltd.", &["co", "ltd"]),
            ("Dräger & Söhne", &["drager", "and", "sohne"]),
            ("ＣＴ ３０００", &["ct", "3000"]),
            ("Straße", &["strasse"]),
            ("SIGNA™ Premier(R)", &["signa", "premier"]),
            ("syngo.via", &["syngo", "via"]),
            ("", &[]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn digits_stay_apart_and_letters_do_not() {
        assert_eq!(squeezed(&words("Vivid E 95")), "vivide95");
        assert_eq!(squeezed(&words("1,5 T")), "1.5t");
        assert_eq!(squeezed(&words("CT 320/640")), "ct320.640");
    }
}
