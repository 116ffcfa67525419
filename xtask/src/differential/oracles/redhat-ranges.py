"""Answers "dependency, version" with rpm: whether a package of that version would satisfy it."""
import sys

import rpm

SENSES = {
    "=": rpm.RPMSENSE_EQUAL,
    "<": rpm.RPMSENSE_LESS,
    ">": rpm.RPMSENSE_GREATER,
    "<=": rpm.RPMSENSE_LESS | rpm.RPMSENSE_EQUAL,
    ">=": rpm.RPMSENSE_GREATER | rpm.RPMSENSE_EQUAL,
}
for line in sys.stdin:
    text, version = line.rstrip("\n").split("\t")
    name, sense, bound = text.split()
    needed = rpm.ds((name, SENSES[sense], bound), rpm.RPMTAG_REQUIRENAME)
    offered = rpm.ds((name, rpm.RPMSENSE_EQUAL, version), rpm.RPMTAG_PROVIDENAME)
    sys.stdout.write("y\n" if offered.Compare(needed) else "n\n")
