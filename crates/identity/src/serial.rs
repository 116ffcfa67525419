//! Serial numbers of devices.

/// The key of a serial number: upper case, without blanks. `None` for a filler such as `00000` or `N/A`, which many
/// devices share: a serial number has a letter or a digit other than zero, and is no word for "none".
pub fn serial_key(serial: &str) -> Option<String> {
    let key: String = serial
        .chars()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_uppercase)
        .collect();
    let plain: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    let tells = plain.chars().any(|character| character != '0')
        && !FILLERS.contains(&plain.as_str())
        && !plain.chars().all(|character| character == 'X');
    tells.then_some(key)
}

/// What stands for "none" where a field must not be empty, as letters and digits alone.
const FILLERS: [&str; 7] = [
    "NA",
    "NONE",
    "NULL",
    "UNKNOWN",
    "UNDEFINED",
    "NOTAVAILABLE",
    "NOTAPPLICABLE",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filler_is_no_serial_number() {
        for filler in ["0", "00000", "-000 000", "N/A", "", "unknown", "XXXX", "?"] {
            assert_eq!(serial_key(filler), None, "{filler}");
        }
        for (serial, key) in [
            (" 25641", "25641"),
            ("000000000000bay6", "000000000000BAY6"),
            ("92.00.003 ", "92.00.003"),
            ("hx2 - 0042", "HX2-0042"),
        ] {
            assert_eq!(serial_key(serial).as_deref(), Some(key));
        }
    }
}
