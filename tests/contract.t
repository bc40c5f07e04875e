#!/bin/sh
# The filter contract of newspipe(7), point by point, the same for every stage. SLOW=1 adds
# what takes long.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
contract=$root/tests/contract
[ "$(id -u)" -eq 0 ] && is_root=1 || is_root=
bounded=${SANITIZED:+} # memory figures mean nothing under a sanitizer or valgrind
[ -n "${SANITIZED:-}" ] || bounded=1

# Input that every stage understands. What has `part` is a story already, so nsplit, too,
# passes it on; a record without text is left alone by all.
cp "$contract/records.ndjson" foreign.ndjson
cp "$contract/stories.ndjson" stories.ndjson
cat foreign.ndjson stories.ndjson >mixed.ndjson
good='{"id":"00000000000000a1","part":1,"a":1}'

# pad BYTES: one record of that many bytes, its newline included.
pad() {
    printf '{"part":1,"x":"'
    head -c $(($1 - 18)) /dev/zero | tr '\0' a
    printf '"}\n'
}

# records N: that many different records.
records() {
    awk -v n="$1" 'BEGIN { for (i = 1; i <= n; i++) printf "{\"part\":1,\"x\":%d}\n", i }'
}

# peak COMMAND...: runs it, leaves its peak memory in $peak_kb.
peak() {
    run /usr/bin/time -q -f %M -o peak "$@"
    peak_kb=$(cat peak)
}

# errors PATTERN N: err has N lines and the first matches the extended expression.
errors() {
    [ "$(wc -l <err)" -eq "$2" ] && head -n 1 err | LC_ALL=C grep -aEq -- "$1" || { cat err; return 1; }
}

point_1() { # one object a line; what is accepted around it
    for form in 'blank lines' CRLF 'a byte order mark' 'no last newline' 'all of these'; do
        case $form in
        'blank lines') { echo; sed 's/$/\n/' mixed.ndjson; echo ' '; } >in ;;
        CRLF) sed 's/$/\r/' mixed.ndjson >in ;;
        'a byte order mark') { printf '\357\273\277'; cat mixed.ndjson; } >in ;;
        'no last newline') head -c -1 mixed.ndjson >in ;;
        *) { printf '\357\273\277'; sed 's/$/\r\n\r/' mixed.ndjson | head -c -3; } >in ;;
        esac
        "$stage" <mixed.ndjson >want
        run "$stage" <in
        is "$stage: $form: status" "$status" 0
        same "$stage: $form" out want
    done
    run "$stage" <mixed.ndjson
    ok "$stage: every line is one object" jq -es 'all(type == "object")' out
    is "$stage: as many as lines" "$(jq -c . out | wc -l)" "$(wc -l <out)"
    ok "$stage: every record is as the schema says" "$root/scripts/schema-check" out
    run "$stage" <foreign.ndjson
    same "$stage: records without text pass unchanged" out foreign.ndjson
    for value in null 12 '[]' '{}'; do
        echo "{\"part\":1,\"text\":$value}" >in
        run "$stage" <in
        same "$stage: text that is $value passes unchanged" out in
    done
}

