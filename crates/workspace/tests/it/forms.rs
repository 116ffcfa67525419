//! Disclosure forms of both editions, from the file to the answer.

use isocenter_workspace::Workspace;

use crate::{now, outcomes, papers, run};

const OF_2013: &str = "Manufacturer Disclosure Statement for Medical Device Security;HN 1-2013\n\
    Manufacturer:;Northlight\nDevice Model:;BEAM16, BEAM32\nSoftware Revision:;VA48A\n\
    Document Release Date:;2014-03-14\n\
    D.3;Media?;No;\nD.5;Wired?;Yes;\n15-3;External?;Yes;\n15-7;Ports closed?;No;\n15-8;Services off?;Yes;\n\
    17-1;Encrypted?;No;\n18-1;Cable only?;No;\n19-1;Integrity?;No;\n20-1;Remote service?;Yes;1\n";

const OF_2019: &str = "DOC-1:Manufacturer Name:Northlight\nDOC-3:Device Model:NOVA64\nDOC-7:Document Release Date:2024-03-14\n\
    CONN-1.1.1,Wi-Fi?: No\nCONN-1.2.1,RJ45?: Yes\nCONN-1.2.3,Media?: No\nCONN-4,External?: No\nCONN-6,Internet?: No\n\
    NAUT-2,Firewall?: Yes\nRMOT-1,Remote service?: Yes, on request\nSAHD-8,Ports closed?: Yes\nSAHD-9,Services off?: Yes\n";

#[test]
fn a_form_of_2013_and_one_in_running_text_weigh_in_the_exposure_of_every_model_they_name() {
    let folder = tempfile::tempdir().unwrap();
    papers::write(folder.path(), "beam.csv", OF_2013);
    papers::write(folder.path(), "nova.txt", OF_2019);
    papers::write(
        folder.path(),
        "inventory.csv",
        "Asset No,Manufacturer,Model,Serial,Software\nCT-1,Northlight,BEAM16,1,VA48A\n\
         CT-2,Northlight,BEAM32,2,VA48A\nCT-3,Northlight,NOVA64,3,2.0\nCT-4,Northlight,Other,4,1\n",
    );
    let at = folder.path().join(".isocenter");
    let (report, assessment) = run(async {
        let workspace = Workspace::open(&at, "anna").await.unwrap();
        let report = workspace
            .import(&[folder.path().to_owned()], now(), &mut ())
            .await
            .unwrap();
        let assessment = workspace.assess(now()).await.unwrap();
        workspace.close().await;
        (report, assessment)
    });
    assert_eq!(
        outcomes(folder.path(), &report),
        "beam.csv mds2 stored\ninventory.csv inventory stored\nnova.txt mds2 stored\n"
    );
    let exposures: Vec<String> = assessment
        .releases
        .iter()
        .filter(|view| view.devices > 0)
        .map(|view| {
            format!(
                "{}: {}\n  {}",
                view.release.label(),
                view.exposure.points,
                view.exposure.reasons.join("\n  ")
            )
        })
        .collect();
    insta::assert_snapshot!(exposures.join("\n"), @"
    Northlight BEAM16 VA48A: 10
      CONN-1.2.1 Yes (by D.5 of HN 1-2013): has a wired network connection
      RMOT-1 Yes (by 20-1 of HN 1-2013): allows remote service
      SAHD-8 No (by 15-7 of HN 1-2013): leaves ports and protocols open that it does not need
      HN 1-2013 does not settle CONN-1.1.1, CONN-4, CONN-6, CONN-1.2.3, NAUT-2: unknown
    Northlight BEAM32 VA48A: 10
      CONN-1.2.1 Yes (by D.5 of HN 1-2013): has a wired network connection
      RMOT-1 Yes (by 20-1 of HN 1-2013): allows remote service
      SAHD-8 No (by 15-7 of HN 1-2013): leaves ports and protocols open that it does not need
      HN 1-2013 does not settle CONN-1.1.1, CONN-4, CONN-6, CONN-1.2.3, NAUT-2: unknown
    Northlight NOVA64 2.0: 7
      CONN-1.2.1 Yes: has a wired network connection
      RMOT-1 Yes: allows remote service
    Northlight Other 1: 8
      no MDS2 form: how reachable it is, is unknown
    ");
}
