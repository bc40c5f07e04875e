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
    # shellcheck disable=SC2046,SC2002 # names without blanks, one stream
    cat -- $(ls -r shard.a?.part) | nsummarize --merge --top 1000 >back
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
for shard in shard.a?; do
    nsummarize --partial --memory 1M "$shard" >"$shard.part"
done
nsummarize --merge --top 100000 --memory 1M shard.a?.part >rough.added
for digest in rough rough.added; do
    ok "$digest, with little memory: counts are within their error" \
        jq -n -e --slurpfile exact exact --slurpfile rough "$digest" '
    ($rough[0].digest.inexact | length > 0) and
    all($rough[0].digest | to_entries[] | select(.value | type == "array") | select(.key != "stories");
        .key as $tally | ($rough[0].digest.inexact[$tally] // 0) as $floor |
        (.value | INDEX(.name)) as $rough |
        all($exact[0].digest[$tally][]; ($rough[.name] // {count: $floor, error: $floor}) as $r |
            .count <= $r.count and .count >= $r.count - ($r.error // 0)))'
done
is 'records are all counted' "$(jq .digest.records rough)" "$(jq .digest.records exact)"

# The page: of plain records, of many groups, of rough counts and of hostile records.
cat >hostile <<'END'
{"id":"<b>","title":"\"><script>alert(1)</script>","url":"javascript:alert(1)","text":"A harbour closed, divers found cracks.","source":"\u0000<i>","date":"2024-05-01","tags":["<img src=x onerror=alert(1)>","'\"&amp;"],"people":[{"name":"</th></table>"}]}
{"id":"<b>","title":"\"><script>alert(1)</script>","url":"https://a.example/\"onclick=\"alert(1)","text":"A harbour closed, divers found cracks.","date":"2024-05-02T00:00"}
{"id":"<b>","title":"\"><script>alert(1)</script>","url":" https://a.example/","text":"A harbour closed, divers found cracks.","date":"9999-12-31"}
{"title":"\u202eمرفأ \ud83d\udea2","url":"https://b.example/?a=1&b=2","text":"مرفأ مغلق بعد العثور على شقوق","date":"XXXX-12-31","language":"ar"}
{"title":"\u202eمرفأ \ud83d\udea2","url":"https://b.example/?a=1&b=2","text":"مرفأ مغلق بعد العثور على شقوق","date":"0000-00-00","language":"ar"}
{"title":"\u202eمرفأ \ud83d\udea2","url":"https://b.example/?a=1&b=2","text":"مرفأ مغلق بعد العثور على شقوق","date":"2024-05-01<b>","language":"ar"}
END
printf '{"title":"%0600d","text":"A %0900d b c."}\n' 1 2 >>hostile
nsummarize --html records >page.html
nsummarize --html --by source --top 3 records >by.html
nsummarize --html --memory 1M records >rough.html
nsummarize --html hostile >hostile.html
nsummarize --html --by title hostile >title.html
for page in page by rough hostile title; do
    ok "$page.html is as it should be" "$root/scripts/html-check" $page.html
    ! command -v tidy >tidy || ok "$page.html: tidy finds no fault" tidy -q -e $page.html
done
is 'nothing hostile is left' "$(grep -ciE '<script|<img|<b>|<i>|href="(javascript| )|onclick="' hostile.html)" 0
is 'an address is a link where it is one' "$(grep -c 'href="https://b.example/?a=1&amp;b=2"' hostile.html)" 1
is 'the page of merged states' "$(nsummarize --merge --html state | cksum)" \
    "$(nsummarize --html --by people records | cksum)"
is 'no record, no page' "$(nsummarize --html </dev/null | wc -c)" 0
for fault in 's/<h2/<h4/' 's/<\/section>//' 's/#545b63/#a4abb3/' 's/id="stories-1"/id="days-1"/' \
    's/<p /<p onclick="" /' 's/ scope="row"//'; do
    sed "$fault" page.html >broken.html
    ok "html-check finds $fault" sh -c '! "$0/scripts/html-check" broken.html' "$root"
done

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
