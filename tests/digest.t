#!/bin/sh
# Digests: parts added up in any order are the digest of the whole, memory is bounded with
# the error known, and stories found are scored where the labelled records are at hand.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
"$root/scripts/corpus" pages 0.4 | nsplit --source invented | nstrip | ntag | nsummarize >records
nsplit --source samples "$root"/tests/samples/*.txt | nstrip | ntag | nsummarize >>records
shuf --random-source=records records >shuffled 2>/dev/null || sort records >shuffled

# of_shards NAME OPTION...: the same digest from seven shards, added in three orders.
of_shards() {
    name=$1
    shift
    nsummarize --digest --top 1000 "$@" records >whole
    for shard in shard.a?; do
        nsummarize --partial "$@" "$shard" >"$shard.part"
    done
    nsummarize --merge --top 1000 shard.a?.part >forth
    same "$name: shards added up" forth whole
    # shellcheck disable=SC2046 # names without blanks
    cat $(ls -r shard.a?.part) | nsummarize --merge --top 1000 >back
    same "$name: shards added up backwards, as one stream" back whole
    nsummarize --merge --partial shard.ad.part shard.aa.part >some
    nsummarize --merge --partial shard.ag.part some shard.ab.part | gzip >more.gz
    nsummarize --merge --top 1000 shard.ac.part more.gz shard.af.part shard.ae.part >tree
    same "$name: sums of shards added up" tree whole
    nsummarize --digest --top 1000 "$@" shuffled >mixed
    same "$name: records in another order" mixed whole
    nsummarize --partial "$@" records >state
    nsummarize --merge --partial shard.a?.part >added
    same "$name: state added up is the state of the whole" added state
    "$root/scripts/schema-check" whole state >faults
    is "$name: as the schema says" "$(head -n 3 faults)" ''
}
split -n l/7 records shard.
of_shards all
of_shards 'by source' --by source
of_shards 'by day' --by day
of_shards 'by people' --by people

ok 'there is something to find' jq -e '.digest | (.people | length > 100) and
    (.stories | length > 2) and .records > 150 and (has("inexact") | not)' \
    <<END
$(nsummarize --digest --top 1000 records)
END

# With little memory every count is within its stated error of the true one.
nsummarize --digest --top 100000 records >exact
nsummarize --digest --top 100000 --memory 1M records >rough
ok 'little memory: counts are within their error' jq -n -e --slurpfile exact exact --slurpfile rough rough '
    ($rough[0].digest.inexact | length > 0) and
    all($rough[0].digest | to_entries[] | select(.value | type == "array") | select(.key != "stories");
        .key as $tally | ($rough[0].digest.inexact[$tally] // 0) as $floor |
        (.value | INDEX(.name)) as $rough |
        all($exact[0].digest[$tally][]; ($rough[.name] // {count: $floor, error: $floor}) as $r |
            .count <= $r.count and .count >= $r.count - ($r.error // 0)))'
is 'records are all counted' "$(jq .digest.records rough)" "$(jq .digest.records exact)"

# The labelled records (ids only; the texts are not ours to hand on).
data=$root/../shared/data/topic
if [ -e "$data/dev-agnews.ndjson.gz" ]; then
    cat "$data"/dev-agnews.ndjson.gz "$data"/dev-inshorts.ndjson.gz \
        "$data"/dev-dateline-reuters.ndjson.gz | nsummarize --digest --top 100000 --ids 1000 >found
    "$root/scripts/digest-score" "$root/tests/digest/stories.tsv" found b >score
    sed "s,^,# ," score
    f1=$(sed -n 's/^told by several.*F1 //p' score)
    ok "stories told by several: F1 $f1 is at least 0.9" awk "BEGIN { exit !($f1 >= 0.9) }"
else
    skip 'no labelled records at hand'
fi
done_testing
