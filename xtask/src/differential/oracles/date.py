"""Answers pairs of instants with Python's datetime; a date without a time begins in UTC."""
import sys
from datetime import datetime, timezone

if len(sys.argv) > 1:
    print(sys.version.split()[0])
    sys.exit()


def instant(text):
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


for line in sys.stdin.buffer:
    a, b = line.rstrip(b"\n").decode().split("\t")
    try:
        a, b = instant(a), instant(b)
    except (ValueError, OverflowError):
        print("!")
        continue
    print("<" if a < b else ">" if a > b else "=")
