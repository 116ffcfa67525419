//! A view in, bytes out: HTML, XLSX, CSV, JSON, SARIF, charts
