#!/bin/sh
# Golden cases: tests/golden/STAGE/CASE/{cmd,in,out,err,status}. REGOLD=1 writes what comes
# out back as expected; look at `git diff` then.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
: >all

# check_case FOLDER NAME: runs the case, says what differs.
check_case() {
    golden_status=0
    stage=${2%%/*}
    command="$stage < in"
    [ ! -e "$1/cmd" ] || command=$(cat "$1/cmd")
    status=0
    (cd "$1" && sh -c "$command") >out 2>err </dev/null || status=$?
    if [ -n "${REGOLD:-}" ]; then
        rm -f "$1/out" "$1/err" "$1/status"
        [ ! -s out ] || cp out "$1/out"
        [ ! -s err ] || cp err "$1/err"
        [ "$status" -eq 0 ] || echo "$status" >"$1/status"
    fi
    for stream in out err; do
        want=$1/$stream
        [ -e "$want" ] || want=/dev/null
        diff -a -u "$want" "$stream" || golden_status=1
    done
    want=0
    [ ! -e "$1/status" ] || want=$(cat "$1/status")
    [ "$status" = "$want" ] || { echo "status $status, not $want"; golden_status=1; }
    # what is not the stage's own records (--help, jq) or holds foreign ones is not checked
    [ -e "$1/foreign" ] || grep -aqv '^{.*}$' out || cat out >>all
    return $golden_status
}

for folder in "$root"/tests/golden/*/*/; do
    [ -d "$folder" ] || continue
    name=${folder#"$root/tests/golden/"}
    ok "${name%/}" check_case "${folder%/}" "${name%/}"
done
ok 'every record is as common/record.schema.json says' "$root/scripts/schema-check" all
done_testing
