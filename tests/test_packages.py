"""What is shipped: a wheel and an sdist carry the built pages, and installing one needs no Node."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = "dayline/static/index.html"
ASK = """
import asyncio, httpx
from dayline import app
from dayline.kernel.ops.settings import Settings

async def ask():
    transport = httpx.ASGITransport(app.create_app(Settings(database_url="postgresql://none")))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8080") as client:
        browser = {"Accept": "text/html"}
        print(app.__file__, (await client.get("/w/acme/tasks/ABC-1", headers=browser)).text)

asyncio.run(ask())
"""


def build(tree: Path, target: str, out: Path, **environment: str) -> Path:
    """The package that the build of `tree` makes."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    done = subprocess.run(
        command, cwd=tree, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the repository where no page was built, with what npm installed."""
    tree = tmp_path_factory.mktemp("checkout")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    (tree / "frontend/node_modules").symlink_to(ROOT / "frontend/node_modules")
    return tree


@pytest.fixture(scope="module")
def sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked sdist of the checkout: its build ran npm."""
    out = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build(checkout, "sdist", out)) as archive:
        archive.extractall(out, filter="data")
    (unpacked,) = (path for path in out.iterdir() if path.is_dir())
    return unpacked


@pytest.fixture(scope="module")
def wheel(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that the sdist makes on a machine without npm."""
    out = tmp_path_factory.mktemp("wheel")
    return build(sdist, "wheel", out, PATH=str(Path(sys.executable).parent))


class Inline(HTMLParser):
    """What a page holds that its content security policy would not run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or (tag == "script" and "src" not in names) or "style" in names:
            self.found.append(tag)
        self.found += [name for name in names if name.startswith("on")]


def test_both_packages_carry_the_pages_with_nothing_inline(sdist: Path, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        page = archive.read(PAGE).decode()
        assets = [name for name in archive.namelist() if "/static/assets/" in name]
        assert not [name for name in archive.namelist() if "node_modules" in name]
    assert page == (sdist / "backend" / PAGE).read_text()
    assert assets
    inline = Inline()
    inline.feed(page)
    assert inline.found == []


def test_an_installed_wheel_serves_them(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps"]
    subprocess.run([*uv, "--target", str(site), str(wheel)], check=True)
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    assert str(site) in asked.stdout
    assert '<div id="app"></div>' in asked.stdout


def test_without_npm_a_checkout_says_what_it_needs(checkout: Path, tmp_path: Path) -> None:
    (checkout / "frontend/src/newer.ts").touch()
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=checkout,
        env=os.environ | {"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "need Node 20.19 or newer with npm" in done.stderr
