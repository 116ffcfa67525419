//! MDS2 disclosure forms.
