#!/usr/bin/env python3
"""Verifies, or appends to, a governance ledger; follows the description of the format and nothing else.

verify_ledger.py verify FILE          prints each error, then the number of events; exit status 1 if there was an error
verify_ledger.py append FILE N NAME   appends N events under flock(2), one by one
"""
import fcntl
import hashlib
import json
import os
import sys
from datetime import datetime, timezone

GENESIS = "0" * 64


def event_hash(previous, event):
    bare = {key: value for key, value in event.items() if key != "hash"}
    return hashlib.sha256((previous + json.dumps(bare, sort_keys=True)).encode("utf-8")).hexdigest()


def verify(path):
    errors = []
    expected = GENESIS
    events = 0
    ids = set()
    with open(path, "rb") as ledger:
        for number, line in enumerate(ledger, 1):
            if not line.strip():
                continue
            try:
                event = json.loads(line.decode("utf-8"))
            except ValueError:
                errors.append(f"Line {number}: Invalid JSON")
                continue
            events += 1
            if event.get("prev_hash") != expected:
                errors.append(f"Line {number}: Broken chain link (expected prev_hash {expected})")
            computed = event_hash(event.get("prev_hash", ""), event)
            if event.get("hash") != computed:
                errors.append(f"Line {number}: Invalid hash (expected {computed})")
            for key in ("event_id", "ts", "agent", "role", "action_type", "description", "spec_ref", "authorized"):
                if key not in event:
                    errors.append(f"Line {number}: {key} is missing")
            if event.get("tier", 1) not in (1, 2, 3):
                errors.append(f"Line {number}: tier {event['tier']}")
            datetime.fromisoformat(event["ts"].replace("Z", "+00:00"))
            if event["event_id"] in ids:
                errors.append(f"Line {number}: {event['event_id']} occurs twice")
            ids.add(event["event_id"])
            expected = event.get("hash", "")
    for error in errors:
        print(error)
    print(events)
    return 1 if errors else 0


def append(path, count, name):
    for index in range(count):
        with open(path, "a+b") as ledger:
            fcntl.flock(ledger, fcntl.LOCK_EX)
            ledger.seek(0)
            previous = GENESIS
            for line in ledger:
                if line.strip():
                    previous = json.loads(line)["hash"]
            now = datetime.now(timezone.utc)
            event = {
                "event_id": f"evt_{now:%Y%m%d_%H%M%S}_{name}_{index}",
                "ts": now.isoformat().replace("+00:00", "Z"),
                "agent": "PYTHON",
                "role": "Auditor",
                "action_type": "note",
                "description": "caf\u00e9 \U0001f512 \x7f",
                "spec_ref": None,
                "authorized": True,
                "tier": 3,
                "action_data": {"number": 1e-07, "big": 10 ** 30, "float": 0.1 + 0.2},
                "prev_hash": previous,
            }
            event["hash"] = event_hash(previous, event)
            ledger.write((json.dumps(event) + "\n").encode("ascii"))
            ledger.flush()
            os.fsync(ledger.fileno())
    return 0


if __name__ == "__main__":
    if sys.argv[1] == "verify":
        sys.exit(verify(sys.argv[2]))
    sys.exit(append(sys.argv[2], int(sys.argv[3]), sys.argv[4]))
