import subprocess
import sys

import pytest


@pytest.mark.thorough
def test_reading_answers_and_credentials_loads_neither_tweepy_nor_requests() -> None:
    code = (
        "import sys, runner.x.publisher, runner.x.auth, runner.x.answers\n"
        "print(*({'tweepy', 'requests', 'urllib3', 'oauthlib'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""
