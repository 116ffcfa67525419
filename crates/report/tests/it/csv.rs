//! Tables as maintenance systems parse them.

use isocenter_report::csv;

use crate::sample;

/// The table with line breaks as the test file has them.
fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.ends_with("\r\n"), "every line ends in CRLF");
    text.replace("\r\n", "\n")
}

#[test]
fn the_worklist_carries_what_a_maintenance_system_takes() {
    let worklist = csv::worklist(&sample::assessment()).unwrap();
    insta::assert_snapshot!(text(worklist), @r#"
    id,asset_id,urgency,points,vulnerability,title,component,version,verdict,owner,action,site,department,manufacturer,model,serial_number,known_exploited,epss,score,finding,status,comment,decision_support_notice
    W-3d81bb217c,CT-1,now,86.2,CVE-2021-44228,Apache Log4j2 JNDI features do not protect,org.apache.logging.log4j/log4j-core,2.14.1,affected,manufacturer,Install Polaris CT 5200 3.2.2 with the manufacturer.,North Campus,Radiology,Aurora Imaging,Polaris CT 5200,PC-10077,2021-12-10,0.94358,10.0,F-3dbbf07e50,in progress,"'=HYPERLINK(""x"") asked on the phone","Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible."
    W-a81dd83f03,CT-2,now,86.2,CVE-2021-44228,Apache Log4j2 JNDI features do not protect,org.apache.logging.log4j/log4j-core,2.14.1,affected,manufacturer,Install Polaris CT 5200 3.2.2 with the manufacturer.,,,Aurora Imaging,Polaris CT 5200,,2021-12-10,0.94358,10.0,F-3dbbf07e50,,,
    W-aa5aa62405,CT-3,now,86.2,CVE-2021-44228,Apache Log4j2 JNDI features do not protect,org.apache.logging.log4j/log4j-core,2.14.1,affected,manufacturer,Install Polaris CT 5200 3.2.2 with the manufacturer.,,,Aurora Imaging,POLARIS CT5200,,2021-12-10,0.94358,10.0,F-3dbbf07e50,,,
    W-cdd7d23d90,ARC-1,watch,12.0,CVE-2020-1472,Netlogon Elevation of Privilege Vulnerability,Windows 10 IoT Enterprise,,undetermined,manufacturer,Ask the manufacturer for the build of Windows 10 IoT Enterprise.,,,Aurora Imaging,Boreal Archive,,2021-11-03,,10.0,F-46b6bee1dc,,,
    W-22b405f212,CT-1,planned,22.9,CVE-2022-0778,Infinite loop in BN_mod_sqrt(),openssl,1.1.1k,under investigation,manufacturer,Ask the manufacturer for a release with the correction.,North Campus,Radiology,Aurora Imaging,Polaris CT 5200,PC-10077,,0.0613,7.5,F-e00b6efd17,,,
    W-9c996d33b0,CT-2,planned,22.9,CVE-2022-0778,Infinite loop in BN_mod_sqrt(),openssl,1.1.1k,under investigation,manufacturer,Ask the manufacturer for a release with the correction.,,,Aurora Imaging,Polaris CT 5200,,,0.0613,7.5,F-e00b6efd17,,,
    W-6e367489e5,CT-3,planned,22.9,CVE-2022-0778,Infinite loop in BN_mod_sqrt(),openssl,1.1.1k,under investigation,manufacturer,Ask the manufacturer for a release with the correction.,,,Aurora Imaging,POLARIS CT5200,,,0.0613,7.5,F-e00b6efd17,,,
    "#);
}

#[test]
fn every_row_of_the_worklist_has_its_stable_id_and_keeps_the_decision() {
    let assessment = sample::assessment();
    let worklist = csv::worklist(&assessment).unwrap();
    let mut reader = ::csv::Reader::from_reader(worklist.as_slice());
    let headers = reader.headers().unwrap().clone();
    let column = |name: &str| headers.iter().position(|header| header == name).unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), assessment.worklist.len());
    for (row, item) in rows.iter().zip(&assessment.worklist) {
        assert_eq!(&row[column("id")], item.id);
    }
    assert_eq!(&rows[0][column("status")], "in progress");
    assert_eq!(
        &rows[0][column("comment")],
        "'=HYPERLINK(\"x\") asked on the phone"
    );
    assert_eq!(&rows[1][column("status")], "");
}

