#!/bin/sh
# Whole web pages, where they are at hand: all four filters read what people really have.
# Under sanitizers this finds what pages of our own writing do not.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
pages=${DATA_DIR:-$root/../shared/data}/strip/dev/strip_dev.ndjson.gz
[ -f "$pages" ] || skip_all 'no web pages here'
gzip -dc "$pages" | jq -c '{id, source, text}' >web.ndjson

for way in 'nsplit --whole web.ndjson' 'jq -r .text web.ndjson | nsplit'; do
    eval "$way" >split.out 2>err.split
    is "$way: no message" "$(cat err.split)" ''
    before=split.out
    for stage in nstrip ntag nsummarize; do
        "$stage" "$before" >"$stage.out" 2>err
        is "$way, $stage: exit status" $? 0
        is "$way, $stage: no message" "$(cat err)" ''
        is "$way, $stage: every record" "$(wc -l <"$stage.out")" "$(wc -l <split.out)"
        before=$stage.out
    done
    ok "$way: as the schema says" "$root/scripts/schema-check" nsummarize.out
done
done_testing
