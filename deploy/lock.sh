#!/bin/sh
# Renews the lock files: one resolve for everything, then each part held to it. The tools stand apart.
set -e
cd "$(dirname "$0")/../requirements"
uv=../var/bootstrap/bin/uv
compile() { version=$1; shift; "$uv" pip compile --quiet --python-version "$version" --universal --generate-hashes --no-header \
    --excludes without.txt "$@"; }
compile 3.10 dev.in -o dev.txt
for part in rasa web run; do compile 3.10 -c dev.txt "$part.in" -o "$part.txt"; done
compile 3.10 tools.in -o tools.txt
compile 3.8 uv.in -o uv.txt
# What checks and bundles the widget. No address goes into the lock: npm takes each package from where it is set up to.
../var/tools/bin/npm install --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --loglevel=error
