//! `assess`: from papers to the answer.

use isocenter_model::assessment::Assessment;
use isocenter_model::finding::{UrgencyClass, Verdict};
use isocenter_report::{csv, html, json, terminal, xlsx};

use super::{import, must_exist, now, open};
use crate::arguments::{Assess, AssessFormat, Global, Urgency};
use crate::error::CliError;
use crate::exit::ExitStatus;
use crate::output::Output;

pub(crate) async fn run(
    assess: &Assess,
    global: &Global,
    output: &Output,
) -> Result<ExitStatus, CliError> {
    must_exist(&assess.paths)?;
    if assess.paths.is_empty()
        && !isocenter_workspace::Workspace::exists(&super::location(global, &[]))
    {
        return Err(CliError::NoWorkspace(super::location(global, &[])));
    }
    let workspace = open(global, &assess.paths).await?;
    if !assess.paths.is_empty() {
        let report = import::read(&workspace, &assess.paths, output).await?;
        output.notice(&import::summary(&report));
    }
    let assessment = workspace.assess(now()).await?;
    workspace.close().await;
    let out = assess.out.as_deref();
    match assess.format {
        AssessFormat::Text => {
            Output::result(
                terminal::summary(&assessment, output.style()).as_bytes(),
                out,
            )?;
        }
        AssessFormat::Json => Output::result(&json::assessment(&assessment)?, out)?,
        AssessFormat::Csv => Output::result(&csv::worklist(&assessment)?, out)?,
        AssessFormat::Xlsx => Output::binary(&xlsx::assessment(&assessment)?, "XLSX", out)?,
        AssessFormat::Html => Output::result(html::assessment(&assessment)?.as_bytes(), out)?,
    }
    if let Some(out) = out {
        output.notice(&format!("wrote {}", out.display()));
    }
    Ok(match assess.fail_on {
        Some(class) if has_at_least(&assessment, class) => ExitStatus::Problems,
        _ => ExitStatus::Clean,
    })
}

fn has_at_least(assessment: &Assessment, class: Urgency) -> bool {
    assessment.findings.iter().any(|view| {
        matches!(
            view.finding.verdict,
            Verdict::Affected | Verdict::UnderInvestigation
        ) && view.urgency.class <= UrgencyClass::from(class)
    })
}

impl From<Urgency> for UrgencyClass {
    fn from(urgency: Urgency) -> Self {
        match urgency {
            Urgency::Now => Self::Now,
            Urgency::Soon => Self::Soon,
            Urgency::Planned => Self::Planned,
            Urgency::Watch => Self::Watch,
        }
    }
}
