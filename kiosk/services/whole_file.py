"""Writes a file whole or not at all; what stands in it, others know."""

from __future__ import annotations

import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file, readable by its owner alone (0600).

    Whoever reads it, or a power cut, finds the old content or the new one, never a part. A file
    that is replaced keeps its owner, also where root does it. OSError: the old one stands.
    """
    started = path.with_name(f"{path.name}.new")
    started.unlink(missing_ok=True)
    descriptor = os.open(started, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        if path.exists():
            known = path.stat()
            os.fchown(file.fileno(), known.st_uid, known.st_gid)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    started.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
