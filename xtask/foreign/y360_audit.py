"""The audit logs and a token exchange, as unmodified y360-orglib 0.0.13 reads them.

Every public method of AuditMail, AuditEvents and ServiceAppClient runs against one server; the library's hosts are fixed,
so they are rewritten inside httpx's transport.

Usage: TOKEN=... CLIENT_ID=... CLIENT_SECRET=... python y360_audit.py URL ORG_ID EMAIL STARTED_AT ENDED_AT
EMAIL is an employee who is not blocked. The library pauses a second after each page of events: choose a short period.
Prints one JSON object: mail (all events, in the library's spelling), mail_by_page, events, events_by_type, token_by_email,
token_by_uid (without the tokens themselves), disk_status (of Disk, asked with each token).
"""

import json
import os
import sys

import httpx
from y360_orglib.audit import AuditEvents, AuditMail, MessengerChat, TelemostConference
from y360_orglib.service_app import ServiceAppClient

from hosts import send_everything_to

UID = "urn:yandex:params:oauth:token-type:uid"


def mail_by_token(log):
    """The whole mail log, page after page by the token that each one carries."""
    page = log.get_logs_page(1, per_page=100)
    events = list(page.events)
    while page.nextPageToken:
        page = log.get_logs_page(0, per_page=100, page_token=page.nextPageToken)
        events.extend(page.events)
    return events


def mail_by_number(log, count):
    """The same by the offsets that the library makes of page numbers."""
    events, number = [], 1
    while len(events) < count:
        page = log.get_logs_page(number, per_page=100)
        if not page.events:
            break
        events.extend(page.events)
        number += 1
    return events


def shown(token):
    """What may be shown of a token."""
    return {"expires_in": token.expires_in, "issued_token_type": token.issued_token_type,
            "scope": token.scope, "token_type": token.token_type, "length": len(token.access_token)}


def disk_status(address, token):
    """Whether Disk takes a token: the scheme is OAuth whatever the answer calls it."""
    headers = {"Authorization": f"OAuth {token.access_token}"}
    return httpx.get(f"{address}/v1/disk/resources/public", headers=headers).status_code


def main():
    address, org_id, email, started_at, ended_at = sys.argv[1:]
    secret_token = os.environ["TOKEN"]
    send_everything_to(address)

    mail_log = AuditMail(api_key=secret_token, org_id=org_id)
    mail = mail_by_token(mail_log)
    by_number = mail_by_number(mail_log, len(mail))

    event_log = AuditEvents(api_key=secret_token, org_id=org_id)
    events = event_log.get_events(started_at, ended_at)
    # Members nested in the enumerations are reached differently from one Python to the next; these are not.
    types = [TelemostConference.started, TelemostConference.ended, MessengerChat.created, MessengerChat.file_sent]
    by_type = event_log.get_events(started_at, ended_at, types=",".join(kind.value for kind in types))
    event_log.close()

    application = ServiceAppClient(os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])
    by_email = application.get_service_app_token(email)
    info = httpx.get(f"{address}/info", headers={"Authorization": f"OAuth {by_email.access_token}"}).json()
    by_uid = application.get_service_app_token(info["id"], UID)
    application.close()

    json.dump({
        "mail": [event.model_dump(by_alias=True) for event in mail],
        "mail_by_page": [event.uniq_id for event in by_number],
        "events": [event.model_dump() for event in events],
        "events_by_type": [event.event.idempotency_id for event in by_type],
        "token_by_email": shown(by_email),
        "token_by_uid": shown(by_uid),
        "disk_status": [disk_status(address, token) for token in (by_email, by_uid)],
    }, sys.stdout, ensure_ascii=False)
    print()


if __name__ == "__main__":
    main()
