//! The lists: filters here, rendering in `report`.

use isocenter_model::assessment::{Assessment, FindingView};
use isocenter_model::digest::Digest;
use isocenter_model::finding::{PartyRole, UrgencyClass, Verdict};
use isocenter_report::{ReportError, csv, json, terminal};
use isocenter_workspace::Workspace;

use super::{now, open_existing};
use crate::arguments::{self, Global, List, ListFindings, ListFormat};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;

/// The three renderings of one list, made only when wanted.
struct Renderings<'a> {
    text: &'a dyn Fn() -> String,
    json: &'a dyn Fn() -> Result<Vec<u8>, ReportError>,
    csv: &'a dyn Fn() -> Result<Vec<u8>, ReportError>,
}

impl Renderings<'_> {
    fn write(&self, list: &List) -> Result<ExitStatus, CliError> {
        let bytes = match list.format {
            ListFormat::Text => (self.text)().into_bytes(),
            ListFormat::Json => (self.json)()?,
            ListFormat::Csv => (self.csv)()?,
        };
        Output::result(&bytes, list.out.as_deref())?;
        Ok(ExitStatus::Clean)
    }
}

async fn opened(global: &Global) -> Result<(Workspace, Assessment), CliError> {
    let workspace = open_existing(global).await?;
    let assessment = workspace.assess(now()).await?;
    Ok((workspace, assessment))
}

pub(crate) async fn devices(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let (workspace, assessment) = opened(global).await?;
    workspace.close().await;
    let mut rows = assessment.devices;
    keep(&mut rows, list, |view| {
        let device = &view.device;
        let mut text = vec![
            device.asset_id.as_str(),
            &device.manufacturer,
            &device.model,
        ];
        text.extend(
            [
                &device.software_version,
                &device.serial_number,
                &device.udi,
                &device.system,
                &device.site,
                &device.department,
                &device.segment,
                &device.ip_address,
                &device.modality,
            ]
            .into_iter()
            .flatten()
            .map(String::as_str),
        );
        text.join("\n")
    });
    Renderings {
        text: &|| terminal::devices(&rows, output.style()),
        json: &|| json::devices(&rows),
        csv: &|| csv::devices(&rows),
    }
    .write(list)
}

pub(crate) async fn releases(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let (workspace, assessment) = opened(global).await?;
    workspace.close().await;
    let mut rows = assessment.releases;
    keep(&mut rows, list, |view| view.release.label());
    Renderings {
        text: &|| terminal::releases(&rows, output.style()),
        json: &|| json::releases(&rows),
        csv: &|| csv::releases(&rows),
    }
    .write(list)
}

pub(crate) async fn components(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let (workspace, assessment) = opened(global).await?;
    let mut rows = workspace.components().await?;
    workspace.close().await;
    keep(&mut rows, list, |view| {
        let component = &view.component;
        let mut text = vec![component.label(), component.kind.as_word().to_owned()];
        text.extend(component.purl.clone());
        text.extend(component.cpes.iter().cloned());
        text.extend(component.supplier.clone());
        text.join("\n")
    });
    let releases = &assessment.releases;
    Renderings {
        text: &|| terminal::components(&rows, releases, output.style()),
        json: &|| json::components(&rows, releases),
        csv: &|| csv::components(&rows, releases),
    }
    .write(list)
}

pub(crate) async fn vulnerabilities(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let (workspace, assessment) = opened(global).await?;
    workspace.close().await;
    let mut rows = isocenter_workspace::vulnerabilities(&assessment);
    keep(&mut rows, list, |view| {
        let mut text = vec![view.id.clone()];
        text.extend(view.aliases.iter().cloned());
        text.extend(view.title.clone());
        text.extend(view.description.clone());
        text.join("\n")
    });
    let releases = &assessment.releases;
    Renderings {
        text: &|| terminal::vulnerabilities(&rows, releases, output.style()),
        json: &|| json::vulnerabilities(&rows, releases),
        csv: &|| csv::vulnerabilities(&rows, releases),
    }
    .write(list)
}

pub(crate) async fn milestones(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let workspace = open_existing(global).await?;
    let mut rows = workspace.lifecycle().await?;
    workspace.close().await;
    keep(&mut rows, list, |entry| {
        [
            entry.product.vendor.as_deref(),
            Some(entry.product.name.as_str()),
            entry.label.as_deref(),
            entry.successor.as_deref(),
        ]
        .map(Option::unwrap_or_default)
        .join("\n")
    });
    Renderings {
        text: &|| terminal::lifecycle(&rows, output.style()),
        json: &|| json::lifecycle(&rows),
        csv: &|| csv::lifecycle(&rows),
    }
    .write(list)
}

