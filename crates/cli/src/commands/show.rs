//! `show`: one thing, whatever it is called by.

use isocenter_report::terminal;

use super::{now, open_existing};
use crate::arguments::{Global, Show};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;

/// Names offered when several things fit.
const OFFERED: usize = 8;

pub(crate) async fn run(
    show: &Show,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let workspace = open_existing(global).await?;
    let now = now();
    let assessment = workspace.assess(now).await?;
    let components = workspace.components().await?;
    let thing = show.thing.trim();
    let flaw = workspace.assess_flaw(&thing.to_uppercase(), now).await?;
    workspace.close().await;
    let style = output.style();
    let is = |name: &str| name.eq_ignore_ascii_case(thing);
    let lower = thing.to_lowercase();
    let has = |name: &str| name.to_lowercase().contains(&lower);

    let mut pages: Vec<(String, String)> = Vec::new();
    for view in assessment
        .devices
        .iter()
        .filter(|view| is(&view.device.asset_id))
    {
        pages.push((
            view.device.asset_id.clone(),
            terminal::device(view, &assessment, style),
        ));
    }
    let finding_of_item = assessment
        .worklist
        .iter()
        .find(|item| is(&item.id))
        .map(|item| item.finding);
    for (index, view) in assessment.findings.iter().enumerate() {
        if is(&view.finding.id) || finding_of_item == Some(index) {
            pages.push((
                view.finding.id.clone(),
                terminal::finding(view, &assessment, style),
            ));
        }
    }
    if pages.is_empty() {
        for view in isocenter_workspace::vulnerabilities(&flaw) {
            if is(&view.id) || view.aliases.iter().any(|alias| is(alias)) {
                pages.push((
                    view.id.clone(),
                    terminal::vulnerability(&view, &flaw, style),
                ));
            }
        }
    }
    if pages.is_empty() {
        for view in &assessment.devices {
            let device = &view.device;
            let named = [
                &device.serial_number,
                &device.udi,
                &device.ip_address,
                &device.mac_address,
                &device.system,
            ]
            .into_iter()
            .flatten()
            .chain(view.equipment.iter().flat_map(|record| &record.stations))
            .chain(view.host.iter().flat_map(|host| &host.addresses))
            .chain(view.host.iter().flat_map(|host| &host.names))
            .any(|name| is(name));
            if named {
                pages.push((
                    device.asset_id.clone(),
                    terminal::device(view, &assessment, style),
                ));
            }
        }
    }
    if pages.is_empty() && thing.len() >= 6 && thing.chars().all(|c| c.is_ascii_hexdigit()) {
        for view in &assessment.sources {
            if view.digest.to_string().starts_with(&lower) {
                pages.push((view.digest.short(), terminal::document(view, now, style)));
            }
        }
    }
    if pages.is_empty() {
        for view in assessment
            .releases
            .iter()
            .filter(|view| has(&view.release.label()))
        {
            pages.push((
                view.release.label(),
                terminal::release(view, &assessment, style),
            ));
        }
        for view in components
            .iter()
            .filter(|view| has(&view.component.label()))
        {
            pages.push((
                view.component.label(),
                terminal::component(view, &assessment, style),
            ));
        }
        let exact: Vec<(String, String)> =
            pages.iter().filter(|(name, _)| is(name)).cloned().collect();
        if !exact.is_empty() {
            pages = exact;
        }
    }
    match pages.as_slice() {
        [] => Err(CliError::Unknown(thing.to_owned())),
        many if many.len() > OFFERED => Err(CliError::Ambiguous {
            name: thing.to_owned(),
            count: many.len(),
            some: many
                .iter()
                .take(OFFERED)
                .map(|(name, _)| format!("`{name}`"))
                .collect(),
        }),
        few => {
            let text: Vec<&str> = few.iter().map(|(_, page)| page.as_str()).collect();
            Output::result(text.join("\n").as_bytes(), None)?;
            Ok(ExitStatus::Clean)
        }
    }
}
