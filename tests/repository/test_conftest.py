"""The walls that conftest puts up do stand: each is run into, in a pytest of its own."""

import re
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.sampled(3)

CONFTEST = Path(__file__).parents[1] / "conftest.py"


@pytest.fixture
def walled(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the walls need none, and it is slow
    pytester.makeconftest(CONFTEST.read_text())
    pytester.makeini("[pytest]\nmarkers =\n sampled(n): as in pyproject.toml\n slow: too")
    return pytester


def outcome(walled: pytest.Pytester, body: str, *options: str) -> pytest.RunResult:
    walled.makepyfile(body)
    return walled.runpytest_subprocess("-q", *options)


def test_network_home_and_environment_are_out_of_reach(
    walled: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_TOKEN", "X_API_KEY", "CI", "NO_COLOR", "FORCE_COLOR", "https_proxy"):
        monkeypatch.setenv(name, "outside")
    body = """
        import os
        import socket
        from pathlib import Path

        import pytest

        REACHES = [
            lambda: socket.create_connection(("192.0.2.1", 80), 1),
            lambda: socket.socket().connect(("192.0.2.1", 80)),
            lambda: socket.socket().connect_ex(("192.0.2.1", 80)),
            lambda: socket.getaddrinfo("example.com", 443),
            lambda: socket.gethostbyname("example.com"),
        ]

        @pytest.mark.parametrize("reach", REACHES)
        def test_reaching_fails_even_where_errors_are_caught(reach):
            try:
                reach()
            except Exception:
                pass

        def test_loopback_is_open():
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(("localhost", server.getsockname()[1])).close()

        def test_unix_sockets_are_open(tmp_path, monkeypatch):
            monkeypatch.chdir(tmp_path)
            with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as caller:
                listener.bind("s")
                listener.listen()
                caller.connect("s")

        def test_writing_home_is_an_error():
            (Path.home() / ".config").mkdir()

        def test_writing_nothing_after_that_is_none():
            pass

        def test_nothing_of_the_machine_is_left():
            assert [name for name, value in os.environ.items() if value == "outside"] == []
            assert "PATH" in os.environ
    """
    result = outcome(walled, body)
    result.assert_outcomes(passed=5, failed=5, errors=1)
    said = re.findall(r"^E +Failed: a test reached for the network: (.*)", str(result.stdout), re.M)
    assert said == ["192.0.2.1"] * 3 + ["example.com"] * 2
    result.stdout.fnmatch_lines(["*wrote to the home folder: .config*"])


MANY_ALIKE = """
    import pytest
    @pytest.mark.sampled(2)
    @pytest.mark.parametrize("number", range(10))
    def test_costs_much(number):
        pass
    @pytest.mark.sampled(3)
    def test_is_one_of_few():
        pass
    def test_costs_little():
        pass
"""


def test_of_tests_alike_a_seed_draws_as_many_as_the_mark_says(walled: pytest.Pytester) -> None:
    drawn = [outcome(walled, MANY_ALIKE, "-vv", "--sample", seed) for seed in ("1", "1", "2")]
    for result in drawn:
        result.assert_outcomes(passed=2 + 1 + 1, deselected=8)
    first, again, other = (
        re.findall(r"test_\w+(?:\[\d\])?(?= PASSED)", str(result.stdout)) for result in drawn
    )
    assert first == again != other
    outcome(walled, MANY_ALIKE).assert_outcomes(passed=10 + 1 + 1)


ONE_OF_MANY_IS_QUICK = """
    import pytest
    @pytest.mark.sampled(1)
    @pytest.mark.parametrize(
        "number", [0, *(pytest.param(number, marks=pytest.mark.slow) for number in range(1, 50))]
    )
    def test_costs_much(number):
        pass
"""


def test_what_is_left_out_anyway_is_not_drawn(walled: pytest.Pytester) -> None:
    result = outcome(walled, ONE_OF_MANY_IS_QUICK, "-m", "not slow", "--sample", "1")
    result.assert_outcomes(passed=1, deselected=49)


SKIPPING = """
    import pytest
    def test_passes():
        pass
    def test_needs_shared():
        pytest.skip("shared folder absent: /x")
    def test_gives_up():
        pytest.skip("some tool is missing")
"""


def test_a_skip_fails_the_run_where_none_is_allowed(
    walled: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNNER_NO_SKIPS", "1")
    result = outcome(walled, SKIPPING)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert result.outlines[-3:-1] == [
        "skipped 1: shared folder absent: /x (allowed)",
        "skipped 1: some tool is missing (not allowed here)",
    ]
    assert re.fullmatch(r"1 passed, 2 skipped in [\d.]+s", result.outlines[-1])


def test_the_shared_folder_may_be_absent_where_no_other_skip_is_allowed(
    walled: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUNNER_NO_SKIPS", "1")
    result = outcome(walled, SKIPPING, "-k", "not gives_up")
    assert result.ret == pytest.ExitCode.OK


GOLDEN = """
    def test_missing(golden, request):
        golden(request.path.with_name("missing.txt"), "one\\ntwo\\n")
    def test_differs(golden, request):
        golden(request.path.with_name("differs.txt"), "one\\ntwo\\n")
    def test_holds(golden, request):
        golden(request.path.with_name("holds.txt"), "one\\ntwo\\n")
"""


def test_a_golden_file_holds_or_shows_the_difference_and_is_written_on_request(
    walled: pytest.Pytester,
) -> None:
    (walled.path / "differs.txt").write_text("one\nthree\n")
    (walled.path / "holds.txt").write_text("one\ntwo\n")

    result = outcome(walled, GOLDEN)
    result.assert_outcomes(failed=2, passed=1)
    result.stdout.fnmatch_lines(["*no golden file *missing.txt*"])
    result.stdout.fnmatch_lines(["-three", "+two"])

    outcome(walled, GOLDEN, "--update-golden").assert_outcomes(passed=3)
    assert (walled.path / "missing.txt").read_text() == "one\ntwo\n"
    assert (walled.path / "differs.txt").read_text() == "one\ntwo\n"
