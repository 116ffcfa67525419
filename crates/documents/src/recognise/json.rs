//! JSON papers, told by the keys of their top level.

use std::fmt;

use isocenter_model::DocumentKind;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::NotRead;
use crate::json::{Problems, Short};

const NVD_OTHER: NotRead = NotRead {
    what: "an answer of the NVD interface on something else than vulnerabilities",
    hint: "Fetch the vulnerabilities (/rest/json/cves/2.0).",
};
const OPENFDA_OTHER: NotRead = NotRead {
    what: "an answer of openFDA on something else than recalls of devices",
    hint: "Fetch /device/recall.json or /device/enforcement.json.",
};
const SSVC_DEFINITION: NotRead = NotRead {
    what: "a definition of an SSVC decision point, which says nothing of any flaw",
    hint: "Import evaluations: selections of decision points for a flaw.",
};
const CVE_4: NotRead = NotRead {
    what: "a CVE record in format 4, which ended in 2024",
    hint: "Import the record in CVE JSON 5.",
};
const ATTESTATION: NotRead = NotRead {
    what: "an attestation (in-toto, DSSE), inside which a paper may lie",
    hint: "Take the paper out: the value of `predicate`, in DSSE of the decoded `payload`.",
};
const ENVELOPE: NotRead = NotRead {
    what: "an answer of an interface with an SBOM inside",
    hint: "Take the SBOM out: the value of `sbom`.",
};
const OSV_ANSWER: NotRead = NotRead {
    what: "an answer of the OSV interface, with records inside",
    hint: "Import the records one by one or the archive of their ecosystem (all.zip).",
};
const LIST: NotRead = NotRead {
    what: "a JSON list of a kind that is not known here",
    hint: "Import the papers one by one or as a zip file.",
};
const BROKEN: NotRead = NotRead {
    what: "a JSON text that breaks off or is damaged before it says what it is",
    hint: "Fetch the file again.",
};
const OTHER: NotRead = NotRead {
    what: "a JSON document of a kind that is not known here",
    hint: "CycloneDX, SPDX, CSAF, OpenVEX, records of CVE, NVD and OSV, and CISA's KEV catalog are among what is read.",
};

/// What a JSON text is. Only keys and a few short values are looked at, and the scan ends at the first that
/// decides; a text that breaks off later is still known.
pub(super) fn look(bytes: &[u8]) -> Result<DocumentKind, NotRead> {
    let text = crate::json::decode(bytes, &mut Problems::default());
    let mut signs = Signs::default();
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    // An error ends the scan: either a sign decided, or the text is broken from there on.
    let scan = TopLevel(&mut signs).deserialize(&mut deserializer);
    let is_broken = scan.is_err_and(|error| error.is_eof() || error.is_syntax());
    match signs.verdict() {
        Err(OTHER) if is_broken => Err(BROKEN),
        verdict => verdict,
    }
}

/// Keys that tell something beside others, not alone.
const TELLING: [&str; 31] = [
    "affected",
    "catalogVersion",
    "components",
    "configurations",
    "dateReleased",
    "document",
    "end_of_life",
    "end_of_security_support",
    "id",
    "lastModified",
    "meta",
    "modified",
    "options",
    "payloadType",
    "predicateType",
    "product_tree",
    "result",
    "results",
    "resultsPerPage",
    "role",
    "sbom",
    "schemaVersion",
    "schema_version",
    "selections",
    "specVersion",
    "startIndex",
    "timestamp",
    "values",
    "vulnStatus",
    "vulnerabilities",
    "vulns",
];

/// What was seen so far.
#[derive(Default)]
struct Signs {
    decided: Option<Result<DocumentKind, NotRead>>,
    is_list: bool,
    /// Those of [`TELLING`] that the top level has.
    keys: Vec<&'static str>,
}

impl Signs {
    fn see(&mut self, key: &str) {
        if let Some(telling) = TELLING.into_iter().find(|telling| *telling == key) {
            self.keys.push(telling);
        }
    }

