"""The exposure report by y360-orglib 0.0.13, as the well-known sample script drives it.

All users, then the public resources of each user, then the settings of each resource: by path, else by key. The library
is unmodified; its hosts are fixed, so they are rewritten inside httpx's transport.

Usage: TOKEN=... python y360_exposure.py URL ORG_ID OUTPUT.csv
Prints one JSON object: seconds, people, resources, rows, errors.
"""

import csv
import json
import os
import sys
import time

from y360_orglib import DirectoryClient, DiskAdminClient

from hosts import send_everything_to

COLUMNS = ["email", "path", "access_type", "rights", "user_id", "shared_email", "external_user"]


def settings_of(disk, user, resource):
    """The settings by path, else by key; None where neither can be had."""
    for ask in (
        lambda: disk.get_public_settings_by_path(user.uid, resource.path),
        lambda: disk.get_public_settings_by_key(resource.public_hash),
    ):
        try:
            return ask()
        except Exception:  # The library raises its own errors, pydantic's and those of a missing answer.
            continue
    return None


def rows_of(user, resource, settings, emails, org_id):
    """One row for each access but the owner's."""
    for access in settings.public_accesses:
        rights = "|".join(access.rights)
        if access.access_type == "macro":
            for macro in access.macros:
                yield [user.email, resource.path, macro, rights, "", "", "False"]
        elif access.access_type != "owner":
            email = emails.get(str(access.user_id), "") if access.access_type == "user" else ""
            external = access.access_type == "user" and access.org_id != org_id
            yield [user.email, resource.path, access.access_type, rights, access.user_id, email, str(external)]


def main():
    address, org_id, output = sys.argv[1:]
    token = os.environ["TOKEN"]
    send_everything_to(address)
    start = time.perf_counter()
    directory = DirectoryClient(api_key=token, org_id=org_id)
    disk = DiskAdminClient(token=token, org_id=org_id)
    resources = rows = errors = 0
    users = [user for user in directory.get_all_users() if not user.is_robot]
    emails = {user.uid: user.email for user in users}
    with open(output, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for user in users:
            try:
                shared = disk.get_user_public_resources(user.uid)
            except Exception as error:
                print(f"{type(error).__name__}: the resources of one user", file=sys.stderr)
                errors += 1
                continue
            for resource in shared:
                resources += 1
                settings = settings_of(disk, user, resource)
                if settings is None:
                    errors += 1
                    continue
                for row in rows_of(user, resource, settings, emails, int(org_id)):
                    writer.writerow(row)
                    rows += 1
    seconds = time.perf_counter() - start
    print(json.dumps({
        "seconds": seconds, "people": len(users), "resources": resources, "rows": rows, "errors": errors,
    }))


if __name__ == "__main__":
    main()
