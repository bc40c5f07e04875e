#!/bin/sh
# Archives as other programs write them, whole and damaged; see archives.py.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
exec python3 "$root/tests/archives.py"
