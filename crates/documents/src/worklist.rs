//! Worklists that come back.