#[test]
fn lists_have_one_row_for_each_thing() {
    let assessment = sample::assessment();
    insta::assert_snapshot!(text(csv::devices(&assessment.devices).unwrap()), @r#"
    asset_id,manufacturer,model,software_version,serial_number,udi,system,site,department,segment,ip_address,mac_address,ae_title,modality,clinical_role,installed,planned_retirement,known_from,open_services,note,now,soon,planned,watch,undetermined,fixed,not_affected,decision_support_notice
    ARC-1,Aurora Imaging,Boreal Archive,8.0,,,,,,,,,,,support,,,inventory,,,0,0,0,0,1,1,0,"Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible."
    CT-1,Aurora Imaging,Polaris CT 5200,3.2.1,PC-10077,(01)09506000117843(21)PC-10077,CT room 1,North Campus,Radiology,VLAN 310,10.31.0.11,02:00:5e:00:53:01,CT1,CT,diagnostic,2021-03-15,2031-03-31,inventory,104/tcp dicom; 443/tcp http,,1,0,1,0,0,0,1,
    CT-2,Aurora Imaging,Polaris CT 5200,3.2.1,,,,,,,,,,,interventional,,,inventory,,,1,0,1,0,0,0,1,
    CT-3,Aurora Imaging,POLARIS CT5200,3.2.1,,,,,,,,,,,unknown,,,inventory,,Model written differently; taken for the same by maker and number.,1,0,1,0,0,0,1,
    US-1,Aurora Imaging,Fjord US 7,1.4,,,,,,,,,,,diagnostic,,,inventory,,,0,0,0,0,0,0,0,
    "#);
    insta::assert_snapshot!(text(csv::releases(&assessment.releases).unwrap()), @r#"
    id,manufacturer,model,version,devices,has_sbom,has_form,components,exposure_known,exposure_points,exposure_reasons,now,soon,planned,watch,undetermined,fixed,not_affected,decision_support_notice
    5025c7ec14e5a4e1a0346ab0767177206453ecd6454dcddbb94252d0e9c3508a,Aurora Imaging,Polaris CT 5200,3.2.1,3,yes,yes,214,yes,7.0,CONN-1.2.1 Yes: wired network; RMOT-1 Yes: remote service access,1,0,1,0,0,0,1,"Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible."
    7f13fb90272ef8d66eaef6e1f3a31b3fa58954614e63e85ea527e13fc78e55f9,Aurora Imaging,Boreal Archive,8.0,1,yes,no,38,no,8.0,"no MDS2 form: how reachable it is, is unknown",0,0,0,0,1,1,0,
    21af2830c887159ce09e21342be0324b770531c4c14d3578c728b59f531849b9,Aurora Imaging,Fjord US 7,1.4,1,no,no,0,no,8.0,"no MDS2 form: how reachable it is, is unknown",0,0,0,0,0,0,0,
    "#);
    insta::assert_snapshot!(
        text(csv::components(&sample::components(), &assessment.releases).unwrap()), @r#"
    id,kind,group,name,version,purl,cpes,supplier,licenses,releases,release_count,decision_support_notice
    c0d185ee9ff96dd5d94d0df3acacbe9af7addd7255038e24b8571366740dd031,library,org.apache.logging.log4j,log4j-core,2.14.1,pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1,cpe:2.3:a:apache:log4j:2.14.1:*:*:*:*:*:*:*,The Apache Software Foundation,Apache-2.0,Aurora Imaging Polaris CT 5200 3.2.1,1,"Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible."
    "#);
    insta::assert_snapshot!(
        text(csv::vulnerabilities(&sample::vulnerabilities(), &assessment.releases).unwrap()), @r#"
    id,aliases,title,description,severity,score,known_exploited,epss,devices,releases,release_count,decision_support_notice
    CVE-2021-44228,GHSA-jfh8-c2jp-5v3q,Apache Log4j2 JNDI features do not protect,An attacker who controls log messages can run code.,critical,10.0,2021-12-10,0.94358,3,Aurora Imaging Polaris CT 5200 3.2.1,1,"Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible."
    "#);
    insta::assert_snapshot!(
        text(csv::findings(&assessment.findings, &assessment.releases).unwrap()), @r#"
    id,release,vulnerability,aliases,title,component,version,purl,cpe,other_components,verdict,matched_verdict,urgency,points,severity,score,vector,known_exploited,epss,devices,owner,action,missing_fact,reason,decision_support_notice
    F-3dbbf07e50,Aurora Imaging Polaris CT 5200 3.2.1,CVE-2021-44228,GHSA-jfh8-c2jp-5v3q,Apache Log4j2 JNDI features do not protect,org.apache.logging.log4j/log4j-core,2.14.1,pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1,,org.apache.logging.log4j/log4j-core 2.13.3,affected,,now,86.2,critical,10.0,3.1 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H,2021-12-10,0.94358,3,manufacturer,Install Polaris CT 5200 3.2.2 with the manufacturer.,,CVE-2021-44228 speaks of this version.,"Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible."
    F-46b6bee1dc,Aurora Imaging Boreal Archive 8.0,CVE-2020-1472,,Netlogon Elevation of Privilege Vulnerability,Windows 10 IoT Enterprise,,,cpe:2.3:o:microsoft:windows_10:-:*:*:*:*:*:*:*,,undetermined,,watch,12.0,critical,10.0,,2021-11-03,,1,manufacturer,Ask the manufacturer for the build of Windows 10 IoT Enterprise.,build of Windows 10 IoT Enterprise,CVE-2020-1472 speaks of this version.,
    F-e00b6efd17,Aurora Imaging Polaris CT 5200 3.2.1,CVE-2022-0778,,Infinite loop in BN_mod_sqrt(),openssl,1.1.1k,pkg:generic/openssl@1.1.1k,,,under investigation,affected,planned,22.9,high,7.5,,,0.0613,3,manufacturer,Ask the manufacturer for a release with the correction.,,The manufacturer says that it is looking into it.,
    F-3d7d4d8d87,Aurora Imaging Boreal Archive 8.0,CVE-2018-25032,,,zlib,1.2.12,pkg:generic/zlib@1.2.12,,,fixed,,watch,12.0,high,7.5,,,,1,manufacturer,Ask the manufacturer for a release with the correction.,,CVE-2018-25032 speaks of this version.,
    F-f54cb96a10,Aurora Imaging Polaris CT 5200 3.2.1,CVE-2021-23841,,,,,,,,not affected,,watch,12.0,,,,,,3,hospital,Ask the manufacturer for a release with the correction.,,CVE-2021-23841 speaks of this version.,
    "#);
    insta::assert_snapshot!(
        text(csv::documents(&assessment.sources, assessment.made).unwrap()), @r#"
    digest,kind,version,name,origin,dated,age_days,imported,actor,holds,errors,warnings,notes,decision_support_notice
    af0c6da88d2294aae24b946edfb86207db7e6f0e43c5f3604c3eeb88e3a689ea,cyclonedx,1.6,polaris.cdx.json,Aurora Imaging,2026-09-01,83,2026-11-23,biomed,214 components,0,1,0,"Decision support for security work. Not a medical device: it does not diagnose, treat or control, and every clinical decision stays with the people responsible."
    103e787c2e1c637a9bb3bac56b5a02643b183d99f305a3df7938d391f25c0696,mds2,HN 1-2019,polaris.xlsx,Aurora Imaging,2025-02-01,660,2026-11-23,biomed,240 answers,0,0,0,
    036a529c0cee76cf043aea62420da3f04f301f80edc843513b8b46572e57e251,cyclonedx,1.4,archive.cdx.json,,,,2026-11-23,biomed,38 components,0,0,0,
    766a5ac16385e4c5eadabba38ce56cd9fb29c6ef8bd48fcd2a447a9e9f8d9c62,epss,,epss.csv.gz,FIRST,2026-10-14,40,2026-11-23,biomed,297117 rows,0,0,0,
    "#);
}
