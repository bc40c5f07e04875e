#!/bin/sh
# What a stage does when a call to the C library goes wrong, for every such call of a small
# run: exit 2, or exit 1 and a message where it was the input, or the whole output with exit
# 0. Never a hole with exit 0, never a crash.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
[ -z "${SANITIZED:-}" ] || skip_all 'a sanitizer has its own allocator'
fault=$BUILD/fault.so
[ -e "$fault" ] || skip_all 'no fault.so (make check builds it)'

cp "$root/tests/contract/stories.ndjson" stories
gzip -nc <"$root/tests/contract/records.ndjson" >records.gz
cp "$root/tests/samples/wire.txt" page

# faulty PLAN COMMAND...: runs the command under it, leaves out, err, status and, if the
# fault struck, the folder hit.
faulty() {
    rm -rf hit
    status=0
    plan=$1
    shift
    FAULT=$plan FAULT_HIT=hit LD_PRELOAD=$fault "$@" >out 2>err || status=$?
}

# judge CALL: says what is wrong with the run just made, if anything.
judge() {
    # the last line may have been cut by a fault; every other must be one of the right ones
    head -n "$(wc -l <out)" out | grep -aqvxFf want && [ -s out ] && echo 'a line is wrong'
    case $status in
    0) cmp -s out want || echo 'exit 0 with a hole' ;;
    1) [ "$1" = read ] || [ "$1" = open ] || [ "$1" = close ] || echo 'exit 1' ;;
    2) ;;
    *) echo "status $status" ;;
    esac
    [ "$status" -eq 0 ] || [ "$1" = write ] || [ -s err ] || echo 'no message'
}

# try CALL COMMAND...: every call of that kind in turn, alone and with all later ones.
try() {
    call=$1
    shift
    for later in '' +; do
        n=1
        while faulty "$call:$n$later" "$@" && [ -e hit ]; do
            fault_said=$(judge "$call")
            [ -z "$fault_said" ] || echo "$call:$n$later: $fault_said"
            [ -n "${SLOW:-}" ] && n=$((n + 1)) || n=$((n + 1 + n / 50))
        done
        [ "$n" -gt 1 ] || echo "no $call was ever made"
    done >"said.$call"
    [ ! -s "said.$call" ] || { cat "said.$call"; return 1; }
}

for stage in $stages; do
    for input in 'records.gz stories' page; do
        [ "$input" != page ] || [ "$stage" = nsplit ] || continue
        # shellcheck disable=SC2086 # the input is words
        set -- "$stage" --rejects=rejects --stats=stats $input
        "$@" >want
        for call in alloc read write open close; do
            ok "$stage $input: every $call" try $call "$@"
        done
        for plan in read:short write:short read:eintr write:eintr; do
            faulty $plan "$@"
            is "$stage $input: $plan: status" "$status:$(cat err)" 0:
            same "$stage $input: $plan: output" out want
        done
    done
done
done_testing
