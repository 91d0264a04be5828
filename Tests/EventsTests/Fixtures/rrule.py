"""Writes rrule.json: what python-dateutil gives for recurrence rules, to be compared with the server's.

dateutil leaves out a day that a month does not have; the server takes the month's last in its place (RFC 7529,
SKIP=BACKWARD). Where that matters the expectation is written as the rule without missing days that means the same.

    python3 -m venv venv && venv/bin/pip install python-dateutil && venv/bin/python Tests/EventsTests/Fixtures/rrule.py
"""

import datetime
import itertools
import json
import pathlib

from dateutil.rrule import rrulestr

STARTS = ["2026-12-01T10:00:00", "2027-01-29T09:30:00", "2028-02-29T18:00:00"]
RULES = [
    "FREQ=DAILY;COUNT=10",
    "FREQ=DAILY;INTERVAL=3;COUNT=7",
    "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=12",
    "FREQ=WEEKLY;COUNT=15",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=8",
    "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=9",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU;COUNT=9",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=MO;COUNT=9",
    "FREQ=MONTHLY;BYDAY=2TU;COUNT=14",
    "FREQ=MONTHLY;BYDAY=-1FR;COUNT=14",
    "FREQ=MONTHLY;BYDAY=1MO,3WE;COUNT=11",
    "FREQ=MONTHLY;INTERVAL=4;BYDAY=1TH;COUNT=10",
    "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=13",
    "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=13",
    "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=13",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=9",
    "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=10;COUNT=9",
    "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=14;COUNT=5",
    "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=5",
    "FREQ=DAILY;UNTIL=20261215T100000",
    "FREQ=WEEKLY;UNTIL=20280401T000000",
    "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20290101T000000",
]
# The rule as it is asked for, and as dateutil has to be asked for the same days.
BACKWARD = [
    ("2026-12-31T10:00:00", "FREQ=MONTHLY;INTERVAL=4;COUNT=9", "FREQ=MONTHLY;INTERVAL=4;BYMONTHDAY=-1;COUNT=9"),
    ("2026-12-31T10:00:00", "FREQ=MONTHLY;COUNT=15", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=15"),
    ("2026-12-30T10:00:00", "FREQ=MONTHLY;COUNT=27", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;COUNT=27"),
    ("2027-01-29T10:00:00", "FREQ=MONTHLY;COUNT=27", "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1;COUNT=27"),
    ("2027-01-31T10:00:00", "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=12", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12"),
    ("2028-02-29T10:00:00", "FREQ=YEARLY;COUNT=9", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;COUNT=9"),
]


def times(rule, start):
    found = rrulestr(rule, dtstart=datetime.datetime.fromisoformat(start))
    return [time.isoformat() for time in itertools.islice(found, 101)]


cases = []
for start in STARTS:
    for rule in RULES:
        expected = times(rule, start)
        if 0 < len(expected) <= 100:
            cases.append({"start": start, "rule": rule, "times": expected})
for start, rule, same in BACKWARD:
    cases.append({"start": start, "rule": rule, "times": times(same, start)})
path = pathlib.Path(__file__).with_name("rrule.json")
path.write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")
print(len(cases), "cases")
