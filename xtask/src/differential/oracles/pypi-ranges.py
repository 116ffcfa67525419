"""Answers "range, version" with packaging; "admitted" takes pre-releases as they lie."""
import sys

import packaging
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion, Version

if sys.argv[1] == "version":
    print(packaging.__version__)
    sys.exit()
admitted = sys.argv[1] == "admitted"
for line in sys.stdin:
    text, version = line.rstrip("\n").split("\t")
    try:
        specifiers = SpecifierSet(text)
        # Beside finals to choose from, pre-releases count where a specifier names one.
        pre = True if admitted else bool(specifiers.prereleases)
        Version(version)
        # A literal "===" compares the text as it was given.
        held = specifiers.contains(version, prereleases=pre)
        sys.stdout.write("y\n" if held else "n\n")
    except (InvalidSpecifier, InvalidVersion):
        sys.stdout.write("!\n")
