"""Brings a fresh machine to where the program runs, then runs what was asked; asks for nothing.

    python3 bootstrap.py run [...]      the program; without a display a guided tour instead
    python3 bootstrap.py test           every check, as `make test`
    python3 bootstrap.py exec -- CMD    any command inside the project's environment
    python3 bootstrap.py sync           the environment alone

The standard library is all it has: a fresh Debian brings python3 without pip. It makes `.venv`
with exactly the versions and hashes of uv.lock, by uv where uv can be had, by venv and pip
otherwise. What cannot be helped is said in one line with exit 3. docs/decisions/0006.
"""

from __future__ import annotations

import base64
import configparser
import contextlib
import hashlib
import html
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

try:
    import ctypes
    import fcntl
    import ssl
except ImportError as lacking:
    sys.exit(f"bootstrap: Linux and a whole Python are needed; {lacking.name} is missing here")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / ".in-step"
AT_VENV = ["--python", str(VENV / "bin" / "python")]
AT_PIP = [AT_VENV[1], "-m", "pip", "--disable-pip-version-check"]
REQUIREMENTS = str(ROOT / "requirements.txt")

OLDEST, NEWEST = (3, 11), (3, 14)
DEFAULT_INDEX = "https://pypi.org/simple"
FETCH_LIMIT_S = 60

UV_VERSION = "0.13.9"
UV_OLDEST = (0, 6)  # the first that knows everything in uv.lock
UV_WHEELS = {
    "x86_64": "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    "aarch64": "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
}
UV_PLATFORMS = {
    "x86_64": "manylinux_2_17_x86_64.manylinux2014_x86_64",
    "aarch64": "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
}

GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}  # what the wheels of PySide6 6.11.3 ask for
LIBRARIES = {"libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libglib-2.0.so.0": "libglib2.0-0"}
LIBRARIES["libxkbcommon.so.0"] = "libxkbcommon0"
LIBRARIES["libdbus-1.so.3"] = "libdbus-1-3"
LIBRARIES["libfontconfig.so.1"] = "libfontconfig1"
X11 = """libX11-xcb.so.1 libxcb-cursor.so.0 libxcb-image.so.0 libxcb-randr.so.0 libxcb-shape.so.0
libxcb-render-util.so.0 libxcb-keysyms.so.1 libxcb-xkb.so.1 libxcb-icccm.so.4"""  # by ldd
X11_LIBRARIES = {name: name.replace(".so.", "").lower() for name in X11.split()}
X11_LIBRARIES["libxkbcommon-x11.so.0"] = "libxkbcommon-x11-0"
WAYLAND_LIBRARIES = {"libwayland-cursor.so.0": "libwayland-cursor0"}


class Stop(Exception):
    """Something is missing that this program cannot bring: one line, exit 3."""


def main(arguments: list[str]) -> int:
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if rest[:1] == ["--"]:
        rest = rest[1:]
    if verb not in ("run", "test", "exec", "sync") or (verb == "exec" and not rest):
        print(__doc__)
        return 0 if verb in ("", "-h", "--help", "help") else 2
    try:
        use_a_fitting_python(arguments)
        check_system(window_libraries() if verb == "run" else {})
        make_environment()
        if verb == "sync":
            return 0
        return replace_by(command_for(verb, rest))
    except (Stop, OSError) as stop:
        say(str(stop))
        return 3
    except KeyboardInterrupt:
        return 130


def command_for(verb: str, rest: list[str]) -> list[str]:
    """The command line of one verb, with paths inside the environment."""
    if verb == "test":
        return [str(VENV / "bin" / "python"), str(ROOT / "tests" / "tools" / "checks.py"), "test"]
    if verb == "exec":
        return rest
    name = "run" if has_display() or "--headless" in rest else "tour"
    if name == "tour":
        say("no display here: the guided tour runs instead and leaves its pictures in out/tour")
    return [str(VENV / "bin" / "kiosk"), name, *rest]


def replace_by(command: list[str]) -> int:
    """Become the command, so that signals and the exit code are its own."""
    env = environment()
    env["VIRTUAL_ENV"] = str(VENV)
    env["PATH"] = f"{VENV / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    os.chdir(ROOT)
    try:
        os.execvpe(command[0], command, env)  # noqa: S606  no shell is meant
    except FileNotFoundError:
        say(f"{command[0]} is not in the project's environment")
        return 2


