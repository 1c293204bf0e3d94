# One command per need. The environments are a pure function of pyproject.toml and requirements.lock:
# when either changes they are made again, otherwise `make setup` does nothing.

PYTHON ?= python3
SOURCES := api data engine schemas signals tests $(wildcard benchmarks)
KEY := $(shell cat pyproject.toml requirements.lock | sha256sum | cut -c1-16)
STAMP := .venv/ready-$(KEY)
STAMP313 := .venv-3.13/ready-$(KEY)
WORKERS ?= 2

# Only looked up by the targets that need it. A python3.13 on PATH can be a version manager's shim
# that does not run, so each candidate is asked for its version.
PYTHON313 ?= $(shell sh .ci/find-python 3.13)

# One thread per process: the order of floating-point additions in BLAS depends on the thread count.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export MKL_NUM_THREADS := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help setup setup-3.13 test test-3.13 test-long lint format bench serve openapi lock clean

help:  ## print the targets
	@awk -F ':.*## ' '/^[a-z0-9.-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP)  ## make .venv from the lock (PYTHON=python3)

setup-3.13: $(STAMP313)  ## make .venv-3.13 from the same lock (PYTHON313=...)

test: setup  ## run the tests (reference data: IRONFLY_REFERENCE_DATA, default ../shared)
	.venv/bin/python -m pytest -n $(WORKERS) $(ARGS)

test-3.13: setup-3.13  ## run the tests on Python 3.13
	.venv-3.13/bin/python -m pytest -n $(WORKERS) $(ARGS)

test-long: setup  ## run the tests marked long and every property test, with 2,000 examples each
	.venv/bin/python -m pytest -n $(WORKERS) -m "long or hypothesis" --hypothesis-profile=long -o faulthandler_timeout=3600 $(ARGS)

lint: setup  ## ruff, mypy --strict, import contracts, generated files up to date
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy --strict $(SOURCES)
	.venv/bin/lint-imports
	.venv/bin/python -m api.openapi --check

format: setup  ## rewrite the sources as ruff likes them
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

serve: setup  ## serve the page and the API, with the demo (ARGS="--port 8000")
	.venv/bin/ironfly serve --demo $(ARGS)

openapi: setup  ## write the OpenAPI document of the service
	.venv/bin/python -m api.openapi

bench: setup  ## run the benchmarks
	.venv/bin/python -m benchmarks $(ARGS)

# One version of each package for every supported Python, so that 3.11 and 3.13 compare like with like.
lock: setup  ## resolve requirements.lock again from pyproject.toml (ARGS=--upgrade)
	.venv/bin/uv pip compile --system-certs pyproject.toml --extra dev --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --quiet --output-file requirements.lock $(ARGS)

clean:  ## remove environments, caches and build results
	rm -rf .venv .venv-3.13 .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	find $(SOURCES) -name __pycache__ -prune -exec rm -rf {} +

# install_into(environment): uv comes from the lock like everything else; where uv cannot reach the
# index (one configured for pip only), pip installs the same files, checked against the same hashes.
define install_into
	awk '/^[^ #]/ {keep = /^uv==/} keep' requirements.lock > $(1)/uv.lock
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)/uv.lock
	$(1)/bin/uv pip install --system-certs --quiet --python $(1)/bin/python --require-hashes --no-build -r requirements.lock \
		|| $(1)/bin/python -m pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	touch $@
endef

$(STAMP): | pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear .venv
	$(call install_into,.venv)

$(STAMP313): | pyproject.toml requirements.lock
	@test -n "$(PYTHON313)" || { echo "no working python3.13 found; set PYTHON313=/path/to/python3.13" >&2; exit 1; }
	$(PYTHON313) -m venv --clear .venv-3.13
	$(call install_into,.venv-3.13)
