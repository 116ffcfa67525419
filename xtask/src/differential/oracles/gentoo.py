"""Answers pairs of versions with Portage."""
import sys

import portage
from portage.versions import vercmp

if len(sys.argv) > 1:
    print(portage.VERSION)
    sys.exit()
for line in sys.stdin.buffer:
    a, b = line.rstrip(b"\n").decode().split("\t")
    order = vercmp(a, b)
    print("!" if order is None else "<" if order < 0 else ">" if order > 0 else "=")
