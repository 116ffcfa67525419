//! One module per exchange format: recognise, read, check, write
