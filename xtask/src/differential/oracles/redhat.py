"""Answers pairs of versions with rpm's own library."""
import sys

import rpm

for line in sys.stdin.buffer:
    a, b = line.rstrip(b"\n").decode().split("\t")
    try:
        a, b = rpm.ver(a), rpm.ver(b)
    except ValueError:
        print("!")
        continue
    print("<" if a < b else ">" if a > b else "=")
