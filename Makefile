# Everything a newcomer needs works on a bare machine with Python 3.11, make and the package registries.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOUR := examples/holiday-window
ON := 2026-11-24

.PHONY: help setup system tour test check bench bench-pictures bench-hostile bench-house bench-rulings bench-everyday bench-million bench-copies bench-fingerprints bench-scan bench-pdq mutations docs pins clean

help:  ## show what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(READY) system  ## install everything into .venv, and the programs that tests drive

# Tests look at pages in a browser and read files that another tool wrote. Where these are not there and cannot be
# installed, those tests are skipped, and say so.
system:
	@missing=; for pair in chromium:chromium exiftool:libimage-exiftool-perl ssh-keygen:openssh-client pg_ctlcluster:postgresql; do \
	  command -v $${pair%%:*} >/dev/null || missing="$$missing $${pair##*:}"; done; \
	if [ -n "$$missing" ] && command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing$$missing …" >&2; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	elif [ -n "$$missing" ]; then echo "Without$$missing some tests are skipped." >&2; fi

$(READY): pyproject.toml constraints.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …" >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,vision,sign,match,house,postgres]'
	@touch $(READY)

tour: $(READY)  ## check examples/holiday-window and say where the answer is
	@mkdir -p build
	@$(BIN)/lastlook check $(TOUR) --on $(ON) --format html --output build/holiday-window.html 2>/dev/null; test $$? -eq 1
	@echo "The answer as a page to work through: file://$(CURDIR)/build/holiday-window.html"
	@echo "The same in text:"
	@echo
	@COLUMNS=88 $(BIN)/lastlook check $(TOUR) --on $(ON); test $$? -eq 1
	@$(BIN)/lastlook check $(TOUR) --on $(ON) --format json --output build/holiday-window.json 2>/dev/null; test $$? -eq 1
	@echo
	@echo "The same for programs: build/holiday-window.json"
	@echo "Next: $(BIN)/lastlook explain house-pairing, and the five-minute tour in README.md."

test: $(READY) system  ## set everything up and run all that CI runs
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest

check: $(READY)  ## format, lint, types, import layers, examples of rules
	@$(BIN)/ruff format --check --quiet . || { echo "Run: $(BIN)/ruff format ." >&2; exit 1; }
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/lastlook rules test

bench: $(READY)  ## measure judging, with and without a thousand added rules
	@$(BIN)/python -m tests.bench.judging

bench-pictures: $(READY)  ## measure memory for 500 pictures, and what a second run does again
	@$(BIN)/python -m tests.bench.pictures

bench-hostile: $(READY) system  ## ten thousand broken files for each reader of pictures, sheets and manifests
	@LASTLOOK_CASES=10000 $(BIN)/pytest -q tests/lastlook/dossier -k test_hostile

bench-house: $(READY)  ## measure a record of 100,000 entries, and what the gate does
	@$(BIN)/python -m tests.bench.house

bench-rulings: $(READY)  ## judge decisions of regulators (FILE=… names them)
	@$(BIN)/python -m tests.bench.rulings $(FILE)

bench-copies: $(READY)  ## find edited copies among distractors, beside the well-known ways (FLAGS=--write writes the page)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -W ignore -m tests.bench.copies $(FLAGS)

bench-fingerprints: $(READY)  ## fingerprints a second, beside the common binding, for JPEGs of 0.3 to 12 million pixels
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench.copies.fingerprints

bench-scan: $(READY)  ## exact range search among up to a million hashes, by numpy and by faiss
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench.copies.scanning

bench-pdq: $(READY)  ## our PDQ against the common binding on two thousand generated pictures
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@LASTLOOK_CASES=2000 $(BIN)/pytest -q tests/lastlook/matching/test_pdq.py

bench-everyday: $(READY)  ## what ordinary scenes are asked: no blocks, few requests
	@$(BIN)/python -m tests.bench.everyday

bench-million: $(READY)  ## judge a million recombined decisions (FILE=… names them)
	@$(BIN)/python -m tests.bench.recombinations $(FILE)

mutations: $(READY)  ## turn every literal of every rule round; some example has to notice
	@$(BIN)/python -m tools.mutations

docs: $(READY)  ## write the generated pages again
	@$(BIN)/python -m tools.docs

pins: $(READY)  ## resolve constraints.txt again (needs uv; no index address is written)
	@uv pip compile --quiet --universal --all-extras --no-emit-index-url --no-emit-find-links --no-header pyproject.toml -o constraints.txt

clean:
	@rm -rf $(VENV) build src/*.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
