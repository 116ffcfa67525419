//! The use cases: import, assess, list, back up
