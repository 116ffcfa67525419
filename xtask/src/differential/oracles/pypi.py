"""Answers pairs of versions with PyPA's packaging; older ones also read what predates PEP 440."""
import sys
import warnings

import packaging.version

warnings.simplefilter("ignore")
if len(sys.argv) > 1:
    print(packaging.__version__)
    sys.exit()
for line in sys.stdin.buffer:
    a, b = line.rstrip(b"\n").decode().split("\t")
    try:
        a, b = packaging.version.parse(a), packaging.version.parse(b)
    except packaging.version.InvalidVersion:
        print("!")
        continue
    print("<" if a < b else ">" if a > b else "=")
