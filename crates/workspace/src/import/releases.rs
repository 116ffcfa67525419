//! Which releases a paper speaks of.

use isocenter_identity::name::{maker_key, model_key};
use isocenter_model::component::Sbom;
use isocenter_model::equipment::EquipmentRecord;
use isocenter_model::form::DisclosureForm;
use isocenter_model::product::{Device, Release, VersionExpression};
use isocenter_store::StoredRelease;

/// The release of a maker, model and version as a paper writes them.
fn release(manufacturer: &str, model: &str, version: Option<&str>) -> StoredRelease {
    let version = version.map(str::trim).filter(|version| !version.is_empty());
    let maker_key = maker_key(manufacturer);
    let model_key = model_key(manufacturer, model);
    StoredRelease {
        id: Release::id_of(&maker_key, &model_key, version),
        release: Release {
            manufacturer: manufacturer.trim().to_owned(),
            model: model.trim().to_owned(),
            version: version.map(str::to_owned),
        },
        maker_key,
        model_key,
    }
}

/// The release whose parts a bill of materials lists: its subject, when it has a name. One that
/// lists parts and names no subject goes by the name of its `file`, so that its flaws are seen.
pub(super) fn of_sbom(sbom: &Sbom, file: &str) -> Option<StoredRelease> {
    let named = sbom
        .product()
        .filter(|product| !product.name.trim().is_empty());
    let Some(product) = named else {
        let stem = file.split('.').next().filter(|stem| !stem.is_empty());
        return (!sbom.components.is_empty()).then(|| release("", stem.unwrap_or(file), None));
    };
    let version = match &product.version {
        VersionExpression::Exact(version) => Some(version.as_str()),
        _ => None,
    };
    Some(release(
        product.vendor.as_deref().unwrap_or(""),
        &product.name,
        version,
    ))
}

/// The releases that a form is for: each of its models.
pub(super) fn of_form(form: &DisclosureForm) -> Vec<StoredRelease> {
    let maker = form.manufacturer.as_deref().unwrap_or("");
    let models = form.models.iter().filter(|model| !model.trim().is_empty());
    models
        .map(|model| release(maker, model, form.software_version.as_deref()))
        .collect()
}

/// The release that a device is an instance of.
pub(super) fn of_device(device: &Device) -> StoredRelease {
    release(
        &device.manufacturer,
        &device.model,
        device.software_version.as_deref(),
    )
}

/// The release that a device is an instance of, as DICOM files name it.
pub(super) fn of_equipment(record: &EquipmentRecord) -> StoredRelease {
    release(
        record.manufacturer.as_deref().unwrap_or(""),
        record.model.as_deref().unwrap_or(""),
        record.software_version(),
    )
}
