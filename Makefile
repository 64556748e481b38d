# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO := .make/demo
ROOMS := schemas audit rules report runner cli
export OMP_NUM_THREADS ?= 1
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: demo demo-train test lint types unit docs bench clean

demo: .make/demo-ready
	@echo '> gliner-audit examples/good.yaml'
	@$(DEMO)/bin/gliner-audit examples/good.yaml
	@echo
	@echo '> gliner-audit examples/broken.yaml'
	@$(DEMO)/bin/gliner-audit examples/broken.yaml || test $$? -eq 1
	@$(MAKE) --silent --no-print-directory demo-train

# A tiny model, made on the spot, trained on the CPU without a network; then the receipt of the run.
demo-train: .make/train-ready
	@rm -rf .make/tiny && mkdir -p .make/tiny
	@echo
	@echo '> gliner-audit init tiny.yaml --tiny'
	@cd .make/tiny && $(CURDIR)/$(BIN)/gliner-audit init tiny.yaml --tiny 2>/dev/null
	@echo
	@echo '> gliner-audit run tiny.yaml'
	@cd .make/tiny && $(CURDIR)/$(BIN)/gliner-audit run tiny.yaml 2>/dev/null
	@echo
	@echo '> gliner-audit receipt show runs/tiny'
	@cd .make/tiny && $(CURDIR)/$(BIN)/gliner-audit receipt show runs/tiny

test: lint types unit

lint: .make/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .make/ready
	mkdir -p .make/types && ln -sfn ../.. .make/types/gliner_audit
	MYPYPATH=.make/types $(BIN)/mypy $(foreach room,$(ROOMS),-p gliner_audit.$(room)) -m gliner_audit.__main__
	$(BIN)/pyright

unit: .make/ready
	$(BIN)/pytest -n 2 --dist loadfile

docs: .make/ready
	$(BIN)/python -m gliner_audit.rules.build_index
	$(BIN)/python -m gliner_audit.rules.build_docs

clean:
	rm -rf $(VENV) .make build dist *.egg-info

# torch first, pinned: anything else that pulls it would take a build with gigabytes of CUDA.
.make/ready: pyproject.toml .ci/constraints.txt
	rm -rf build
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -c .ci/constraints.txt torch
	$(PIP) install -c .ci/constraints.txt -e '.[train,test,dev]'
	mkdir -p .make && touch $@

.make/train-ready: pyproject.toml .ci/constraints.txt
	rm -rf build
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install -c .ci/constraints.txt torch
	$(PIP) install -c .ci/constraints.txt -e '.[train]'
	mkdir -p .make && touch $@

.make/demo-ready: pyproject.toml .ci/constraints.txt
	rm -rf build
	test -x $(DEMO)/bin/python || $(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python -m pip --disable-pip-version-check --quiet install -c .ci/constraints.txt -e .
	mkdir -p .make && touch $@
