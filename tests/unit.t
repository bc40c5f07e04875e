#!/bin/sh
# Runs the unit programs, each of which prints TAP itself.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
cd "$BUILD/unit" || skip_all "no unit programs in $BUILD"
for program in */*; do
    [ -f "$program" ] && [ -x "$program" ] || continue
    "./$program" >"$tmp/tap" 2>"$tmp/stderr"
    status=$?
    grep -q '^1\.\.[1-9]' "$tmp/tap" || status=1 # it ended before its plan
    if verdict "$status" "$program ($(grep -c '^ok' "$tmp/tap") checks)"; then continue; fi
    grep -v '^ok' "$tmp/tap" | cat - "$tmp/stderr" | cut -c -300 | sed 's/^/#   /'
done
done_testing
