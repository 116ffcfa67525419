//! Maps and sets that are only asked, by names and numbers that a document holds.
//!
//! A large document is asked millions of times, and the standard library's hash takes longer than all
//! else of a question. This one is seeded anew by each process, so that nobody can write a document
//! whose names collide. Nothing may depend on the order of what stands in them.

use std::collections::{HashMap, HashSet};

pub(crate) use foldhash::fast::RandomState as Hashing;

/// A map that is only asked.
pub(crate) type Lookup<K, V> = HashMap<K, V, Hashing>;

/// A set that is only asked.
pub(crate) type LookupSet<K> = HashSet<K, Hashing>;
