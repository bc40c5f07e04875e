#!/bin/sh
# The two seed pages, where they are at hand: every record, field by field. Long texts are
# compared by their hash.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
seeds=$root/../shared/seeds
[ -d "$seeds" ] || skip_all 'no seed pages here'
cp "$seeds"/000*.txt 000.txt
cp "$seeds"/003*.txt 003.txt
chmod +w -- *.txt

all_four() {
    nsplit "$@" | nstrip | ntag | nsummarize
}
# value FILTER: that of the article under test, on one line.
value() {
    jq -c "$1" article
}
# digest FILTER: ten digits that stand for a text.
digest() {
    jq -j "$1" "${2:-article}" | sha256sum | cut -c -10
}

all_four 000.txt 003.txt >all
is 'number of records' "$(wc -l <all)" 103
is 'kinds' "$(jq -r .kind all | uniq -c | awk '{ print $1, $2 }' | tr '\n' ' ')" \
    '2 article 101 teaser '
ok 'as the schema says' "$root/scripts/schema-check" all
is 'no template is left anywhere' "$(grep -c '{{' all)" 0
is 'pages and parts' "$(jq -c '[.file, .part]' all | sha256sum)" \
    "$({ echo '["000.txt",1]'; seq 102 | sed 's/.*/["003.txt",&]/'; } | sha256sum)"

# 000: the article
head -n 1 all >article
is '000: title' "$(value .title)" \
    '"Russia in Solidarity With UK in Anti-Terror Fight - Kremlin on Manchester Attack"'
is '000: credits' "$(value '[.captions[].credit]')" '["REUTERS/ Darren Staples","AP Photo/ Rui Vieira"]'
is '000: captions' "$(value '[.captions[].text | .[:14]]')" '["A woman lays f","A member of th"]'
is '000: date' "$(value '[.date, .date_source]')" '["2017-05-26T14:02+03:00","timestamp"]'
is '000: dateline' "$(value '[.dateline | gsub("\u00a0"; " ")] + [.located, .agency]')" \
    '["MOSCOW (Sputnik) —","Moscow",["Sputnik"]]'
is '000: topic' "$(value '[(.topic | .[:12]), .topic_count]')" '["Deadly Blast",136]'
is '000: topic, whole' "$(value '.topic | length')" 64
is '000: the foreign headline' "$(value '.related | map(.[:24])')" '["Moscow Slams Halting of "]'
is '000: paragraphs' "$(value '.text | rtrimstr("\n") | split("\n") | length')" 6
is '000: the first and the last' \
    "$(value '.text | rtrimstr("\n") | split("\n") | [.[0][:23], .[5][:21]]')" \
    '["Russia is in solidarity","Daesh terrorist group"]'
is '000: quotes by' "$(value '[.quotes[].speaker | select(endswith("Peskov"))] | length')" 3
is '000: quotes' "$(value '.quotes | length')" 3
is '000: language' "$(value .language)" '"en"'
is '000: summary and keywords' \
    "$(value '[(.summary | length > 0), (.keywords | length > 0)]')" '[true,true]'
is '000: every sentence of the summary is one of the text' \
    "$(value '.text as $t | [.summary[] | . as $s | $t | contains($s)] | all')" true
is '000: a person' "$(value '[.people[].name] | map(select(. == "Dmitry Peskov" or . == "Salman Abedi")) | sort')" \
    '["Dmitry Peskov","Salman Abedi"]'

# 003: the article
sed -n 2p all >article
is '003: section' "$(value .section)" '"Terrorist attack at Crocus City Hall"'
is '003: title' "$(value '.title | .[:26]')" '"Contact with Russia on Cro"'
is '003: subtitle' "$(value '.subtitle | .[:12], .[-6:]' | tr '\n' ' ')" '"\"France was " " noted" '
is '003: dateline' "$(value '[.dateline, .located, .agency, .date]')" \
    '["TOKYO, June 1. /TASS/.","Tokyo",["TASS"],"XXXX-06-01"]'
is '003: tags' "$(value .tags)" '["Vladimir Putin","France"]'
is '003: paragraphs' "$(value '.text | rtrimstr("\n") | split("\n") | map(.[:12])')" \
    '["France has b","\"France was ","\"Notwithstan"]'

# its teasers
tail -n +3 all >teasers
is 'first teaser' "$(head -n 1 teasers | jq -c '[.section, (.title | .[:16])]')" \
    '["Military operation in Ukraine","US defense chief"]'
is 'no other teaser has a section' "$(tail -n +2 teasers | jq -c 'select(.section)' | wc -l)" 0
is 'every teaser has a title and its lead as text' \
    "$(jq -c 'select((.title | length > 0) and (.text | rtrimstr("\n") | length > 0 and (contains("\n") | not)))' teasers | wc -l)" 101
# the page itself says what titles and leads are: the two lines before each Read more
grep -B 2 '^Read more' 003.txt | grep -v -e '^Read more' -e '^--' >lines
sed -n 'p;n' lines >want.titles
sed -n 'n;p' lines >want.leads
jq -r .title teasers >titles
jq -r '.text | rtrimstr("\n")' teasers >leads
same 'titles of the teasers' titles want.titles
same 'leads of the teasers' leads want.leads

# the same stories whichever way they come
jq -r .id all | sort >ids
is 'ids are 16 hexadecimal digits' "$(grep -cxE '[0-9a-f]{16}' ids)" 103
is 'no id twice' "$(sort -u ids | wc -l)" 103
# what a story is made of, less where it was found
jq -c 'del(.file, .offset, .length, .page, .part)' all | sort >stories
gzip -nk 000.txt 003.txt
: >empty
for way in 'nsplit 003.txt 000.txt' 'cat 000.txt 003.txt | nsplit' 'cat 003.txt 000.txt | nsplit' \
    'nsplit 000.txt.gz 003.txt.gz' 'cat 000.txt.gz 003.txt.gz | nsplit' \
    'cat 003.txt.gz 000.txt.gz | nsplit' 'cat 000.txt 003.txt.gz | nsplit' \
    'cat 003.txt.gz 000.txt | nsplit' 'cat 003.txt | nsplit 000.txt -' \
    'nsplit empty 003.txt empty 000.txt.gz' 'cat 000.txt 003.txt | gzip | nsplit'; do
    eval "$way" | nstrip | ntag | nsummarize >out 2>err
    is "$way: no message" "$(cat err)" ''
    jq -c 'del(.file, .offset, .length, .page, .part)' out | sort >got
    same "$way: the same stories" got stories
done
nstrip all | ntag | nsummarize >again
same 'all of it twice' again all
done_testing