point_2() { # foreign members keep their bytes; twice is once
    while IFS='|' read -r name line; do
        printf '%b\n' "$line" >odd
        { echo "$good"; cat odd; } >in
        run "$stage" <in
        is "$stage: $name: status" "$status" 0
        tail -n +2 out >passed
        same "$stage: $name" passed odd
    done <"$contract/odd.txt"
    nested=$(awk 'BEGIN { for (i = 0; i < 2040; i++) printf "["; for (; i; i--) printf "]" }')
    printf '{"part":1,"a":%s}\n' "$nested" >in
    run "$stage" <in
    same "$stage: 2040 brackets deep" out in

    jq -c '{before: 1} + . + {after: 2}' stories.ndjson |
        sed 's/"before":1/"before":12345678901234567890,"real":1.10,"e":1e5,"s":"\\u00e9"/
             s/"after":2/"d":1,"d":[ 1,2],"after":"\\\/"/' >in
    run "$stage" <in
    is "$stage: foreign members around the stage's own: status" "$status" 0
    is "$stage: the ones before keep their bytes" "$(grep -acF \
        '{"before":12345678901234567890,"real":1.10,"e":1e5,"s":"\u00e9"' out)" \
        "$(wc -l <out)"
    is "$stage: the ones behind keep their bytes" \
        "$(grep -acF '"d":1,"d":[ 1,2],"after":"\/"' out)" "$(wc -l <out)"
    ok "$stage: no text is lost on the way" [ -s out ]
    mv out once
    run "$stage" <once
    same "$stage: twice is once" out once
    cat "$root"/tests/samples/*.txt | nsplit | nstrip | ntag | nsummarize >all
    "$stage" <all >again
    same "$stage: what all four made stays" again all
}

point_3() { # order, one in one out, nothing from nothing
    records 2000 >in
    run "$stage" <in
    same "$stage: 2000 records keep their order" out in
    run "$stage" </dev/null
    is "$stage: empty input" "$status:$(wc -c <out)$(wc -c <err)" 0:00
    printf '\n\n \n\r\n' >in
    run "$stage" <in
    is "$stage: nothing but blank lines" "$status:$(wc -c <err)" 0:0
    [ "$stage" = nsplit ] || is "$stage: blank lines make no record" "$(wc -c <out)" 0
    : >empty
    run "$stage" empty foreign.ndjson empty - empty <stories.ndjson
    is "$stage: operands, - and empty files: status" "$status" 0
    is "$stage: operands in their order" "$(jq -r .id out | head -n 3 | tr '\n' ' ')" \
        '00000000000000a1 00000000000000a2 00000000000000a3 '
    ok "$stage: - is stdin" [ "$(wc -l <out)" -gt 3 ]
    # the end of a file ends a record
    head -c -1 foreign.ndjson >a
    run "$stage" a a
    cat foreign.ndjson foreign.ndjson >want
    same "$stage: files without a last newline do not run together" out want
}

point_4() { # nothing but the input decides
    "$stage" <mixed.ndjson >want
    (
        LC_ALL=C TZ=Asia/Tokyo LANG=tr_TR.UTF-8 HOME=/nowhere COLUMNS=20 TERM=dumb
        export LC_ALL TZ LANG HOME COLUMNS TERM
        cd / && "$stage" <"$tmp/mixed.ndjson" >"$tmp/got"
    )
    same "$stage: locale, time zone and folder do not matter" got want
    (sleep 0.1; cat mixed.ndjson) | "$stage" >got
    same "$stage: a pipe or a file is the same" got want
    while IFS= read -r line; do printf '%s\n' "$line"; done <mixed.ndjson | "$stage" >got
    same "$stage: in pieces or at once is the same" got want
}

point_5() { # gzip
    gzip -nc <foreign.ndjson >a.gz
    gzip -nc <stories.ndjson >b.gz
    "$stage" <mixed.ndjson >want
    cat a.gz b.gz >two.gz
    cat a.gz stories.ndjson >gz-plain
    cat foreign.ndjson b.gz >plain-gz
    { cat foreign.ndjson; gzip -c </dev/null; cat b.gz; } >plain-empty-gz
    { cat a.gz; head -c 1000 /dev/zero; cat b.gz; head -c 70000 /dev/zero; } >padded.gz
    { gzip -nc --fast <foreign.ndjson | head -c 3; printf '\010'; gzip -nc <foreign.ndjson |
        tail -c +5 | head -c 6; printf 'name\0'; gzip -nc <foreign.ndjson | tail -c +11
      cat b.gz; } >named.gz
    for file in two.gz gz-plain plain-gz plain-empty-gz padded.gz named.gz; do
        run "$stage" <"$file"
        is "$stage: $file on stdin: status" "$status:$(cat err)" 0:
        same "$stage: $file on stdin" out want
    done
    run "$stage" a.gz stories.ndjson
    is "$stage: a gzip file and a plain one as operands" "$status:$(wc -l <out)" \
        "0:$(wc -l <want)"

    # cut at every byte: never a hole with exit 0, and all that was there comes out
    python3 - <<'!' >whole
import json, zlib
data = open("a.gz", "rb").read()
for cut in range(1, len(data)):
    lines = zlib.decompressobj(31).decompress(data[:cut]).split(b"\n")
    try:  # cut before its newline, a record may be whole all the same
        json.loads(lines.pop() or "cut")
        print(cut, len(lines) + 1)
    except ValueError:
        print(cut, len(lines))
!
    wrong=
    while read -r cut whole; do
        head -c "$cut" a.gz >cut.gz
        status=0
        "$stage" cut.gz >out 2>err || status=$?
        head -n "$whole" foreign.ndjson | cmp -s - out && [ "$status" -eq 1 ] &&
            [ "$(grep -ac truncated err)" -eq 1 ] && [ "$(wc -l <err)" -le 2 ] ||
            wrong="$wrong $cut"
    done <whole
    is "$stage: gzip cut at any byte" "$wrong" ''
    run "$stage" cut.gz stories.ndjson
    ok "$stage: behind a cut file the next one is read" grep -aqF "$last_story" out

    for damage in 'CRC' 'length'; do
        size=$(wc -c <a.gz)
        [ "$damage" = CRC ] && at=8 || at=4
        { head -c $((size - at)) a.gz; printf '\252\125\252'; tail -c $((at - 3)) a.gz; } >bad.gz
        run "$stage" bad.gz
        is "$stage: bad $damage: status" "$status" 1
        same "$stage: bad $damage: the data" out foreign.ndjson
        ok "$stage: bad $damage: one message" errors "^$stage: bad.gz: " 1
    done
    cat a.gz bad.gz b.gz >inner.gz
    run "$stage" inner.gz
    is "$stage: a damaged member among others: status" "$status" 1
    ok "$stage: a damaged member among others: the next is read" grep -aqF "$last_story" out
    { cat a.gz; printf 'junk \001\002'; } >junk.gz
    run "$stage" junk.gz
    is "$stage: junk behind a member: status" "$status" 1
    same "$stage: junk behind a member: the data" out foreign.ndjson
    printf '\037\213\010\000 no gzip' >false.gz
    run "$stage" false.gz
    is "$stage: a false header: status" "$status" 1
    printf '\037\213\007\000\000\000\000\000\000\003' >method.gz
    run "$stage" method.gz
    is "$stage: an unknown method: status" "$status" 1
}

point_6() { # bad records
    while IFS='|' read -r name line; do
        { echo "$good"; printf '%b' "$line"; echo; echo "$good"; } >in
        printf '%b\n' "$line" >want.rejects
        { echo "$good"; echo "$good"; } >want
        run "$stage" --rejects=rejects in
        { [ "$status" -eq 1 ] && cmp out want && cmp rejects want.rejects &&
            errors "^$stage: in:2: .+ \\(\".*\"\\)\$" 1; } >said 2>&1
        verdict $? "$stage: bad record: $name" || { echo "status $status"; cat said err; } |
            sed 's/^/#   /'
    done <"$contract/bad.txt"
    deep=$(awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }')
    { echo "$good"; printf '{"part":1,"a":%s\n' "$deep"; echo "$good"; } >in
    run "$stage" <in
    is "$stage: 100000 brackets deep" "$status:$(wc -l <out)" 1:2
    ok "$stage: 100000 brackets deep: message" errors "^$stage: -:2: " 1

    { echo "$good"; echo '{"a":}'; echo "$good"; echo '{"b"}'; echo "$good"; } >in
    run "$stage" --max-bad=2 in
    is "$stage: --max-bad not passed" "$status:$(wc -l <out):$(wc -l <err)" 0:3:2
    run "$stage" --max-bad=1 in
    is "$stage: --max-bad passed" "$status:$(wc -l <out)" 1:3
    run "$stage" --max-bad=2 in nosuch
    is "$stage: --max-bad is about records, not files" "$status" 1
    run "$stage" --strict --rejects=rejects in
    is "$stage: --strict" "$status:$(cat out)" "2:$good"
    ok "$stage: --strict: message" errors "^$stage: in:2: " 1
    is "$stage: --strict: rejects" "$(cat rejects)" '{"a":}'
    run "$stage" --strict nosuch in
    is "$stage: --strict: a missing file" "$status:$(cat out)" 2:
    run "$stage" --rejects=/nowhere/r in
    is "$stage: rejects that cannot be opened" "$status:$(cat out)" 2:
    ok "$stage: rejects that cannot be opened: message" errors "^$stage: /nowhere/r: " 1
    run "$stage" --rejects=/dev/full in
    is "$stage: rejects on a full disk" "$status" 2

    { echo "$good"; awk 'BEGIN { for (i = 0; i < 25; i++) print "{bad" }'; } >in
    run "$stage" in
    is "$stage: ten messages and how many there were" "$(wc -l <err):$(tail -n 1 err)" \
        "11:$stage: 25 bad records skipped (15 messages not shown)"

    "$stage" <foreign.ndjson >want
    run "$stage" nosuch foreign.ndjson
    is "$stage: a missing file" "$status:$(cat err)" \
        "1:$stage: nosuch: No such file or directory"
    same "$stage: behind a missing file" out want
    mkdir -p folder
    run "$stage" folder foreign.ndjson
    is "$stage: a folder" "$status:$(cat err)" "1:$stage: folder: Is a directory"
    same "$stage: behind a folder" out want
    if [ -n "$is_root" ]; then
        skip "$stage: root reads everything"
    else
        : >secret
        chmod 000 secret
        run "$stage" secret foreign.ndjson
        is "$stage: an unreadable file" "$status:$(cat err)" \
            "1:$stage: secret: Permission denied"
    fi
}

point_7() { # the reader goes away
    records 100000 >many
    for input in foreign.ndjson many; do
        for signal in default ignored; do
            rm -f gone
            {
                [ $signal = default ] || trap '' PIPE
                until [ -e gone ]; do sleep 0.01; done
                status=0
                "$stage" <$input 2>err || status=$?
                echo $status >status
            } | { exec <&-; : >gone; }
            is "$stage: reader gone, SIGPIPE $signal, $input" "$(cat status err)" 141
        done
    done
    { "$stage" <many; echo $? >status; } 2>err | head -n 1 >out
    is "$stage: head -n 1" "$(cat status err out)" "$(printf '141\n{"part":1,"x":1}')"
}

point_8() { # every write is checked
    for size in 100 65535 65536 65537 131072 131073 3000000; do
        pad $size >in
        [ "$(wc -c <in)" -eq $size ] || echo "Bail out! pad made another size than $size"
        run "$stage" <in
        same "$stage: a record of $size bytes" out in
        status=0
        "$stage" <in >/dev/full 2>err || status=$?
        is "$stage: full disk at $size bytes" "$status:$(cat err)" \
            "2:$stage: stdout: No space left on device"
        status=0
        "$stage" <in >&- 2>err || status=$?
        is "$stage: closed stdout at $size bytes" "$status:$(cat err)" \
            "2:$stage: stdout: Bad file descriptor"
    done
    status=0
    "$stage" <many >/dev/full 2>err || status=$?
    is "$stage: full disk, many records" "$status:$(wc -l <err)" 2:1
    status=0
    "$stage" -u <many >/dev/full 2>err || status=$?
    is "$stage: full disk, unbuffered" "$status:$(wc -l <err)" 2:1
    status=0
    "$stage" --help >/dev/full 2>err || status=$?
    is "$stage: --help on a full disk" "$status" 2
    "$stage" <foreign.ndjson >out 2>&- || status=$?
    same "$stage: closed stderr does not matter" out foreign.ndjson
    status=0
    "$stage" <&- >out 2>err || status=$?
    is "$stage: closed stdin" "$status:$(cat err)" "1:$stage: -: Bad file descriptor"
    status=0
    "$stage" foreign.ndjson <&- 2>err >out || status=$?
    is "$stage: closed stdin that is not read" "$status" 0
    same "$stage: closed stdin that is not read: output" out foreign.ndjson
}

point_9() { # flat memory
    for size in 100 65536; do
        # the newline does not count
        { echo "$good"; pad $((size + 2)); pad $((size + 1)); echo "$good"; } >in
        { echo "$good"; pad $((size + 1)); echo "$good"; } >want
        pad $((size + 2)) >want.rejects
        run "$stage" --max-record=$size --rejects=rejects in
        is "$stage: --max-record=$size" "$status:$(wc -l <err)" 1:1
        same "$stage: --max-record=$size: output" out want
        same "$stage: --max-record=$size: rejects" rejects want.rejects
    done
    { echo "$good"; head -c 100000000 /dev/zero | tr '\0' a; echo; echo "$good"; } >in
    peak "$stage" --max-record=1M --rejects=rejects in
    is "$stage: a line of 100 MB" "$status:$(wc -l <err):$(uniq out)" "1:1:$good"
    is "$stage: a line of 100 MB: rejects" "$(wc -c <rejects)" 100000001
    rm -f rejects
    [ -z "$bounded" ] || ok "$stage: a line of 100 MB: peak memory ${peak_kb}K" \
        [ "$peak_kb" -lt 32000 ]
    head -c 30000000 /dev/zero | tr '\0' '\n' >in
    peak "$stage" in
    is "$stage: 30 MB of blank lines" "$status:$(wc -c <err)" 0:0
    [ -z "$bounded" ] || [ "$stage" = nsplit ] ||
        ok "$stage: 30 MB of blank lines: peak memory ${peak_kb}K" [ "$peak_kb" -lt 32000 ]
    if [ -n "${SLOW:-}" ]; then
        yes "$(cat foreign.ndjson)" | head -c 1000000000 | sed '$d' >huge.ndjson
        peak "$stage" huge.ndjson
        is "$stage: 1 GB of small records" "$status:$(wc -c <out)" "0:$(wc -c <huge.ndjson)"
        [ -z "$bounded" ] ||
            ok "$stage: 1 GB of small records: peak memory ${peak_kb}K" [ "$peak_kb" -lt 16000 ]
        rm -f huge.ndjson out
    fi
}

point_10() { # stderr only on trouble; the common options
    run "$stage" <mixed.ndjson
    is "$stage: silent when all is well" "$(cat err)" ''
    cp out want
    for option in -q --quiet -u --unbuffered --strict --max-bad=0 --max-record=1G --field=text \
        --rejects=none -qu; do
        run "$stage" "$option" <mixed.ndjson
        is "$stage: $option: status" "$status:$(cat err)" 0:
        same "$stage: $option changes no record" out want
    done
    is "$stage: no bad records, empty rejects" "$(wc -c <none)" 0

    { echo "$good"; echo '{bad'; echo "$good"; } >in
    run "$stage" -q in
    is "$stage: -q is silent, the status tells" "$status:$(cat err):$(wc -l <out)" 1::2
    run "$stage" -q nosuch
    is "$stage: -q and a missing file" "$status:$(cat err)" 1:

    run "$stage" -q --stats in
    is "$stage: --stats on stderr is one line" "$(wc -l <err)" 1
    is "$stage: --stats counts" "$(jq -c '[.stage, .in, .out, .bad, .bytes_in, .bytes_out]' err)" \
        "[\"$stage\",3,2,1,$(wc -c <in),$(wc -c <out)]"
    ok "$stage: --stats seconds" jq -e '.seconds >= 0' err
    run "$stage" --stats=stats.json mixed.ndjson
    is "$stage: --stats=FILE" "$(cat err)$(jq -c '.bytes_out' stats.json)" "$(wc -c <out)"
    same "$stage: --stats=FILE changes no record" out want
    run "$stage" --stats=/dev/full mixed.ndjson
    is "$stage: --stats on a full disk" "$status" 2
    run "$stage" --stats=/nowhere/s mixed.ndjson
    is "$stage: --stats that cannot be opened" "$status" 2

    run "$stage" --progress <mixed.ndjson
    same "$stage: --progress changes no record" out want
    is "$stage: --progress: status" "$status" 0

    # -u: the record is out before the next one is in
    rm -f to from
    mkfifo to from
    timeout 20 "$stage" -u <to >from 2>err &
    exec 3>to 4<from
    printf '%s\n' "$good" >&3
    got=
    IFS= read -r got <&4
    is "$stage: -u: a record comes out before the input ends" "$got" "$good"
    exec 3>&- 4<&-
    wait

    jq -c 'del(.title)' stories.ndjson >plain
    "$stage" <plain | sed 's/"text":/"body":/' >want
    sed 's/"text":/"body":/' plain >in
    run "$stage" --field=body <in
    is "$stage: --field: status" "$status:$(cat err)" 0:
    same "$stage: --field" out want
    run "$stage" --field=body <foreign.ndjson
    same "$stage: --field that is not there" out foreign.ndjson

    for option in --help -h; do
        run "$stage" $option
        is "$stage: $option: status" "$status:$(cat err)" 0:
        ok "$stage: $option on stdout" grep -q "^usage: $stage " out
        ok "$stage: $option fits a screen" [ "$(wc -l <out)" -le 40 ]
    done
    run "$stage" --version
    is "$stage: --version" "$status:$(head -n 1 out | grep -cE "^$stage [0-9]+\.[0-9]+\.[0-9]+$")" 0:1
    run "$stage" --no-such-option
    is "$stage: unknown option" "$status:$(cat out):$(sed -n 2p err | cut -d ' ' -f 1-2)" \
        "2::usage: $stage"
    ok "$stage: unknown option: two lines" errors "^$stage: .*no-such-option" 2
    for wrong in -% --max-record=x --max-record=0 --max-record=-1 --max-record=1X \
        --max-record= --max-record=99999999999999999999 --max-bad=x --max-bad=-1 --max-bad= \
        --max-bad=1.5 --quiet=1 --max-record --field=; do
        run "$stage" "$wrong" </dev/null
        is "$stage: wrong call $wrong" "$status:$(cat out)" 2:
        ok "$stage: wrong call $wrong: message" errors "^$stage: " 2
    done
    run "$stage" --rejects= </dev/null
    is "$stage: rejects without a name" "$status:$(cat out)" 2:
    run "$stage" -- -x
    is "$stage: -- ends the options" "$status:$(cat err)" "1:$stage: -x: No such file or directory"
}

last_story=$(jq -r .id stories.ndjson | tail -n 1)
for stage in ${STAGES:-$stages}; do
    for point in ${POINTS:-1 2 3 4 5 6 7 8 9 10}; do
        point_"$point"
    done
done
done_testing
