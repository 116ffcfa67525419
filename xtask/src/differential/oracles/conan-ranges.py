"""Answers "range, version" with Conan; "admitted" resolves pre-releases."""
import sys

import conan
from conan.errors import ConanException
from conan.internal.model.version import Version
from conan.internal.model.version_range import VersionRange

if sys.argv[1] == "version":
    print(conan.__version__)
    sys.exit()
resolve = True if sys.argv[1] == "admitted" else None
for line in sys.stdin:
    text, version = line.rstrip("\n").split("\t")
    try:
        held = VersionRange(text).contains(Version(version), resolve)
        sys.stdout.write("y\n" if held else "n\n")
    except (ConanException, IndexError):
        sys.stdout.write("!\n")
