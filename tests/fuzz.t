#!/bin/sh
# Runs the cases kept beside every fuzz target; `make fuzz` looks for new ones.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
[ -d "$BUILD/fuzz" ] || skip_all "no fuzz targets in $BUILD"
for target in "$root"/tests/fuzz/*/*.c; do
    name=${target#"$root/tests/fuzz/"}
    name=${name%.c}
    ok "$name" "$BUILD/fuzz/$name" "${target%.c}.corpus"
done
done_testing
