#!/usr/bin/env bash
# Builds the codec with libFuzzer and AddressSanitizer and runs it for a bounded number of inputs.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs="${FUZZ_RUNS:-200000}"
folder=.build/fuzz
mkdir -p "$folder/corpus"
# One module: the fuzzer's entry and the codec's sources together.
find Sources/WireProtocol -name '*.swift' -print0 | sort -z | xargs -0 \
    swiftc -O -sanitize=fuzzer,address -parse-as-library -module-name CodecFuzz -swift-version 6 \
    -o "$folder/codec" Tests/FuzzTests/CodecFuzz.swift
# Seeds: the protocol's examples.
number=0
while IFS= read -r line; do
    number=$((number + 1))
    printf '%s' "$line" >"$folder/corpus/example-$number"
done <Tests/FuzzTests/examples.txt
# Swift's crash handler hangs a fuzz run.
SWIFT_BACKTRACE=enable=no "$folder/codec" -runs="$runs" -max_len=4096 -max_total_time=60 -timeout=10 -verbosity=0 \
    -artifact_prefix="$folder/" "$folder/corpus"
echo "codec fuzz: at most $runs inputs without a fault"
