//! What is remembered: the only SQL of Isocenter
