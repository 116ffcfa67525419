//! What every spreadsheet reader shares.
