#!/bin/sh
# The four filters joined, and with what else stands in a pipe.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
samples=$root/tests/samples

all_four() {
    nsplit "$@" | nstrip | ntag | nsummarize
}

# cover FILE...: fails unless offset and length of the records on stdin cover each of these
# inputs without gap or overlap.
cover() {
    jq -r '[.file, .offset, .length] | @tsv' >spans
    for covered; do
        awk -F '\t' -v file="$covered" -v size="$(gzip -dcf "$covered" | wc -c)" '
            $1 == file { if ($2 != at) { print file ": " at " but next " $2; bad = 1 }
                         at = $2 + $3 }
            END { if (at != size) { print file ": ends at " at " of " size; bad = 1 }
                  exit bad }' spans || return 1
    done
}

# The texts of the samples, as pages by themselves, named as they are.
cp "$samples"/*.txt .
set -- *.txt
all_four "$@" >operands
is 'the samples: no message' "$(all_four "$@" 2>&1 >/dev/null)" ''
ok 'the samples: as the schema says' "$root/scripts/schema-check" operands
nsplit "$@" >split.ndjson
covered() { cover "$@" <split.ndjson; }
ok 'the samples: covered without gap or overlap' covered "$@"

# the same stories whichever way they come
jq -r .id operands >ids
for order in 'agency.txt wire.txt feed.txt' 'wire.txt feed.txt agency.txt'; do
    # shellcheck disable=SC2086 # the pages are words; these begin with a mark of their own
    all_four $order | jq -r .id >ids.apart
    # shellcheck disable=SC2086
    cat $order | all_four | jq -r .id >ids.stdin
    same "one stream of $order: the same ids" ids.stdin ids.apart
done
for page; do printf '\f'; cat "$page"; done | all_four | jq -r .id >ids.stdin
same 'one stream, form feeds between: the same ids' ids.stdin ids
mkdir gz
for page; do gzip -nc "$page" >"gz/$page"; done
(cd gz && all_four "$@") >gz.operands
same 'gzip copies under the same names: the same records' gz.operands operands
(cd gz && cat agency.txt wire.txt) | all_four | jq -r .id >ids.gz
all_four agency.txt wire.txt | jq -r .id >ids.apart
same 'gzip members in one stream: the same ids' ids.gz ids.apart
for page; do nsplit <"$page" | nstrip | ntag | nsummarize; done | jq -r .id >ids.single
same 'one by one: the same ids' ids.single ids
printf '%s\0' "$@" | xargs -0 -n 3 nsplit | nstrip | ntag | nsummarize >by.xargs
same 'through xargs: the same records' by.xargs operands
split -n l/3 split.ndjson part.
for part in part.*; do nstrip "$part" | ntag | nsummarize; done >parts
same 'split and joined: the same records' parts operands

# each stage twice
nsplit "$@" | nsplit | nstrip | nstrip | ntag | ntag | nsummarize | nsummarize >twice
same 'every stage twice' twice operands
all_four operands >again
same 'all four on what all four made' again operands

# a stage alone takes any record with a text
echo '{"text":"BERN (Reuters) - The lake froze on Monday. It will thaw, said Mayor Eva Rochat."}' >own
for stage in $stages; do
    run "$stage" own
    is "$stage alone: status" "$status:$(wc -l <out)" 0:1
    ok "$stage alone: keeps the text" jq -e '.text | contains("The lake froze on Monday.")' out
done

# pages as NDJSON
all_four "$samples/pages.ndjson" >pages
is 'NDJSON pages: a member of a page goes to its stories' \
    "$(jq -c 'select(.url == "https://news.example/2020/11/17/mayor-resigns") | .crawled' pages |
        sort -u)" '"2020-11-18T02:11:09Z"'
is 'NDJSON pages: foreign numbers keep their bytes' \
    "$(grep -c '"views":12345678901234567890[,}]' pages)" 1
is 'NDJSON pages: one without text passes unchanged' "$(tail -n 1 pages)" \
    "$(tail -n 1 "$samples/pages.ndjson")"

# what nstrip keeps, moves and removes is what came in
cat >sum.py <<'!'
import collections, json, sys

def count(*texts):
    blank = "\u200b\ufeff"
    return collections.Counter(c for t in texts for c in t if not c.isspace() and c not in blank)

bad = 0
for before, after in zip(open(sys.argv[1]), open(sys.argv[2])):
    before, after = json.loads(before), json.loads(after)
    if "text" not in before:
        continue
    names = "text title subtitle section byline timestamp dateline topic".split()
    parts = [after[n] for n in names if n in after and (n == "text" or n not in before)]
    parts += after.get("tags", []) + after.get("related", [])
    for caption in after.get("captions", []):
        parts += [caption.get("text", ""), caption.get("credit", "")]
    parts += [r["text"] for r in after.get("removed", [])]
    want, got = count(before["text"]), count(*parts)
    missing, added = want - got, got - want
    if missing or added:
        bad += 1
        print(after.get("id"), "lost", dict(missing), "added", dict(added))
    for r in after.get("removed", []):
        start, end = r["span"]
        if before["text"][start:end].strip() != r["text"].strip():
            print(after.get("id"), "span", r)
            bad += 1
sys.exit(bad > 0)
!
nstrip --removed split.ndjson >stripped
ok 'kept, moved and removed text is the whole text: samples' python3 sum.py split.ndjson stripped

# a record of more lines than a page has is looked at in parts, and is still one
seq 60000 | sed 's/.*/Menu &\nThe river rose above the quay for the third time on Monday, port & said./' |
    { printf 'Share\nRiver rises again\nBy Ann Lee\n'; cat; } | jq -cRs '{text: .}' >long.ndjson
