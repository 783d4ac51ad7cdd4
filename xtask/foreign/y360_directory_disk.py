"""Every public method of y360-orglib 0.0.13's DirectoryClient, DiskClient and DiskAdminClient, against a sandbox.

The library is unmodified; its hosts are fixed, so they are rewritten inside httpx's transport. What it read is printed
as one JSON object, to be compared with what our own client reads. A call that fails ends the script.

Usage: TOKEN=... python y360_directory_disk.py URL ORG_ID
"""

import json
import logging
import os
import sys

from pydantic import ValidationError
from y360_orglib import DirectoryClient, DiskAdminClient, DiskClient
from y360_orglib.directory.models import Contact

from hosts import send_everything_to

# Resources whose settings are read, in each of the ways.
RESOURCES = 40


def shown(model):
    """A model of the library under the service's own names."""
    return model.model_dump(by_alias=True)


def entered(contacts):
    """Contacts that somebody entered, as type and value."""
    return [[contact["type"], contact["value"]] for contact in contacts if not contact["synthetic"]]


def read_directory(address, org_id, token):
    client = DirectoryClient(api_key=token, org_id=org_id, log_level=logging.ERROR)
    count, pages = client.count_pages()
    page = client.get_users_page(1)
    users = client.get_all_users()
    groups = client.get_groups_page(page=1, per_page=1000)
    members = {group.group_id: shown(client.get_group_members_v2(group.group_id)) for group in groups.groups}
    two_factor = {user.uid: shown(client.get_user_2fa(user.uid)) for user in users[:20]}

    # What is changed is read back.
    person = next(user for user in users if not user.is_robot and not user.is_dismissed and not user.is_admin)
    phone = Contact(type="phone", value="+7 495 111-22-33")
    kept = client.add_user_contacts(person, [phone])
    replaced = client.add_user_contacts(person, [Contact(type="site", value="https://example.org")], replace=True)
    group = next(
        group for group in groups.groups
        if all(member["id"] != person.uid for member in members[group.group_id]["users"])
    )
    added = client.add_user_to_group(person.uid, group.group_id)
    after = client.get_group_members_v2(group.group_id)
    client.close()
    return {
        "count": count,
        "pages": pages,
        "page_users": len(page.users),
        "users": [shown(user) for user in users],
        "groups": [shown(group) for group in groups.groups],
        "members": members,
        "two_factor": two_factor,
        "contacts": {
            "user": person.uid,
            "before": entered([shown(contact) for contact in person.contacts]),
            "kept": entered(kept["contacts"]),
            "replaced": entered(replaced["contacts"]),
        },
        "added": {
            "user": person.uid,
            "group": group.group_id,
            "answer": added,
            "is_member": any(member.uid == person.uid for member in after.users),
        },
    }


def settings(ask):
    """The settings, or the kinds of access that the library has no word for and refuses."""
    try:
        return shown(ask())
    except ValidationError as error:
        unknown = sorted({str(fault["input"]) for fault in error.errors() if fault["type"] == "literal_error"})
        # The library tries an access as each of its kinds: `outer_user` is one that it does not have.
        if "outer_user" in unknown:
            return {"unreadable": "outer_user"}
        raise


def read_disk_of_organization(org_id, token, users):
    client = DiskAdminClient(token=token, org_id=org_id, log_level=logging.ERROR)
    resources = {}
    by_path = {}
    by_key = {}
    for user in users:
        resources[user["id"]] = [shown(resource) for resource in client.get_user_public_resources(user["id"])]
        for resource in resources[user["id"]]:
            key = resource["public_hash"]
            if len(by_key) < RESOURCES:
                by_path[key] = settings(lambda: client.get_public_settings_by_path(user["id"], resource["path"]))
                by_key[key] = settings(lambda: client.get_public_settings_by_key(key))
        if len(by_key) == RESOURCES and len(resources) >= 20:
            break
    client.close()
    return {"resources": resources, "by_path": by_path, "by_key": by_key}


def read_own_disk(token):
    client = DiskClient(token=token, log_level=logging.ERROR)
    resources = client.get_public_resources()
    found = {resource.path: settings(lambda: client.get_public_settings(resource.path)) for resource in resources}
    client.close()
    return {"resources": [shown(resource) for resource in resources], "settings": found}


def main():
    address, org_id = sys.argv[1:]
    token = os.environ["TOKEN"]
    send_everything_to(address)
    directory = read_directory(address, org_id, token)
    print(json.dumps({
        "directory": directory,
        "disk_admin": read_disk_of_organization(org_id, token, directory["users"]),
        "disk": read_own_disk(token),
    }, ensure_ascii=False))


if __name__ == "__main__":
    main()
