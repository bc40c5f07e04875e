#!/bin/sh
# The labelled pages of tests/stories: where their stories start, and of what kind.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
ok 'F1 of story starts is at least 0.95, no article is cut apart' \
    "$root/scripts/nsplit-stories"
pages=0 plain=0
for page in "$root"/tests/stories/*.txt; do
    starts=${page%.txt}.starts
    pages=$((pages + 1))
    [ "$(wc -l <"$starts")" -gt 1 ] || plain=$((plain + 1))
    nsplit "$page" >one || continue
    # the records together are the page
    jq -js 'map(.length) | add' one >length
    [ "$(cat length)" = "$(wc -c <"$page")" ] || echo "$page"
done >uncovered
is 'stories cover their page' "$(cat uncovered)" ''
ok 'there are sixty pages' [ "$pages" -ge 60 ]
ok 'a third of them are one story' [ "$((3 * plain))" -ge "$pages" ]
nsplit "$root"/tests/stories/*.txt >all
ok 'every record is as the schema says' "$root/scripts/schema-check" all
done_testing
