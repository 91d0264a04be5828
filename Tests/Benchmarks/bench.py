#!/usr/bin/env python3
"""Measures the release server against a bare libwebsockets broadcaster in the same run and prints ratios.

The load comes from the instrument in ../shared/tools/wsload (METROPOLI_WSLOAD names another place); server on one core,
generator on the other. Absolute figures of a shared machine mean little: read the ratios. The JSON lands in .build/bench.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

from documents import open_old, write_together
from gatherings import calendar_feed, desk_import, race_for_seats
from resume import measure_resume
from server import Broadcaster, Metropoli

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / ".build" / "bench"
SERVER_CORE, LOAD_CORE = "0", "1"

# name: connections, rooms and further flags of wsload
FANOUT = {
    "W1": (1_000, 1, ["--window", "1"]),
    "W1p": (1_000, 1, ["--window", "16"]),
    "W2": (10_000, 1, ["--window", "1"]),
    "W3": (5_000, 200, ["--window", "1", "--pubs", "all"]),
    "W4": (100, 1, ["--rate", "100"]),
}


def instrument():
    source = pathlib.Path(os.environ.get("METROPOLI_WSLOAD", ROOT.parent / "shared" / "tools" / "wsload"))
    if not source.is_dir():
        raise SystemExit(f"the load generator is not at {source}: set METROPOLI_WSLOAD")
    target = WORK / "wsload"
    if not target.exists():
        shutil.copytree(source, target)
        for path in [target, *target.rglob("*")]:
            path.chmod(0o755)
    subprocess.run(["make", "-s", "all", "peers"], cwd=target, check=True)
    return target


def load(tool, protocol, server, connections, rooms, flags, tokens=None, seconds=6):
    command = ["taskset", "-c", LOAD_CORE, str(tool / "wsload"), "--proto", str(tool / "protocols" / protocol),
               "--port", str(server.port), "--conns", str(connections), "--rooms", str(rooms), "--body", "200",
               "--secs", str(seconds), "--pid", str(server.pid), *flags]
    if tokens:
        command += ["--tokens", tokens, "--set", f"run=r{time.monotonic_ns() % 10**9}"]
    done = subprocess.run(command, capture_output=True, text=True)
    try:
        return json.loads(done.stdout.strip().splitlines()[-1])
    except (IndexError, ValueError):
        raise SystemExit(f"wsload gave no figures: {done.stdout} {done.stderr}")


def pair(tool, ours, reference, name, rounds, seconds):
    """Alternates reference and ours, so that what disturbs the machine disturbs both."""
    connections, rooms, flags = FANOUT[name]
    tokens, _ = ours.token_file(connections, rooms)
    runs = {"ours": [], "reference": []}
    for _ in range(rounds):
        runs["reference"].append(load(tool, "lws.proto", reference, connections, rooms, flags, seconds=seconds))
        runs["ours"].append(
            load(tool, "metropoli.proto", ours, connections, rooms, flags, tokens=tokens, seconds=seconds))
    result = {"runs": runs}
    for key in ["deliv_per_s", "msgs_per_s", "srv_cpu_s_per_M"]:
        values = {side: [run[key] for run in runs[side] if run.get(key)] for side in runs}
        if all(values.values()):
            middle = {side: statistics.median(values[side]) for side in values}
            result[key] = {**middle, "ratio": round(middle["ours"] / middle["reference"], 3)}
    latency = {side: [run["lat_us"] for run in runs[side] if run.get("lat_us")] for side in runs}
    result["lat_us"] = {
        side: {quantile: statistics.median(one[quantile] for one in values) for quantile in ["p50", "p99"]}
        for side, values in latency.items() if values and "p50" in values[0]}
    result["faults"] = {
        key: sum(run.get(key, 0) for run in runs["ours"]) for key in ["lost", "dups", "reordered", "order_diff"]}
    return result


def show(name, result):
    parts = []
    for key in ["deliv_per_s", "msgs_per_s", "srv_cpu_s_per_M"]:
        if key in result:
            figure = result[key]
            parts.append(f"{key} {figure['ours']:.4g} / {figure['reference']:.4g} = {figure['ratio']}")
    for side, quantiles in result.get("lat_us", {}).items():
        parts.append(f"{side} p50 {quantiles['p50']} p99 {quantiles['p99']} us")
    print(f"{name:10} " + "; ".join(parts) + f"; faults {result['faults']}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--only", help="comma-separated names of measurements")
    options = parser.parse_args()
    chosen = options.only.split(",") if options.only else None

    def wanted(name):
        return chosen is None or name in chosen

    tool = instrument()
    reference = Broadcaster(tool / "peers" / "lws_bcast", SERVER_CORE)
    ours = Metropoli(str(ROOT / ".build" / "release" / "metropoli"), SERVER_CORE)
    results = {}
    try:
        ours.populate(options.people)
        # First what depends on how many channels a person sees: the later measurements make hundreds.
        if wanted("idle"):
            tokens, _ = ours.token_file(10_000, 1)
            figures = load(tool, "metropoli.proto", ours, 10_000, 1, ["--mode", "idle"], tokens=tokens, seconds=5)
            bare = load(tool, "lws.proto", reference, 10_000, 1, ["--mode", "idle"], seconds=5)
            results["idle"] = {"ours": figures, "reference": bare}
            print(f"idle       KB per connection {figures.get('kb_per_conn')} / {bare.get('kb_per_conn')}",
                  flush=True)
        if wanted("connect"):
            tokens, _ = ours.token_file(4_000, 1)
            churn = load(tool, "metropoli.proto", ours, 1_000, 1, ["--mode", "churn"], tokens=tokens, seconds=5)
            storm = load(tool, "metropoli.proto", ours, 4_000, 1, ["--mode", "storm"], tokens=tokens, seconds=5)
            results["connect"] = {"churn": churn, "storm": storm}
            print(f"connect    {churn.get('per_s')} /s; storm of 4000: all in within {storm.get('connect_s')} s, "
                  f"failed {storm.get('failed')}", flush=True)
        for name in FANOUT:
            if wanted(name):
                results[name] = pair(tool, ours, reference, name, options.rounds, options.seconds)
                show(name, results[name])
        if wanted("writers"):
            # The one writer first: after the many, the search index has a backlog to read.
            tokens, _ = ours.token_file(1, 1)
            one = load(tool, "metropoli.proto", ours, 1, 1, ["--window", "1"], tokens=tokens, seconds=5)
            tokens, _ = ours.token_file(400, 400)
            many = load(tool, "metropoli.proto", ours, 400, 400, ["--window", "4"], tokens=tokens, seconds=5)
            results["writers"] = {"many": many, "one": one}
            print(f"writers    {many['msgs_per_s']:.0f} durable posts/s by 400 writers, {one['msgs_per_s']:.0f} by one",
                  flush=True)
        if wanted("resume"):
            results["resume"] = measure_resume(ours, 10_000)
            print(f"resume     {results['resume']}", flush=True)
        if wanted("race"):
            results["race"] = race_for_seats(ours, max(400, options.people), options.rounds)
            figures = results["race"]
            print(f"race       {figures['people']} people for 50 seats: {figures['registrations_per_s']} registrations/s / "
                  f"{figures['posts_per_s']} posts/s = {figures['ratio']}; faults {figures['faults']}", flush=True)
        if wanted("feed"):
            results["feed"] = calendar_feed(ours, 5 * options.rounds)
            figures = results["feed"]
            print(f"feed       {figures['events']} events, {figures['bytes']} bytes: {figures['built_ms']} ms, unchanged "
                  f"{figures['unchanged_ms']} ms, {figures['unchanged_ratio']} times less; the same "
                  f"bytes as a file {figures['same_bytes_ms']} ms = {figures['ratio']}; "
                  f"faults {figures['faults']}", flush=True)
        if wanted("desk"):
            results["desk"] = desk_import(ours, 500, options.rounds)
            print(f"desk       {results['desk']}", flush=True)
        if wanted("documents"):
            results["documents"] = write_together(ours, options.seconds)
            figures = results["documents"]
            print(f"documents  20 editors of one text: {figures['ours']} / posts {figures['reference']} = "
                  f"{figures['ratio']}; faults {figures['faults']}", flush=True)
        if wanted("old-document"):
            results["old-document"] = open_old(ours)
            print(f"old text   {results['old-document']}", flush=True)
    finally:
        ours.stop()
        reference.stop()
    WORK.mkdir(parents=True, exist_ok=True)
    path = WORK / f"bench-{time.strftime('%Y%m%dT%H%M%S')}.json"
    path.write_text(json.dumps(results, indent=1))
    print(f"written to {path.relative_to(ROOT)}")
    faults = sum(sum(result.get("faults", {}).values()) for result in results.values())
    return 1 if faults else 0


if __name__ == "__main__":
    WORK.mkdir(parents=True, exist_ok=True)
    sys.exit(main())
