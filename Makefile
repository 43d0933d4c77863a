# Every target does its own setting up. It needs git, make, Python 3.11 or newer, and PyPI.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.SUFFIXES:
MAKEFLAGS += --no-print-directory
.PHONY: help setup demo check test tested prove simulate lint format lock clean bench

# What a shell may carry that leads uv or Python elsewhere than .venv, or has it compile anew each time.
unexport VIRTUAL_ENV UV_PROJECT_ENVIRONMENT PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE
export UV_PYTHON_DOWNLOADS := never

# Trust what the machine trusts, as git and pip do: a company's proxy has a certificate of its own.
ifneq (,$(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/cert.pem))
export UV_SYSTEM_CERTS := true
export UV_NATIVE_TLS := true
endif

PYTHON = $(shell for python in python3 python3.13 python3.12 python3.11; do \
  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11) or print(sys.executable))' 2>/dev/null && break; done)
UV     = $(shell uv --version 2>/dev/null | grep -Eq '^uv (0\.(9|[1-9][0-9])|[1-9][0-9]*)\.' \
  && command -v uv || echo .tools/uv/bin/uv)

RUN  := env PATH="$(CURDIR)/.venv/bin:$$PATH"
DEMO  = $(RUN) python -m runner demo $(if $(SERVE),--serve)

help:
	@echo "make demo     show the whole way of a post, on this machine, without X (SERVE=1 keeps the local X open)"
	@echo "make check    the fast half of it, while you work: lint, types, floors, quick tests of the rooms"
	@echo "make test     what must hold: lint, format, types, floors, tests, and a sample of those that cost"
	@echo "              much, drawn anew each time (SAMPLE=123 draws as it did when it said so)"
	@echo "make prove    all tests whole, with the long proofs"
	@echo "make simulate 10,000 random worlds in which all that can go wrong does, of fresh seeds (WORLDS=500 FIRST=0)"
	@echo "make bench    what commands cost at 1,000 and 10,000 campaigns (BENCH=\"--files 300\"), and"
	@echo "              what a run reads of a ledger of 1,000 and of 1,000,000 entries, and how long"
	@echo "              1, 12 and 50 accounts take that post at one instant; a contest of 20,000; and"
	@echo "              a report of 12,000 posts"
	@echo "make lint     only ruff, mypy and the floors"
	@echo "make format   put the code in its format"
	@echo "make lock     take up newer versions of the dependencies"
	@echo "make clean    remove all that make made"

demo: setup
	@$(DEMO)

check: lint
	@$(RUN) python scripts/run_tests.py quick

test: setup
	@$(RUN) python scripts/cpu_seconds.py $(MAKE) tested

tested: lint
	@$(RUN) python scripts/run_tests.py sample $(SAMPLE)

prove: setup
	@$(RUN) HYPOTHESIS_PROFILE=prove pytest -n auto --timeout=1800 -m "slow or not slow"

simulate: setup
	@$(RUN) python -m tests.simulation --worlds $(or $(WORLDS),10000) $(if $(FIRST),--first $(FIRST))

bench: setup
	@$(RUN) python scripts/bench.py $(or $(BENCH),--large 10000 --rounds 3 --write)
	@echo && $(RUN) python scripts/bench_ledger.py
	@echo && $(RUN) python scripts/bench_accounts.py
	@echo && $(RUN) python scripts/bench_contest.py
	@echo && $(RUN) python scripts/bench_collecting.py
	@echo && $(RUN) python scripts/bench_year.py

lint: setup
	@echo "lint: ruff, mypy, import-linter"
	@$(RUN) ruff check --quiet
	@$(RUN) ruff format --quiet --check || { echo "not formatted: run \`make format\`" >&2; exit 1; }
	@$(RUN) mypy --no-error-summary
	@floors=$$($(RUN) lint-imports --no-cache --no-logo 2>&1) || { echo "$$floors"; exit 1; }

format: setup
	@$(RUN) ruff check --quiet --fix-only
	@$(RUN) ruff format

lock:
	$(NEED_UV)
	@$(UV) lock --upgrade

clean:
	rm -rf .venv .tools dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find runner tests -type d -name __pycache__ -prune -exec rm -rf {} +

setup: .venv/.synced

.venv/.synced: uv.lock pyproject.toml
	$(NEED_UV)
	@echo "setup: what uv.lock names, into .venv"
	@$(UV) sync --quiet --locked --all-extras --python "$(PYTHON)"
	@touch $@

define NEED_UV
@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed, and none is on PATH" >&2; exit 1; }
@test -x "$(UV)" || { \
  echo "setup: uv, into .tools/uv"; \
  rm -rf .tools/uv && mkdir -p .tools; \
  "$(PYTHON)" -m venv .tools/uv > .tools/venv.log 2>&1 || { \
    cat .tools/venv.log; \
    echo "$(PYTHON) cannot make virtual environments. On Debian and Ubuntu: apt install python3-venv"; \
    rm -rf .tools/uv; exit 1; } >&2; \
  .tools/uv/bin/python -m pip install -qq --disable-pip-version-check \
    --require-hashes --no-deps --only-binary :all: -r .ci/uv.txt || { \
    echo "uv could not be installed from PyPI" >&2; rm -rf .tools/uv; exit 1; }; }
endef
