//! What a report comes to.

use std::{collections::BTreeSet, time::SystemTime};

use orglib_jobs::{
    AccountStatus,
    exposure::{ExposureRow, OverviewBuilder, Reach, Right},
};

use crate::organization::Organization;

#[tokio::test(flavor = "current_thread")]
async fn an_overview_is_what_its_rows_come_to() {
    let organization = Organization::new(|sandbox| sandbox.users(300));
    let reports = organization.reports(None).await;
    let mut overview = OverviewBuilder::new(SystemTime::UNIX_EPOCH);
    reports.iter().for_each(|report| overview.add(report));
    let overview = overview.finish();
    let rows: Vec<_> = reports.iter().flat_map(|report| &report.rows).collect();
    let count = |is: &dyn Fn(&ExposureRow) -> bool| rows.iter().filter(|row| is(row)).count() as u64;
    let resources = |is: &dyn Fn(&ExposureRow) -> bool| {
        let of = rows.iter().filter(|row| row.reach == Reach::Public && is(row));
        of.map(|row| (row.owner_id, &row.path)).collect::<BTreeSet<_>>().len() as u64
    };

    assert_eq!(overview.open_to_everybody.resources, resources(&|_| true));
    assert_eq!(overview.open_to_everybody.for_writing, resources(&|row| Right::of(row) == Right::Write));
    assert_eq!((overview.tiles[0].reach, overview.tiles[0].right), (Reach::Public, Right::Write));
    for tile in &overview.tiles {
        assert_eq!(tile.accesses, count(&|row| row.reach == tile.reach && Right::of(row) == tile.right));
    }
    assert_eq!(overview.tiles.iter().map(|tile| tile.accesses).sum::<u64>(), rows.len() as u64);
    let is_open = |row: &ExposureRow| matches!(row.reach, Reach::Public | Reach::External);
    let first = &overview.owners[0];
    assert_eq!(first.public, count(&|row| row.email == first.email && row.reach == Reach::Public));
    assert_eq!(first.accesses, count(&|row| row.email == first.email));
    assert!(
        overview.owners.len() == 50
            && overview.owners.is_sorted_by_key(|owner| std::cmp::Reverse(owner.public + owner.external))
    );
    assert_eq!(overview.departments.iter().map(|one| one.accesses).sum::<u64>(), rows.len() as u64);
    assert!(overview.outside.iter().all(|share| share.owners <= share.accesses && share.owners > 0));
    assert_eq!(
        overview.stale.owner_blocked,
        count(&|row| is_open(row) && row.owner_status == AccountStatus::Blocked)
    );
    assert_eq!(overview.stale.unchanged_for_a_year, 0, "nothing is older than the first of all years");
    let endless = |row: &ExposureRow| row.reach == Reach::Public && row.available_until.is_none();
    assert_eq!(overview.stale.without_end, count(&endless));
}
