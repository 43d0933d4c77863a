"""What every test stands on: the forbidden made impossible, golden files, no unseen skips."""

import difflib
import gc
import ipaddress
import os
import random
import re
import socket
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

pytest.register_assert_rewrite("tests.unit.stores.ledger_contract")
TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SHARED_ABSENT = "shared folder absent"

# As it was outside: for the options below, and for the one subprocess that needs the registry.
OUTSIDE = dict(os.environ)
KEPT = re.compile(
    r"PATH|TMPDIR|PYTEST_\w+|PYTHONHASHSEED|PYTHONUTF8"
    r"|SYSTEM(ROOT|DRIVE)|WINDIR|COMSPEC|PATHEXT|TE?MP|NUMBER_OF_PROCESSORS"  # Windows needs them
)


# --- Options and profiles


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files from what the tests got"
    )
    parser.addoption(
        "--sample", metavar="SEED", help="of tests marked `sampled`, run those that SEED draws"
    )


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(100_000, 20, 20)  # as the command line does, and for the same reason
    slow_machine = [hypothesis.HealthCheck.too_slow]
    for profile, examples in (("check", 5), ("sample", 15), ("default", 50), ("prove", 2000)):
        hypothesis.settings.register_profile(
            profile,
            max_examples=examples,
            deadline=None,
            derandomize=profile in ("sample", "default") and "CI" in OUTSIDE,
            suppress_health_check=slow_machine,
        )
    hypothesis.settings.load_profile(OUTSIDE.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish() -> None:
    gc.freeze()  # what was collected stays to the end: no need to walk it again and again


# --- Samples: of what costs much, `make test` runs some, and `make prove` all


@pytest.hookimpl(trylast=True)  # of what -m and -k leave
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --sample, leaves n of the tests that one mark `sampled(n)` stands at."""
    if (seed := config.getoption("--sample")) is None:
        return
    families = defaultdict(list)
    for item in items:
        for node, mark in item.iter_markers_with_node("sampled"):
            where = node.nodeid.partition("[")[0]
            families[where, *mark.args].append(item)
            break  # the nearest mark decides
    left_out = {
        item
        for (where, most), family in families.items()
        for item in random.Random(f"{seed} {where}").sample(family, max(len(family) - most, 0))
    }
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]


# --- Skips: counted by reason, and with RUNNER_NO_SKIPS allowed for one reason only


def skips(config: pytest.Config) -> Counter[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    found = reporter.stats.get("skipped", []) if reporter else []
    return Counter(report.longrepr[2].removeprefix("Skipped: ") for report in found)


def forbidden_skips(config: pytest.Config) -> Counter[str]:
    if "RUNNER_NO_SKIPS" not in OUTSIDE:
        return Counter()
    counted = skips(config).items()
    return Counter({why: n for why, n in counted if not why.startswith(SHARED_ABSENT)})


def pytest_sessionfinish(session: pytest.Session) -> None:
    if forbidden_skips(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    forbidden = forbidden_skips(config)
    for why, count in sorted(skips(config).items()):
        verdict = "not allowed here" if why in forbidden else "allowed"
        terminalreporter.write_line(f"skipped {count}: {why} ({verdict})", red=why in forbidden)
    for what, count in sorted(figures(terminalreporter).items()):
        terminalreporter.write_line(f"{what}: {count}")


def figures(reporter: pytest.TerminalReporter) -> Counter[str]:
    """What the proofs have counted, as `record_property("figures", {…})`, together."""
    found: Counter[str] = Counter()
    for report in reporter.stats.get("passed", []):
        for name, counted in report.user_properties:
            found.update(counted if name == "figures" else {})
    return found


# --- The forbidden: a network, a home folder, the machine's environment


@pytest.fixture(scope="session", autouse=True)
def clean_environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tokens, proxies, CI, colour and GITHUB_* of the machine are gone; home is an empty folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in set(os.environ):
            if not KEPT.fullmatch(name):
                patch.delenv(name)
        home = str(tmp_path_factory.mktemp("home"))
        patch.setenv("HOME", home)
        patch.setenv("USERPROFILE", home)  # on Windows
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("user")))  # the cache's key
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("GIT_ALLOW_PROTOCOL", "file")
        patch.setenv("GIT_TEMPLATE_DIR", without_samples(tmp_path_factory.mktemp("repository")))
        yield


def without_samples(folder: Path) -> str:
    """What a new repository begins with: the folders that git makes, not the samples of hooks,
    whose copying takes half of making one."""
    for name in ("hooks", "info"):
        (folder / name).mkdir()
    return str(folder)


@pytest.fixture(autouse=True)
def untouched_home(clean_environment: None) -> Iterator[None]:
    home = Path(os.environ["HOME"])
    yield
    left = sorted(path.name for path in home.iterdir())
    for name in left:
        (home / name).rename(home.with_name(f"{home.name}-{name}-{os.urandom(4).hex()}"))
    assert not left, f"the test wrote to the home folder: {', '.join(left)}"


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Loopback and Unix sockets only. A breach fails the test even where code catches errors."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, only_loopback(getattr(socket.socket, name)))
        for name in ("getaddrinfo", "gethostbyname"):
            patch.setattr(socket, name, only_loopback_name(getattr(socket, name)))
        yield


def only_loopback(real: Callable) -> Callable:
    def connect(self: socket.socket, address: object) -> object:
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse_unless_loopback(address[0])
        return real(self, address)

    return connect


def only_loopback_name(real: Callable) -> Callable:
    def look_up(host: str | bytes | None, *args: object, **kwargs: object) -> object:
        if host:
            refuse_unless_loopback(host.decode() if isinstance(host, bytes) else host)
        return real(host, *args, **kwargs)

    return look_up


def refuse_unless_loopback(host: str) -> None:
    if host == "localhost":
        return
    try:
        allowed = ipaddress.ip_address(host).is_loopback
    except ValueError:
        allowed = False
    if not allowed:
        pytest.fail(f"a test reached for the network: {host}")


# --- Golden files

UPDATE = "`pytest {} --update-golden` writes it: read what changed"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """`golden(path, actual)` compares with the file, or with --update-golden writes it."""

    def compare(path: Path, actual: str) -> None:
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(actual.encode())
        elif not path.exists():
            pytest.fail(f"no golden file {path}\n{UPDATE.format(request.path)}", pytrace=False)
        elif actual != (expected := path.read_bytes().decode()):
            before, after = expected.splitlines(), actual.splitlines()
            diff = difflib.unified_diff(before, after, str(path), "actual", lineterm="")
            shown = "\n".join(diff) or "they differ only in how lines end"
            pytest.fail(f"{shown}\n{UPDATE.format(request.path)}", pytrace=False)

    return compare


# --- What stands beside the tests


@pytest.fixture(scope="session")
def outside_environment() -> dict[str, str]:
    """The machine's own environment, for a subprocess that has to reach the package registry."""
    return dict(OUTSIDE)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `../shared` beside the repository, which a clone does not have."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{SHARED_ABSENT}: {folder}")
    return folder


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, object]:
    """Cassettes are replayed, never recorded by accident, and hold nothing private."""
    return {
        "record_mode": "none",
        "filter_headers": ["authorization", "cookie"],
        "before_record_response": without_private_headers,
    }


def without_private_headers(response: dict) -> dict:
    """vcrpy asks on replay too, so the rate limits, which tests read, have to stay."""
    private = re.compile(r"set-cookie|x-(?!rate-limit-).*", re.IGNORECASE)
    headers = {k: v for k, v in response["headers"].items() if not private.fullmatch(k)}
    return {**response, "headers": headers}
