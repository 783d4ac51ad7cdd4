"""The organisations of a Code42 tenant, as unmodified py42 1.29.1 reads and changes them.

Every method of sdk.orgs runs against one server, once signed in as a user and once as an API client. py42 takes the
address of the server with its scheme, so that nothing of it has to be replaced.

Usage: CODE42_USER=... CODE42_PASSWORD=... CODE42_CLIENT_ID=... CODE42_CLIENT_SECRET=... python py42_orgs.py URL
Prints one JSON object with what each of the two read after all their changes.
"""

import json
import os
import sys

import py42.sdk
from py42.exceptions import Py42InternalServerError


def data(response):
    """What a response says, without its wrapper."""
    return response.data


def backup_set(one):
    locked = " <LOCKED>"
    return {
        "id": one.data["@id"],
        "locked": one.locked,
        "included_files": list(one.included_files),
        "excluded_files": list(one.excluded_files),
        "filename_exclusions": list(one.filename_exclusions),
        "destinations": [
            {"guid": guid, "name": name.removesuffix(locked), "locked": name.endswith(locked)}
            for guid, name in one.destinations.items()
        ],
    }


PROPERTIES = """org_id registration_key org_name external_reference notes quota_settings_inherited archive_hold_days
maximum_user_subscriptions org_backup_quota user_backup_quota web_restore_admin_limit web_restore_user_limit
reporting_settings_inherited backup_warning_email_days backup_critical_email_days backup_alert_recipient_emails
endpoint_monitoring_enabled endpoint_monitoring_removable_media_enabled endpoint_monitoring_cloud_sync_enabled
endpoint_monitoring_browser_and_applications_enabled endpoint_monitoring_printer_detection_enabled
endpoint_monitoring_file_metadata_collection_enabled endpoint_monitoring_file_metadata_scan_enabled
endpoint_monitoring_file_metadata_ingest_scan_enabled endpoint_monitoring_background_priority_enabled
endpoint_monitoring_custom_applications_win endpoint_monitoring_custom_applications_mac
endpoint_monitoring_file_metadata_collection_exclusions endpoint_monitoring_file_exfiltration_detection_exclusions
web_restore_enabled""".split()

DEVICE_DEFAULTS = """warning_email_enabled critical_email_enabled warning_alert_days critical_alert_days
backup_status_email_enabled backup_status_email_frequency_days""".split()


def settings(of):
    shown = {name: getattr(of, name) for name in PROPERTIES}
    defaults = {name: getattr(of.device_defaults, name) for name in DEVICE_DEFAULTS}
    offered = of.device_defaults.available_destinations.items()
    defaults["available_destinations"] = [{"guid": guid, "name": name} for guid, name in offered]
    defaults["backup_sets"] = [backup_set(one) for one in of.device_defaults.backup_sets]
    shown["device_defaults"] = defaults
    return shown


def change_settings(orgs, org_id):
    """Changes something of every kind, and says of both parts whether they were taken."""
    changed = orgs.get_settings(org_id)
    changed.maximum_user_subscriptions = 25
    changed.org_backup_quota = 100
    changed.backup_warning_email_days = 9
    changed.endpoint_monitoring_cloud_sync_enabled = True
    changed.web_restore_enabled = False
    changed.endpoint_monitoring_custom_applications_win = ["one.exe", "two.exe"]
    changed.device_defaults.warning_alert_days = 2
    one = changed.device_defaults.backup_sets[0]
    one.included_files.append("D:/")
    one.filename_exclusions = [".*\\.log", ".*\\.tmp"]
    one.add_destination("632540230984925185")
    one.lock_destination("632540230984925185")
    result = orgs.update_settings(changed)
    if result.error:
        raise RuntimeError(f"update_settings: {result}")
    return [result.org_response is not None, result.org_settings_response is not None]


def exercise(sdk, name, is_client):
    orgs = sdk.orgs
    everything = [org for page in orgs.get_all() for org in page["orgs"]]
    parent = everything[1]
    created = data(orgs.create_org(name, org_ext_ref="REF", notes="made", parent_org_uid=parent["orgUid"]))
    org_id, org_uid = created["orgId"], created["orgUid"]
    orgs.update_org(org_id, name=f"{name} Renamed")
    orgs.block(org_id)
    blocked = data(orgs.get_by_id(org_id))["blocked"]
    orgs.unblock(org_id)
    orgs.deactivate(org_id)
    inactive = data(orgs.get_by_id(org_id))["active"]
    orgs.reactivate(org_id)
    # Each has one of its own to change.
    own = everything[3 if is_client else 2]["orgId"]
    # One of the first 500: py42 looks no further for a uid.
    seen = everything[7]
    try:
        current = data(orgs.get_current())
    except Py42InternalServerError:
        if not is_client:
            raise
        current = None
    updated = change_settings(orgs, own)
    return {
        "created": org_id,
        "was_blocked": blocked,
        "was_active": inactive,
        "parts_updated": updated,
        "by_id": data(orgs.get_by_id(org_id)),
        "by_uid": data(orgs.get_by_uid(seen["orgUid"])),
        "current": current,
        "agent_state": data(orgs.get_agent_state(everything[3]["orgId"], "fullDiskAccess")),
        "full_disk_access": data(orgs.get_agent_full_disk_access_states(everything[3]["orgId"])),
        "id_map": {str(key): value for key, value in orgs.org_id_map.items()},
        "page": orgs.get_page(2, 10)["orgs"],
        "top_settings": settings(orgs.get_settings(everything[0]["orgId"])),
        "settings": settings(orgs.get_settings(own)),
        "settings_id": own,
        "agent_id": everything[3]["orgId"],
        "all": [org for page in orgs.get_all() for org in page["orgs"]],
    }


def main(address):
    env = os.environ
    as_client = py42.sdk.from_api_client(address, env["CODE42_CLIENT_ID"], env["CODE42_CLIENT_SECRET"])
    as_user = py42.sdk.from_local_account(address, env["CODE42_USER"], env["CODE42_PASSWORD"])
    print(json.dumps({
        "api_client": exercise(as_client, "By client", is_client=True),
        "user": exercise(as_user, "By user", is_client=False),
    }))


if __name__ == "__main__":
    main(sys.argv[1])
