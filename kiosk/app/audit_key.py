"""The file of the secret that signs the heads of a site's evidence: made once, read, guarded."""

from __future__ import annotations

import secrets
from pathlib import Path

from kiosk.app.errors import ConfigError
from kiosk.services.whole_file import write_whole

KEY_BYTES = 32


def audit_key(path: Path) -> bytes:
    """The secret of the site's file, which is made where there is none."""
    if not path.exists():
        write_whole(path, secrets.token_hex(KEY_BYTES).encode("ascii") + b"\n")
    return read_audit_key(path)


def read_audit_key(path: Path) -> bytes:
    """The secret of the file; ConfigError when others could read it too, or it is spoilt."""
    if path.stat().st_mode & 0o077:
        raise ConfigError(f"{path}: whoever reads this file can forge heads; chmod 600 it")
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigError(f"{path}: is cut short or changed; restore it from the backup")
    return key
