#include "stages/nsplit/id.h"

#include "tests/unit/tap.h"

/* The values were computed by another implementation of the published reference. */
int main(void)
{
    ok(id_of(STR("")) == 0, "nothing");
    ok(id_of(STR("foobar")) == 0xd49f461720d7a196u, "less than a word");
    ok(id_of(STR("12345678")) == 0x758f67d162b2d202u, "a word");
    ok(id_of(STR("The quick brown fox jumps over the lazy dog")) == 0x5589ca33042a861bu,
       "words and a rest");
    ok(id_of(STR("\xe2\x80\x94")) != id_of(STR("\xe2\x80\x93")), "bytes are not signed");
    return done_testing();
}