def has_display() -> bool:
    chosen = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if chosen:
        return chosen not in ("offscreen", "minimal")
    return bool(os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"))


def window_libraries() -> dict[str, str]:
    if not has_display() or os.environ.get("QT_QPA_PLATFORM"):
        return {}
    return WAYLAND_LIBRARIES if os.environ.get("WAYLAND_DISPLAY") else X11_LIBRARIES


def use_a_fitting_python(arguments: list[str]) -> None:
    """Go on if this Python fits, start again under one that does, or say which is needed."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in (13, 12, 11, 14):
        path = shutil.which(f"python3.{minor}")
        if path and succeeds([path, "-c", "import ssl, zipfile"]):
            os.execv(path, [path, str(ROOT / "bootstrap.py"), *arguments])  # noqa: S606
    here = ".".join(map(str, sys.version_info[:3]))
    raise Stop(
        f"Python 3.11 to 3.14 is needed; this is {here} and no other was found on PATH"
        " (Debian 12, 13 and Ubuntu 24.04 bring one: apt-get install python3)"
    )


def check_system(window: dict[str, str]) -> None:
    """Refuse a system that PySide6 has no wheel for; bring or name missing system packages."""
    machine, (libc, version) = platform.machine(), platform.libc_ver()
    if machine not in GLIBC:
        raise Stop(f"PySide6 has no wheel for {machine}; x86_64 and aarch64 have one")
    needed = GLIBC[machine]
    if libc != "glibc" or tuple(map(int, version.split(".")[:2])) < needed:
        found = f"{libc} {version}" if libc else "another C library"
        raise Stop(f"{machine} needs glibc {needed[0]}.{needed[1]} or newer; here is {found}")
    missing = missing_packages(window)
    if not missing:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"installing system packages: {' '.join(missing)}")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["install", "-y", "-qq", "--no-install-recommends", *missing]
        for words in (["update", "-qq"], install):
            subprocess.run(["apt-get", *words], env=env, check=False, stdout=subprocess.DEVNULL)
        missing = missing_packages(window)
    if missing:
        raise Stop(
            "system packages are missing:"
            f" sudo apt-get install -y --no-install-recommends {' '.join(missing)}"
        )


def missing_packages(window: dict[str, str]) -> list[str]:
    """Debian's names of what this machine lacks."""
    wanted = {**LIBRARIES, **window}
    missing = [package for library, package in wanted.items() if not loads(library)]
    if not has_certificates():
        missing.append("ca-certificates")
    if not Path("/usr/share/zoneinfo/Europe/Berlin").exists():
        missing.append("tzdata")  # a site's opening hours are local to it
    return missing


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_certificates() -> bool:
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or certificate_file() or (paths.capath and os.listdir(paths.capath)))


def make_environment() -> None:
    """Make `.venv` match uv.lock; nothing to do when it already does."""
    if is_in_step():
        return
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two terminals may start at once
        if is_in_step():
            return
        say("making .venv, once: about 130 MB of packages, as uv.lock names them")
        index = configured_index()
        uv = find_uv() or fetch_uv(index)
        ways = [sync_by_uv, install_by_uv][:: 1 if index == DEFAULT_INDEX else -1]
        if uv and any(way(uv, index) for way in ways):
            install = [uv, "pip", "install", *AT_VENV]
        else:
            install_by_pip(index)
            install = [*AT_PIP, "install"]
        # The project itself, editable, built by the hatchling that uv.lock names.
        build = [*install, *quiet(), "--no-deps", "--no-build-isolation", "-e", str(ROOT)]
        if not succeeds_loudly(build):
            raise Stop("the packages are there, but the project itself cannot be built: see above")
        STAMP.write_text(step())


def is_in_step() -> bool:
    try:
        return STAMP.read_text() == step() and (VENV / "bin" / "python").exists()
    except OSError:
        return False


def step() -> str:
    """What `.venv` was made from: the locked versions, the Python, and the place it stands."""
    digest = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for name in ("uv.lock", "requirements.txt", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def sync_by_uv(uv: str, _index: str) -> bool:
    """From the addresses that stand in uv.lock."""
    sync = [uv, "sync", "--frozen", "--no-install-project", "--python", sys.executable]
    return succeeds_loudly([*sync, *quiet()])


def install_by_uv(uv: str, index: str) -> bool:
    """The same files, by hash, from the index that this machine is told to use."""
    make = [uv, "venv", "--clear", "--python", sys.executable, str(VENV)]
    fill = [uv, "pip", "sync", *AT_VENV, "--require-hashes", "--default-index", index]
    return succeeds_loudly([*make, *quiet()]) and succeeds_loudly([*fill, *quiet(), REQUIREMENTS])


def install_by_pip(index: str) -> None:
    """The same files, by hash, with what Python itself brings."""
    say("going on with venv and pip")
    if not succeeds([sys.executable, "-c", "import ensurepip, venv"]):
        raise Stop(
            f"neither uv (from {without_password(index)}) nor pip is to be had:"
            " check the network, or: sudo apt-get install -y python3-venv"
        )
    fill = [*AT_PIP, "install", "--no-deps", "--require-hashes", "--index-url", index]
    if not (
        succeeds_loudly([sys.executable, "-m", "venv", "--clear", str(VENV)])
        and succeeds_loudly([*fill, *quiet(), "-r", REQUIREMENTS])
    ):
        raise Stop(f"the packages are not to be had from {without_password(index)}")


def quiet() -> list[str]:
    """Progress is for a person who watches it."""
    return [] if sys.stderr.isatty() else ["--quiet"]


def find_uv() -> str | None:
    """uv from PATH if it is new enough, else the one fetched earlier."""
    for path in (shutil.which("uv"), str(TOOLS / f"uv-{UV_VERSION}" / "uv")):
        if path is None or not os.access(path, os.X_OK):
            continue
        shown = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"uv (\d+)\.(\d+)", shown.stdout)
        if version and (int(version[1]), int(version[2])) >= UV_OLDEST:
            return path
    return None


