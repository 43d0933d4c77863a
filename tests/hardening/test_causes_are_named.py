"""G12: what stands in git's way is named, with the one thing to do about it."""

import os

import pytest

from runner.git.checkout import Checkout
from runner.git.failure import failure_of
from runner.problems import LedgerOutOfReach


def test_g12_git_that_is_not_there_is_no_missing_repository(tmp_path):
    with pytest.raises(LedgerOutOfReach, match="git can't be started") as refused:
        Checkout(tmp_path, {"PATH": str(tmp_path)})
    assert refused.value.help == "install git"


def test_g12_a_repository_of_somebody_else_is_no_missing_one(tmp_path):
    program = tmp_path / "git"
    said = "fatal: detected dubious ownership in repository at /x"
    program.write_text(f"#!/bin/sh\necho '{said}' >&2\nexit 128\n")
    program.chmod(0o755)
    with pytest.raises(LedgerOutOfReach, match="belongs to somebody else") as refused:
        Checkout(tmp_path, {"PATH": str(tmp_path)})
    assert "safe.directory" in str(refused.value.help)


def test_a_folder_without_a_repository_is_told_as_one(tmp_path):
    environ = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}
    with pytest.raises(LedgerOutOfReach, match="in no git repository"):
        Checkout(tmp_path, environ)


@pytest.mark.parametrize(
    "why",
    [
        "SSL certificate problem: unable to get local issuer certificate",
        "server certificate verification failed. CAfile: none CRLfile: none",
    ],
)
def test_g12_a_certificate_that_is_not_trusted_is_named(why):
    failed = failure_of(f"fatal: unable to access 'https://git.acme.lv/a/': {why}", "ls-remote")
    assert failed.message.startswith("git does not trust the certificate of the remote")
    assert "http.sslCAInfo" in str(failed.help)
    assert failed.final
