//! Is this the same thing? Package URLs, CPEs, product and maker names, UDI
