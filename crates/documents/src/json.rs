//! What every JSON reader shares.
