#!/bin/sh
# The exact messages of wrong calls.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"

# wrong MESSAGE ARGUMENT...: the call says just that, then its usage, and exits 2.
wrong() {
    message=$1
    shift
    run "$stage" "$@" </dev/null
    is "$stage $*" "$status:$(cat out):$(head -n 1 err)" "2::$stage: $message"
    is "$stage $*: usage" "$(tail -n +2 err)" "$("$stage" --help | head -n 1)"
}

for stage in $stages; do
    wrong 'unknown option --nonsense' --nonsense
    wrong 'unknown option -%' -%
    wrong 'unknown option -%' -q%
    wrong 'option --quiet takes no argument' --quiet=yes
    wrong 'option --field needs an argument' --field
    wrong '--field: a name is missing' --field=
    wrong 'option --rejects needs an argument' --rejects
    wrong "--max-record: '12x' is not a size" --max-record=12x
    wrong "--max-record: '-1' is not a size" --max-record -1
    wrong "--max-record: '' is not a size" --max-record=
    wrong "--max-record: '0' is not a size that can be used" --max-record=0
    wrong "--max-record: '16E' is not a size" --max-record=16E
    wrong "--max-record: '99999999999G' is not a size that can be used" --max-record=99999999999G
    wrong "--max-bad: 'few' is not a whole number" --max-bad=few
    wrong "--max-bad: '-1' is not a whole number" --max-bad=-1
    wrong "--max-bad: '1 ' is not a whole number" --max-bad='1 '
    wrong "--max-bad: '99999999999999999999' is not a whole number" --max-bad=99999999999999999999

    # long options may be cut where that is clear, and stand behind operands
    echo '{"part":1}' >in
    run "$stage" in --max-rec=1K --quiet
    is "$stage: options behind operands" "$status:$(cat out err)" '0:{"part":1}'
    run "$stage" -qu in
    is "$stage: letters joined" "$status:$(cat out err)" '0:{"part":1}'
    for size in 1 1k 1K 1M 1G; do
        run "$stage" --max-record=$size </dev/null
        is "$stage --max-record=$size" "$status:$(cat err)" 0:
    done
    # --help wins over what stands behind it
    run "$stage" --help --nonsense
    is "$stage --help first" "$status" 0
done
done_testing