def fetch_uv(index: str) -> str | None:
    """uv from the package index, checked by its hash; None with a line of why when that fails."""
    machine = platform.machine()  # check_system let no other machine through
    name = f"uv-{UV_VERSION}-py3-none-{UV_PLATFORMS[machine]}.whl"
    target = TOOLS / f"uv-{UV_VERSION}" / "uv"
    try:
        page, address = fetch(f"{index.rstrip('/')}/uv/")
        link = re.search(f'href="([^"]*{re.escape(name)}[^"]*)"', page.decode("utf-8", "replace"))
        if link is None:
            raise Stop(f"it does not offer {name}")
        content, _ = fetch(urllib.parse.urljoin(address, html.unescape(link[1]).split("#")[0]))
        if hashlib.sha256(content).hexdigest() != UV_WHEELS[machine]:
            raise Stop(f"its {name} is not the file we know")
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part.write_bytes(archive.read(f"uv-{UV_VERSION}.data/scripts/uv"))
        part.chmod(0o755)
        part.replace(target)
    except (OSError, Stop, ValueError, zipfile.BadZipFile) as error:
        say(f"no uv from {without_password(index)}: {error}")
        return None
    return str(target)


def fetch(address: str) -> tuple[bytes, str]:
    """Content and final address; a name and password in the address go into the header."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme == "file" and parts.path.endswith("/"):
        address += "index.html"
    request = urllib.request.Request(without_password(address), headers={"Accept": "text/html"})
    if parts.username:
        name, word = (
            urllib.parse.unquote(parts.username),
            urllib.parse.unquote(parts.password or ""),
        )
        token = base64.b64encode(f"{name}:{word}".encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {token}")
    context = ssl.create_default_context(cafile=certificate_file())
    with urllib.request.urlopen(request, timeout=FETCH_LIMIT_S, context=context) as answer:
        return answer.read(), urllib.parse.urljoin(address, answer.url)


def without_password(address: str) -> str:
    parts = urllib.parse.urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def configured_index() -> str:
    """The package index this machine is told to use, by uv's or pip's own settings."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return re.sub(r"^[\w-]+=(?=\w+:)", "", os.environ[name]).rstrip("/")
    return pip_setting("index-url", DEFAULT_INDEX).rstrip("/")


def certificate_file() -> str | None:
    """A certificate bundle named for any of the tools serves them all."""
    for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE"):
        if os.environ.get(name):
            return os.environ[name]
    return pip_setting("cert", "") or None


def pip_setting(key: str, default: str) -> str:
    """One value from pip's files: the later file wins, as pip has it."""
    home = Path(os.path.expanduser("~"))
    files: list[str | Path] = [
        "/etc/xdg/pip/pip.conf",
        "/etc/pip.conf",
        home / ".pip/pip.conf",
        Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip/pip.conf",
    ]
    named = os.environ.get("PIP_CONFIG_FILE")
    settings = configparser.RawConfigParser()
    with contextlib.suppress(configparser.Error):
        settings.read([] if named == os.devnull else [*files, *([named] if named else [])])
    for section in ("install", "global"):
        if settings.has_option(section, key):
            return settings.get(section, key).split()[0]
    return default


def environment() -> dict[str, str]:
    """This environment without another project's, with a cache that can be written."""
    dropped = ("VIRTUAL_ENV", "PYTHONHOME", "UV_PYTHON", "UV_INDEX_URL", "PIP_USER")
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    env["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    certificates = certificate_file()
    if certificates:
        env.setdefault("SSL_CERT_FILE", certificates)
    if not os.access(os.path.expanduser("~"), os.W_OK):
        env.setdefault("UV_CACHE_DIR", str(TOOLS / "cache"))
    return env


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def succeeds_loudly(command: list[str]) -> bool:
    """Run it with its output on stderr; a failure is the next way's start, not the end."""
    done = subprocess.run(command, cwd=ROOT, env=environment(), check=False, stdout=sys.stderr)
    return done.returncode == 0


def say(line: str) -> None:
    print(f"bootstrap: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