    fn verdict(self) -> Result<DocumentKind, NotRead> {
        if let Some(decided) = self.decided {
            return decided;
        }
        let has = |key| self.keys.contains(&key);
        if has("specVersion") && (has("components") || has("vulnerabilities")) {
            Ok(DocumentKind::CycloneDx)
        } else if has("document") && (has("product_tree") || has("vulnerabilities")) {
            Ok(DocumentKind::Csaf)
        } else if (has("catalogVersion") || has("dateReleased")) && has("vulnerabilities") {
            Ok(DocumentKind::Kev)
        } else if (has("schema_version") && has("result"))
            || (has("end_of_life") && has("end_of_security_support"))
        {
            Ok(DocumentKind::Lifecycle)
        } else if has("id") && is_osv(&self.keys) {
            Ok(DocumentKind::Osv)
        } else if has("resultsPerPage") && (has("startIndex") || has("vulnerabilities")) {
            if has("vulnerabilities") {
                Ok(DocumentKind::Nvd)
            } else {
                Err(NVD_OTHER)
            }
        } else if has("timestamp") && (has("selections") || (has("options") && has("role"))) {
            Ok(DocumentKind::Ssvc)
        } else if has("schemaVersion") && has("values") {
            Err(SSVC_DEFINITION)
        } else if has("meta") && has("results") {
            Err(OPENFDA_OTHER)
        } else if has("vulnStatus") && (has("lastModified") || has("configurations")) {
            Ok(DocumentKind::Nvd)
        } else if has("predicateType") || has("payloadType") {
            Err(ATTESTATION)
        } else if has("sbom") {
            Err(ENVELOPE)
        } else if has("vulns") {
            Err(OSV_ANSWER)
        } else if self.is_list {
            Err(LIST)
        } else {
            Err(OTHER)
        }
    }
}

/// Two of the members that an OSV record has beside its id: none of them is in every record.
fn is_osv(keys: &[&str]) -> bool {
    let members = ["affected", "modified", "schema_version"];
    members
        .iter()
        .filter(|member| keys.contains(member))
        .count()
        >= 2
}

/// The object or list that the text is.
struct TopLevel<'s>(&'s mut Signs);

/// Ends a scan that has decided.
fn decided<E: serde::de::Error>() -> E {
    E::custom("decided")
}

