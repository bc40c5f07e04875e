#!/bin/sh
# A model goes with the code that it was learned with: where nstrip comes to see a line in
# another way (its features, words, cues, dates), the models must be learned anew.
# shellcheck source=tests/lib.sh
. "${0%/*}/lib.sh"
is 'nstrip sees pages as it did when its models were learned (else: make model-nstrip)' \
    "$(cat "$BUILD/nstrip.seen")" "$(head -n 1 "$root/stages/nstrip/lines.model")"
done_testing
