# shellcheck shell=sh disable=SC2034
# TAP from plain sh: `. "${0%/*}/lib.sh"` first, done_testing last. The work goes on in an
# empty folder that is removed at the end; $root is the repository, $BUILD has the programs.
LC_ALL=C.UTF-8
export LC_ALL
root=$(cd "${0%/*}/.." && pwd)
BUILD=${BUILD:-$root/build}
PATH=$BUILD:$PATH
export BUILD PATH
stages='nsplit nstrip ntag nsummarize'
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 1' HUP INT TERM
cd "$tmp" || exit 1
tests=0 failed=0

# verdict STATUS NAME: one TAP line, a pass where STATUS is 0.
verdict() {
    tests=$((tests + 1))
    [ "$1" -eq 0 ] || { failed=$((failed + 1)); printf 'not '; }
    printf 'ok %d - %s\n' "$tests" "$2"
    return "$1"
}

# ok NAME COMMAND...: passes if the command does; what it says is shown if it does not.
ok() {
    ok_name=$1 ok_status=0
    shift
    "$@" >"$tmp/.said" 2>&1 || ok_status=$?
    verdict $ok_status "$ok_name" || sed 's/^/#   /' "$tmp/.said"
}

# is NAME GOT WANT: passes if both are the same string.
is() {
    [ "$2" = "$3" ]
    verdict $? "$1" || printf '%s\n-- but wanted --\n%s\n' "$2" "$3" | cut -c -300 | sed 's/^/#   /'
}

# same NAME GOT WANT: passes if both files hold the same bytes.
same() {
    diff -a "$3" "$2" >"$tmp/.diff" 2>&1
    verdict $? "$1" || head -n 20 "$tmp/.diff" | cut -c -300 | sed 's/^/#   /'
}

# run COMMAND...: leaves its output in the files out and err, its exit status in $status.
run() {
    status=0
    "$@" >out 2>err || status=$?
}

skip() {
    tests=$((tests + 1))
    printf 'ok %d # SKIP %s\n' "$tests" "$1"
}

skip_all() {
    printf '1..0 # SKIP %s\n' "$1"
    exit 0
}

done_testing() {
    printf '1..%d\n' "$tests"
    exit $((failed > 0))
}