impl<'de> DeserializeSeed<'de> for TopLevel<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TopLevel<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.0.is_list = true;
        let mut is_observation = false;
        let scan = list.next_element_seed(HasKey {
            keys: &["control"],
            found: &mut is_observation,
        });
        if is_observation {
            self.0.decided = Some(Ok(DocumentKind::Observations));
        }
        scan?;
        Err(decided())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let signs = self.0;
        while let Some(Short(key)) = map.next_key()? {
            signs.see(&key);
            let verdict = match key.as_str() {
                "bomFormat" => Some(Ok(DocumentKind::CycloneDx)),
                "cveMetadata" => Some(Ok(DocumentKind::Cve)),
                "equipmentRecord" => Some(Ok(DocumentKind::Dicom)),
                "CVE_data_meta" | "CVE_Items" => Some(Err(CVE_4)),
                "spdxVersion" | "SPDXID" | "documentNamespace" => Some(Ok(DocumentKind::Spdx)),
                "sourceIdentifier" => Some(Ok(DocumentKind::Nvd)),
                "format" => {
                    let Short(value) = map.next_value()?;
                    signs.decided = match value.as_str() {
                        "NVD_CVE" => Some(Ok(DocumentKind::Nvd)),
                        other if other.starts_with("NVD_") => Some(Err(NVD_OTHER)),
                        _ => None,
                    };
                    if signs.decided.is_some() {
                        return Err(decided());
                    }
                    continue;
                }
                "cve" => {
                    let mut is_nvd = false;
                    let scan = map.next_value_seed(HasKey {
                        keys: &["vulnStatus", "sourceIdentifier", "lastModified"],
                        found: &mut is_nvd,
                    });
                    if is_nvd {
                        signs.decided = Some(Ok(DocumentKind::Nvd));
                    }
                    scan?;
                    if is_nvd {
                        return Err(decided());
                    }
                    continue;
                }
                "results" => {
                    let mut is_recall = false;
                    signs.see("results");
                    let scan = map.next_value_seed(FirstHasKey {
                        keys: &["recall_number", "product_res_number", "cfres_id"],
                        found: &mut is_recall,
                    });
                    if is_recall {
                        signs.decided = Some(Ok(DocumentKind::OpenFdaRecall));
                    }
                    scan?;
                    continue;
                }
                "$schema" | "@context" | "dataType" => {
                    let Short(value) = map.next_value()?;
                    signs.decided = value_verdict(&value);
                    if signs.decided.is_some() {
                        return Err(decided());
                    }
                    continue;
                }
                "document" => {
                    let mut is_csaf = false;
                    let scan = map.next_value_seed(HasKey {
                        keys: &["csaf_version", "publisher", "tracking"],
                        found: &mut is_csaf,
                    });
                    if is_csaf {
                        signs.decided = Some(Ok(DocumentKind::Csaf));
                    }
                    scan?;
                    if is_csaf {
                        return Err(decided());
                    }
                    continue;
                }
                key @ ("events" | "observations" | "statements") => {
                    let (keys, kind): (&'static [&'static str], _) = match key {
                        "events" => (&["effective"], DocumentKind::Lifecycle),
                        "observations" => (&["control"], DocumentKind::Observations),
                        _ => (&["core"], DocumentKind::Lifecycle),
                    };
                    let mut is_one = false;
                    let scan = map.next_value_seed(FirstHasKey {
                        keys,
                        found: &mut is_one,
                    });
                    if is_one {
                        signs.decided = Some(Ok(kind));
                    }
                    scan?;
                    continue;
                }
                "vulnerabilities" => {
                    let mut is_kev = false;
                    let scan = map.next_value_seed(FirstHasKey {
                        keys: &["cveID"],
                        found: &mut is_kev,
                    });
                    if is_kev {
                        signs.decided = Some(Ok(DocumentKind::Kev));
                    }
                    scan?;
                    continue;
                }
                _ => None,
            };
            if verdict.is_some() {
                signs.decided = verdict;
                return Err(decided());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// What the value of `$schema`, `@context` or `dataType` tells.
fn value_verdict(value: &str) -> Option<Result<DocumentKind, NotRead>> {
    if value == "CVE_RECORD" {
        Some(Ok(DocumentKind::Cve))
    } else if value.contains("cyclonedx.org/schema") {
        Some(Ok(DocumentKind::CycloneDx))
    } else if value.contains("openvex.dev") {
        Some(Ok(DocumentKind::OpenVex))
    } else if value.contains("spdx.org") {
        Some(Ok(DocumentKind::Spdx))
    } else {
        None
    }
}

/// Whether the value is an object with one of these keys. The first of them ends the scan as an error: it
/// decides what the document is. Without one everything is read, so that the scan can go on.
struct HasKey<'s> {
    keys: &'static [&'static str],
    found: &'s mut bool,
}

impl<'de> DeserializeSeed<'de> for HasKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(KeyVisitor {
            keys: self.keys,
            found: self.found,
            in_first_element: false,
        })
    }
}

/// Whether the value is a list whose first element is an object with one of these keys.
struct FirstHasKey<'s> {
    keys: &'static [&'static str],
    found: &'s mut bool,
}

impl<'de> DeserializeSeed<'de> for FirstHasKey<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(KeyVisitor {
            keys: self.keys,
            found: self.found,
            in_first_element: true,
        })
    }
}

struct KeyVisitor<'s> {
    keys: &'static [&'static str],
    found: &'s mut bool,
    in_first_element: bool,
}

impl<'de> Visitor<'de> for KeyVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Short(key)) = map.next_key()? {
            *self.found |= !self.in_first_element && self.keys.contains(&key.as_str());
            if *self.found {
                return Err(decided());
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.in_first_element
            && list
                .next_element_seed(HasKey {
                    keys: self.keys,
                    found: self.found,
                })?
                .is_none()
        {
            return Ok(());
        }
        if *self.found {
            return Err(decided());
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
