#!/bin/sh
# Renews the lock files: one resolve for everything, then each part held to it.
set -e
cd "$(dirname "$0")/../requirements"
uv=../var/bootstrap/bin/uv
compile() { "$uv" pip compile --quiet --python-version 3.10 --universal --generate-hashes --no-header "$@"; }
compile dev.in -o dev.txt
for part in rasa web run; do compile -c dev.txt "$part.in" -o "$part.txt"; done
compile --python-version 3.8 uv.in -o uv.txt
