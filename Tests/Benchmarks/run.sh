#!/usr/bin/env bash
# `make bench`: the release server and a bare libwebsockets broadcaster in one run, on the same machine, alternately.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec python3 Tests/Benchmarks/bench.py "$@"
