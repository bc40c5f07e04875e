#!/bin/sh
# What the pages and the README show is what happens: every `$ command` in an example runs
# and prints just that, and options stand alike in --help, page and completion.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"

# examples FILE: its literal blocks, as they are read.
examples() {
    case $1 in
    *.md) awk '/^```/ { inside = !inside && /console/; print "%%"; next } inside' "$1" ;;
    *)
        awk '/^\.Ed/ { inside = 0; print "%%" } inside
             /^\.Bd .*-literal/ { inside = 1; print "%%" }' "$1" |
            sed 's/^\\&//; s/\\e/\\/g; s/\\-/-/g; s/\\(aq/'"'"'/g; s/\\(dq/"/g; s/\\&//g
                 s/\\(ga/`/g; s/\\(ha/^/g; s/\\(ti/~/g'
        ;;
    esac
}

# run_example COMMAND: compares with the file want; what it writes goes to a copy.
run_example() {
    (cd "$tmp/copy" && sh -c "$1") >got 2>&1 </dev/null || :
    diff -u want got
}

# show: runs the example gathered in $command and the file want.
show() {
    [ -n "$command" ] || return 0
    ok "$page: \$ $(printf '%s' "$command" | head -n 1 | cut -c -60)" run_example "$command"
    shown=$((shown + 1))
    command=
}

mkdir copy
cp -r "$root/tests" "$root/common" "$root/README.md" copy/ 2>/dev/null
for path in "$root"/stages/*/*.1 "$root"/common/*.[57] "$root/README.md"; do
    [ -e "$path" ] || continue
    page=${path##*/}
    examples "$path" >blocks
    command='' shown=0
    : >want
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '$ '*)
            show
            command=${line#'$ '}
            : >want
            ;;
        '> '*)
            if [ -n "$command" ] && [ ! -s want ]; then
                command="$command
${line#'> '}"
            elif [ -n "$command" ]; then
                printf '%s\n' "$line" >>want
            fi
            ;;
        '%%') show ;;
        *) [ -z "$command" ] || printf '%s\n' "$line" >>want ;;
        esac
    done <blocks
    show
    [ "${page##*.}" != 1 ] || ok "$page has an example that runs" [ "$shown" -gt 0 ]
done

for stage in $stages; do
    "$stage" --help | sed -nE 's/^  (-[A-Za-z], |    )?--([a-z-]+).*/\2/p' | sort >help
    ok "$stage --help names options" [ -s help ]
    mandoc -T ascii -O width=1000 "$root/stages/$stage/$stage.1" | sed "s/.$(printf '\010')//g" >page.txt
    grep -oE '(^|[^a-z-])--[a-z][a-z-]*' page.txt | sed -E 's/^.*--//' | sort -u >in.page
    comm -23 help in.page >missing
    is "$stage: every option stands in its page" "$(cat missing)" ''
    sed -nE '/^OPTIONS/,/^[A-Z]/s/^ +(-[A-Za-z], )?--([a-z-]+).*/\2/p' page.txt | sort -u >page.options
    comm -13 help page.options >extra
    is "$stage: every option of its page is one" "$(cat extra)" ''
    bash -c ". '$root/scripts/completions/newspipe.bash'
        COMP_WORDS=($stage --) COMP_CWORD=1
        _newspipe $stage
        printf '%s\n' \"\${COMPREPLY[@]}\"" | sed 's/^--//' | sort >completed
    same "$stage: completion knows them all" completed help
done

for path in "$root"/stages/*/*.1 "$root"/common/*.[57]; do
    ok "${path##*/}: mandoc finds no fault" mandoc -T lint -W warning "$path"
done
done_testing
