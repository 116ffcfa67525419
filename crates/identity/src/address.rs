//! Addresses of network interfaces.

use std::net::IpAddr;

/// The key of an IP address: its usual spelling. Zeros in front of decimal parts and a network's length behind
/// a slash say nothing. `None` when it is no address.
pub fn ip_key(address: &str) -> Option<String> {
    let address = address.trim();
    let address = address
        .split_once('/')
        .map_or(address, |(host, _)| host.trim());
    let plain: Vec<&str> = address
        .split('.')
        .map(|part| match part.trim_start_matches('0') {
            "" if !part.is_empty() => "0",
            plain => plain,
        })
        .collect();
    let is_dotted = plain.len() == 4 && !address.contains(':');
    let parsed: IpAddr = if is_dotted {
        plain.join(".").parse().ok()?
    } else {
        address.parse().ok()?
    };
    Some(parsed.to_canonical().to_string())
}

/// The key of a MAC address (EUI-48): twelve digits in upper case, whatever stands between them. `None` when it is
/// none, or the one of zeros or of ones that stands for none.
pub fn mac_key(address: &str) -> Option<String> {
    let is_mark = |character: char| matches!(character, ':' | '-' | '.' | ' ');
    let digits: String = address
        .trim()
        .chars()
        .filter(|character| !is_mark(*character))
        .map(|character| character.to_ascii_uppercase())
        .collect();
    let is_address = digits.len() == 12
        && digits.chars().all(|digit| digit.is_ascii_hexdigit())
        && digits.chars().any(|digit| digit != '0')
        && digits.chars().any(|digit| digit != 'F');
    is_address.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_has_one_key() {
        for (key, spellings) in [
            (
                Some("10.31.0.11"),
                &[
                    "10.31.0.11",
                    " 010.031.000.011",
                    "10.31.0.11/24",
                    "::ffff:10.31.0.11",
                ][..],
            ),
            (Some("fe80::1"), &["FE80:0:0:0:0:0:0:1", "fe80::1/64"]),
            (
                None,
                &["", "DHCP", "10.31.0", "10.31.0.256", "10.31.0.11.5"],
            ),
        ] {
            for spelling in spellings {
                assert_eq!(ip_key(spelling).as_deref(), key, "{spelling}");
            }
        }
        for (key, spellings) in [
            (
                Some("02005E005301"),
                &[
                    "02:00:5e:00:53:01",
                    "02-00-5E-00-53-01",
                    "0200.5e00.5301",
                    "02005E005301",
                ][..],
            ),
            (
                None,
                &[
                    "",
                    "00:00:00:00:00:00",
                    "ff:ff:ff:ff:ff:ff",
                    "02:00:5e:00:53",
                    "n/a",
                ],
            ),
        ] {
            for spelling in spellings {
                assert_eq!(mac_key(spelling).as_deref(), key, "{spelling}");
            }
        }
    }
}