pub(crate) async fn observations(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let workspace = open_existing(global).await?;
    let mut rows = workspace.observations().await?;
    workspace.close().await;
    keep(&mut rows, list, |one| {
        [
            Some(one.device.as_str()),
            Some(one.control.as_str()),
            Some(one.result.as_str()),
            one.method.as_deref(),
            one.by.as_deref(),
        ]
        .map(Option::unwrap_or_default)
        .join("\n")
    });
    Renderings {
        text: &|| terminal::observations(&rows, output.style()),
        json: &|| json::observations(&rows),
        csv: &|| csv::observations(&rows),
    }
    .write(list)
}

pub(crate) async fn updates(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let workspace = open_existing(global).await?;
    let mut rows = workspace.validated_updates().await?;
    workspace.close().await;
    keep(&mut rows, list, |one| {
        [
            Some(one.update.as_str()),
            one.release.vendor.as_deref(),
            Some(one.release.name.as_str()),
            Some(one.status.as_str()),
        ]
        .map(Option::unwrap_or_default)
        .join("\n")
    });
    Renderings {
        text: &|| terminal::updates(&rows, output.style()),
        json: &|| json::updates(&rows),
        csv: &|| csv::updates(&rows),
    }
    .write(list)
}

pub(crate) async fn findings(
    wanted: &ListFindings,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let (workspace, assessment) = opened(global).await?;
    workspace.close().await;
    let release_of_device: Option<Vec<Digest>> = match &wanted.device {
        Some(asset) => {
            let found: Vec<Digest> = assessment
                .devices
                .iter()
                .filter(|view| view.device.asset_id.eq_ignore_ascii_case(asset))
                .map(|view| view.release)
                .collect();
            if found.is_empty() {
                return Err(CliError::Unknown(asset.clone()));
            }
            Some(found)
        }
        None => None,
    };
    let mut rows = assessment.findings;
    rows.retain(|view| {
        let finding = &view.finding;
        wanted
            .verdict
            .is_none_or(|verdict| finding.verdict == Verdict::from(verdict))
            && wanted
                .owner
                .is_none_or(|owner| finding.owner == PartyRole::from(owner))
            && wanted
                .urgency
                .is_none_or(|class| view.urgency.class <= UrgencyClass::from(class))
            && (!wanted.known_exploited || is_known_exploited(view))
            && release_of_device
                .as_ref()
                .is_none_or(|list| list.contains(&finding.release))
    });
    let releases = assessment.releases;
    keep(&mut rows, &wanted.list, |view| {
        let finding = &view.finding;
        let mut text = vec![
            finding.id.clone(),
            finding.vulnerability.clone(),
            finding.action.clone(),
        ];
        text.extend(finding.aliases.iter().cloned());
        text.extend(view.title.clone());
        text.extend(finding.component.as_ref().map(|part| part.name.clone()));
        text.extend(
            releases
                .iter()
                .find(|view| view.id == finding.release)
                .map(|view| view.release.label()),
        );
        text.join("\n")
    });
    Renderings {
        text: &|| terminal::findings(&rows, &releases, output.style()),
        json: &|| json::findings(&rows, &releases),
        csv: &|| csv::findings(&rows, &releases),
    }
    .write(&wanted.list)
}

pub(crate) async fn documents(
    list: &List,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    let workspace = open_existing(global).await?;
    let mut rows = workspace.documents().await?;
    workspace.close().await;
    keep(&mut rows, list, |view| {
        format!(
            "{}\n{}\n{}\n{}",
            view.name,
            view.kind.title(),
            view.digest,
            view.origin.as_deref().unwrap_or_default()
        )
    });
    let now = now();
    Renderings {
        text: &|| terminal::documents(&rows, now, output.style()),
        json: &|| json::documents(&rows, now),
        csv: &|| csv::documents(&rows, now),
    }
    .write(list)
}

/// Keeps the rows whose text contains what is searched for, and at most the limit of them.
fn keep<T>(rows: &mut Vec<T>, list: &List, text: impl Fn(&T) -> String) {
    if let Some(search) = &list.search {
        let search = search.to_lowercase();
        rows.retain(|row| text(row).to_lowercase().contains(&search));
    }
    if let Some(limit) = list.limit {
        rows.truncate(limit);
    }
}

fn is_known_exploited(view: &FindingView) -> bool {
    view.known_exploited.is_some()
}

impl From<arguments::Verdict> for Verdict {
    fn from(verdict: arguments::Verdict) -> Self {
        match verdict {
            arguments::Verdict::Affected => Self::Affected,
            arguments::Verdict::UnderInvestigation => Self::UnderInvestigation,
            arguments::Verdict::Undetermined => Self::Undetermined,
            arguments::Verdict::Fixed => Self::Fixed,
            arguments::Verdict::NotAffected => Self::NotAffected,
        }
    }
}

impl From<arguments::Owner> for PartyRole {
    fn from(owner: arguments::Owner) -> Self {
        match owner {
            arguments::Owner::Manufacturer => Self::Manufacturer,
            arguments::Owner::Hospital => Self::HealthDeliveryOrganization,
            arguments::Owner::Supplier => Self::Supplier,
        }
    }
}
