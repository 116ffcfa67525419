"""Answers pairs of versions with Conan's own class."""
import sys

import conan
from conan.tools.scm import Version

if len(sys.argv) > 1:
    print(conan.__version__)
    sys.exit()
for line in sys.stdin.buffer:
    a, b = line.rstrip(b"\n").decode().split("\t")
    try:
        a, b = Version(a), Version(b)
        print("<" if a < b else ">" if b < a else "=" if a == b else "!")
    except Exception:  # Conan raises what it meets
        print("!")
