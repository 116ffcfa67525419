"""Answers "relations, version" with libapt."""
import sys

import apt_pkg

apt_pkg.init_system()
for line in sys.stdin:
    text, version = line.rstrip("\n").split("\t")
    try:
        groups = apt_pkg.parse_depends(text, False, "amd64")
    except (SystemError, ValueError):
        sys.stdout.write("!\n")
        continue
    held = all(
        any(not bound or apt_pkg.check_dep(version, operator, bound) for _, bound, operator in group)
        for group in groups
    )
    sys.stdout.write("y\n" if held else "n\n")
