//! Unique Device Identification.
