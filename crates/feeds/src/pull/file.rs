//! Single files under fixed addresses: KEV, EPSS, endoflife.date; OSV's zip per ecosystem.

use super::Run;
use crate::catalog::Content;
use crate::error::FeedError;
use crate::folder::safe_name;

pub(super) fn pull(run: &mut Run<'_, '_>, content: Content) -> Result<(), FeedError> {
    let address = run.address().to_owned();
    let name = safe_name(&address);
    let name = match content {
        Content::Json if !name.contains('.') => format!("{name}.json"),
        _ => name,
    };
    run.file(&name, &address, content, &[]).map(drop)
}

pub(super) fn pull_ecosystems(
    run: &mut Run<'_, '_>,
    ecosystems: &[String],
) -> Result<(), FeedError> {
    let wanted = match run.selection.parts.as_slice() {
        [] => ecosystems.to_vec(),
        parts => parts.to_vec(),
    };
    for ecosystem in wanted {
        let encoded: String = ecosystem
            .bytes()
            .map(|byte| {
                if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            })
            .collect();
        let address = format!("{}/{encoded}/all.zip", run.address());
        let name = format!("{}.zip", safe_name(&ecosystem));
        run.file(&name, &address, Content::Zip, &[])?;
    }
    Ok(())
}
