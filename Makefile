# Metropoli. Two commands do everything on a fresh Debian 12 with a Swift toolchain:
#   make run    installs what is missing, builds, loads seeds/ and serves http://127.0.0.1:8080
#   make test   installs what is missing, builds and passes all tests
# The others: setup check format lint bench docs screenshots clean. `make check` is what CI runs.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

CONFIG ?= config/metropoli.yaml
DATA   ?= data
SEEDS  ?= $(sort $(wildcard seeds/*.yaml))
PYTHON ?= python3

DEBIAN := libwebsockets-dev libwebsockets-evlib-uv libuv1-dev libev-dev libssl-dev libsqlite3-dev libargon2-dev \
    libmd4c-dev libstemmer-dev libgd-dev libmagic-dev libical-dev libcurl4-openssl-dev libexpat1-dev libzip-dev \
    libcairo2-dev libpango1.0-dev libqrencode-dev fonts-open-sans pkg-config openssl ca-certificates python3 python3-venv python3-pip nodejs \
    node-typescript esbuild node-popper2 node-diff chromium fonts-noto-color-emoji python3-aiosmtpd poppler-utils zbar-tools
# `swift build` resolves versions anew: see CONTRIBUTING.
SWIFT_BUILD := swift build --explicit-target-dependency-import-check error
# Generic code is specialised across our targets: about 7 % less processor time for each post.
SWIFT_RELEASE := $(SWIFT_BUILD) -c release -Xswiftc -cross-module-optimization

help:
	@sed -n 's/^# \{0,1\}//;1,4p' Makefile

# Installs what is missing, by name, from Debian and PyPI.
setup:
	@missing=(); for name in $(DEBIAN); do \
	    dpkg-query -W -f='$${Status}' "$$name" 2>/dev/null | grep -q 'install ok installed' || missing+=("$$name"); done; \
	if [ "$${#missing[@]}" -gt 0 ]; then \
	    echo "installing: $${missing[*]}"; \
	    sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
	    $$sudo apt-get -o DPkg::Lock::Timeout=300 update -qq; \
	    DEBIAN_FRONTEND=noninteractive $$sudo apt-get -o DPkg::Lock::Timeout=300 install -y -qq --no-install-recommends \
	        "$${missing[@]}" >/dev/null; fi

# The browser client: vendored parts by hash from PyPI, bundled by Debian's esbuild into .build/web.
web: setup
	@$(PYTHON) Sources/WebClient/build.py

build: setup web
	$(SWIFT_RELEASE) --product metropoli
	$(SWIFT_RELEASE) --product metropoli-bot
	$(SWIFT_RELEASE) --product metropoli-chat

run: build
	.build/release/metropoli seed --config $(CONFIG) --data $(DATA) $(SEEDS)
	exec .build/release/metropoli serve --config $(CONFIG) --data $(DATA)

# Everything that must pass: manifest's import table, unit and live tests, the browser client's own tests, the browser.
test: setup web
	$(SWIFT_BUILD) --build-tests
	swift test --skip-build
	$(PYTHON) Sources/WireProtocol/generate.py --check .build/debug/metropoli
	$(PYTHON) Sources/WebClient/build.py --check
	bash Tests/FuzzTests/run.sh
	METROPOLI_BIN=.build/debug/metropoli bash Tests/BrowserTests/run.sh

lint: setup
	swift format lint --strict -r Sources Plugins Tests Package.swift

format: setup
	swift format -i -r Sources Plugins Tests Package.swift

check: lint test

# Fan-out, latency, memory, connects, durable posts and resume against the plain libwebsockets broadcaster in one run;
# a race for seats against as many posts, and a calendar feed of 1,000 events against the same bytes as a file.
bench: setup
	$(SWIFT_RELEASE) --product metropoli
	bash Tests/Benchmarks/run.sh

# The protocol's pages, generated from the types, and the operations' list.
docs: setup
	$(SWIFT_BUILD) --product metropoli
	$(PYTHON) Sources/WireProtocol/generate.py .build/debug/metropoli

screenshots: setup web
	$(SWIFT_BUILD) --product metropoli
	METROPOLI_BIN=.build/debug/metropoli bash Tests/BrowserTests/run.sh -k test_screen

# What a first visit loads, compressed; how long from signing in to a channel among 200; whether typing is ever blocked.
web-budget: web
	$(PYTHON) Sources/WebClient/tooling/budget.py
	$(SWIFT_RELEASE) --product metropoli
	METROPOLI_BIN=.build/release/metropoli bash Tests/BrowserTests/run.sh -m scale -k test_budget -s

clean:
	rm -rf .build

.PHONY: help setup web build run test lint format check bench docs screenshots web-budget clean