run /usr/bin/time -q -f %M -o peak nstrip --removed long.ndjson
ok 'kept, moved and removed text is the whole text: a long record' python3 sum.py long.ndjson out
is 'a long record: lines removed' "$(jq '.removed | length > 60000' out)" true
[ -n "${SANITIZED:-}" ] || ok 'a long record: memory' [ "$(cat peak)" -lt 40000 ]

# random text: the same two sums
cat >random.py <<'!'
import random, sys
rnd = random.Random(int(sys.argv[1]))
lines = open(sys.argv[2], encoding="utf-8").read().split("\n")
odd = ["", "", "\t", " ", "\r", "{{x}}", "Read more", "\f", "© ", "==> a.txt <==", "x" * 3000, "\u00a0", "Tags", "\ufeff", "A. B. C.", '"', "(12)", "—", "Topic:", "\u2028"]
out = []
for _ in range(400):
    line = rnd.choice(lines if rnd.random() < 0.7 else odd)
    if rnd.random() < 0.1:
        line = line[: rnd.randrange(len(line) + 1)]
    out.append(line + rnd.choice(["\n", "\n", "\n", "\n", "\r\n", "", "\n\n", " "]))
data = "".join(out).encode()
if rnd.random() < 0.3:
    data = bytes(b if rnd.random() > 0.002 else rnd.randrange(256) for b in data)
sys.stdout.buffer.write(data)
!
cat "$samples"/*.txt >lines
random_text() {
    for seed in $(seq "$1" "$2"); do
        python3 random.py "$seed" lines >random.txt
        nsplit random.txt >split.random || return 1
        cover random.txt <split.random || { echo "seed $seed"; return 1; }
        nstrip --removed split.random >stripped.random &&
            python3 sum.py split.random stripped.random || { echo "seed $seed"; return 1; }
        nstrip split.random | ntag | nsummarize >first && nstrip first | ntag | nsummarize >second &&
            cmp first second || { echo "seed $seed: twice"; return 1; }
        "$root/scripts/schema-check" first || { echo "seed $seed"; return 1; }
    done
}
[ -n "${SLOW:-}" ] && last=150 || last=15
ok "random text: nothing lost, twice is once, as the schema says" random_text 1 $last

# the words of a quote, the last line, the first
is 'head ends the pipe silently' "$(all_four "$@" 2>&1 | head -n 1)" "$(head -n 1 operands)"
is 'jq reads it' "$(jq -r .kind operands | sort -u | tr '\n' ' ')" 'article teaser '
done_testing
