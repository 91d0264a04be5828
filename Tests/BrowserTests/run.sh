#!/usr/bin/env bash
# Runs the browser tests against the real server. METROPOLI_BIN names another binary; arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=.build/venv
stamp=$venv/.requirements
if ! cmp -s Tests/BrowserTests/requirements.txt "$stamp"; then
    [ -x $venv/bin/python ] || python3 -m venv $venv
    $venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement Tests/BrowserTests/requirements.txt
    cp Tests/BrowserTests/requirements.txt "$stamp"
fi
python3 Sources/WebClient/build.py
# Each file has a community of its own. A browser on a loaded machine may miss a deadline that no person would notice:
# what fails again fails; a rerun stands in the summary, and one that comes back is a defect to be found.
exec $venv/bin/python -m pytest Tests/BrowserTests -p no:cacheprovider --reruns 1 -m "not scale" "$@"
