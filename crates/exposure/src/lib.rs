//! Components, vulnerabilities and statements become findings
