# Two commands for a fresh Debian machine with a Swift toolchain: `make demo` and `make test`.

SWIFT ?= swift

.PHONY: help setup build release test soak test-sandbox check format demo bench bench-plan models install clean
.DEFAULT_GOAL := help

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

setup: ## Install what is missing: Debian's libraries, and the sandbox's Python packages.
	@Scripts/setup

build: setup ## Build the debug version.
	$(SWIFT) build

release: setup ## Build the release version, .build/release/weir, which needs no Swift where it runs.
	$(SWIFT) build -c release --static-swift-stdlib --product weir

test: setup test-sandbox ## Run all tests; the sandbox is started and stopped by them.
	@SWIFT="$(SWIFT)" Scripts/test

soak: setup ## Crashes, faults, races, random policies for longer: PLAY, PLACE, DURATION=120, STRIDE=1, PARTS, SEED.
	$(SWIFT) build --build-tests
	SOAK_SECONDS=$(or $(DURATION),120) SOAK_STRIDE=$(or $(STRIDE),1) $(if $(SEED),SEED=$(SEED)) \
		$(if $(PLACE),SOAK_PLACE=$(PLACE)) $(if $(PARTS),SOAK_PARTS=$(PARTS)) $(if $(FIRST),SOAK_FIRST=$(FIRST)) \
		$(if $(WORKERS),SOAK_WORKERS=$(WORKERS)) $(SWIFT) test --skip-build --filter SoakTests$(if $(PLAY),/$(PLAY))

test-sandbox: setup ## Run the sandbox's own tests.
	cd Sandbox && ../.venv/bin/python -m unittest discover -q -t . -s tests

check: ## Check format, lint, scripts and docs.
	@Scripts/check

format: ## Format all Swift files.
	$(SWIFT) format -i -r --parallel Package.swift Sources Tests

demo: build ## Show plan, apply, drift and rollback on the sandbox.
	@Scripts/demo

bench: setup ## Compare the AWS client with boto3, on a server of its own.
	SWIFT="$(SWIFT)" .venv/bin/python Benchmarks/run.py

bench-plan: setup release ## Plan over accounts of growing size, on the sandbox.
	.venv/bin/python Benchmarks/plan_fleet.py

models: setup ## Make the AWS API descriptions anew from the pinned botocore.
	.venv/bin/python Scripts/trim-models.py
	.venv/bin/python Scripts/trim-endpoints.py

install: release ## Install weir to PREFIX/bin (default /usr/local).
	install -D -s -m 0755 .build/release/weir $(DESTDIR)$(or $(PREFIX),/usr/local)/bin/weir

clean: ## Remove what was built.
	rm -rf .build .venv .sandbox
