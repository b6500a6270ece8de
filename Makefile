# Two commands do everything on a fresh machine with Python 3.11 or newer, git and make:
#   make site    environment, locked dependencies, check, build into site/
#   make test    everything that can be tested here
PYTHON ?= python3
AT ?=
FORMAT ?= text
PREVIOUS ?=
CHANGED ?=
BASE ?= main
BIN := .venv/bin

.PHONY: scripts site previous serve check report example test bench fuzz volumes lock wheel wheelhouse sbom advisories contact-sheet clean

site: .venv/site
	$(BIN)/quanze build --previous "$(PREVIOUS)" $(if $(AT),--at $(AT))

# The commit of the site that is online now, for `make site PREVIOUS=`; nothing where there is none yet.
previous: .venv/site
	@$(BIN)/quanze previous

serve: .venv/site
	$(BIN)/quanze serve $(if $(AT),--at $(AT))

check: .venv/site
	$(BIN)/quanze check --format $(FORMAT) $(if $(CHANGED),--changed "$(CHANGED)") $(if $(AT),--at $(AT))

# What a branch puts forward, written into report/; its errors are told by `make check`.
report: .venv/site
	mkdir -p report
	$(BIN)/quanze report "$(BASE)" $(if $(AT),--at $(AT)) $(if $(TIP),--tip "$(TIP)") \
	  -o report/report.md -o report/report.json -o report/审批表.docx || [ $$? = 1 ]

# The register of a bureau that does not exist, with all that only a bureau can decide, replayed into build/shili/.
example: .venv/site
	$(BIN)/python examples/replay.py build/shili
	cd build/shili && ../../$(BIN)/quanze build --at 2026-11-26

test: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --check-metaschema schema/*.json
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/zizmor --offline --no-progress --quiet .github/workflows
	$(MAKE) --no-print-directory scripts
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

# The scripts of the site, as their types say; node is no part of a register, so without it they are not looked at.
scripts:
	@if command -v npm >/dev/null; \
	then npm ci --silent --ignore-scripts --no-fund --no-audit && npm exec --offline -- tsc -p tsconfig.json; \
	else echo "没有 node 和 npm：跳过网页脚本的类型检查"; fi

# Inputs that nobody would write, for as long as it is told: make fuzz SECONDS=36000 SEED=1
fuzz: .venv/test
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS) --seed $(SEED)
SECONDS ?= 600
SEED ?= 0

# The same in volumes that a release is tried with, one process at a time; hours.
volumes: .venv/test
	for round in "records 1000000" "texts 1000000" "pages 100000" "forms 100000" "lists 100000" "workbooks 10000"; do \
	  $(BIN)/python -m tests.bulk $$round || exit 1; done

bench: .venv/test
	$(BIN)/python -m benchmarks.run --competitors $(COMPETITORS)

# The environments are stamps: they are made again when a lock changes.
.venv/site: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

.venv/test: requirements-dev.lock .venv/site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("要 Python 3.11 以上，$(PYTHON) 是 %d.%d；请写明用哪个，如 make PYTHON=python3.11" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

# Needs uv; the locks hold for every system and Python from 3.11 on, and name no index.
lock:
	uv pip compile $(LOCK) --group build pyproject.toml -o requirements.lock
	uv pip compile $(LOCK) --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	uv pip compile $(LOCK) -c requirements.lock pyproject.toml -o src/quanze/edit/starter/requirements.lock
LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

# This version as a wheel, which `quanze init --wheel` locks.
wheel: .venv/site
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir wheelhouse .

# All that a machine without network needs: the same, and the wheels that it depends on.
wheelhouse: wheel
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --require-hashes --dest wheelhouse \
	  --requirement src/quanze/edit/starter/requirements.lock

# The kinds of pages on a desk, on a telephone, in the dark and in elder mode, in docs/develop/contact-sheet.webp; needs Debian's Chromium.
contact-sheet: .venv/test
	$(BIN)/python -m tests.contact_sheet

# What the wheel brings into a register's environment, and what needs what (CycloneDX), beside the release.
sbom: .venv/test
	$(PYTHON) -m venv --clear --without-pip .venv/sbom
	$(BIN)/python -m pip --python .venv/sbom/bin/python install --quiet --disable-pip-version-check --require-hashes \
	  -r src/quanze/edit/starter/requirements.lock
	$(BIN)/python -m pip --python .venv/sbom/bin/python install --quiet --disable-pip-version-check --no-deps .
	$(BIN)/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml --mc-type application \
	  --output-file sbom.cdx.json .venv/sbom/bin/python

# Whether an advisory is known of a locked package; needs the network.
advisories: .venv/test
	for lock in requirements.lock requirements-dev.lock src/quanze/edit/starter/requirements.lock; do \
	  $(BIN)/pip-audit --strict --disable-pip --require-hashes --requirement $$lock || exit 1; done

clean:
	rm -rf site site.new site.old .cache
