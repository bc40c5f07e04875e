/* The phrases of page furniture, however they are written. */
#include "common/cue.h"

#include "tests/unit/tap.h"

int main(void)
{
    static const struct {
        const char *line;
        enum cue kind;
    } lines[] = {
        {"Read more", CUE_MORE},
        {"READ MORE »", CUE_MORE},
        {"  … continue   reading →", CUE_MORE},
        {"Weiterlesen", CUE_MORE},
        {"Читать далее", CUE_MORE},
        {"ЧИТАТЬ ДАЛЕЕ", CUE_MORE},
        {"Read more books, the minister said", CUE_NONE},
        {"Share", CUE_SHARE},
        {"Share prices fell on Monday", CUE_NONE},
        {"Sign up for our newsletter", CUE_SUBSCRIBE},
        {"© 2024 The Example Courier. All rights reserved.", CUE_COPYRIGHT},
        {"The Example Courier 2019. All Rights Reserved", CUE_COPYRIGHT},
        {"© REUTERS/ Jane Doe", CUE_CREDIT},
        {"12,304 views", CUE_NONE},
        {"12 comments", CUE_COUNTER},
        {"3 min read", CUE_COUNTER},
        {"Tags", CUE_TAGS},
        {"Tags: France, Spain", CUE_TAGS},
        {"Tags are small labels", CUE_NONE},
        {"Topic:", CUE_TOPIC},
        {"By Jane Doe", CUE_BYLINE},
        {"Bystanders ran", CUE_NONE},
        {"", CUE_NONE},
        {"---", CUE_NONE},
        {"Nothing of the kind was said in the long meeting that the council held.",
         CUE_NONE},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        is_int(cue_of(str_of(lines[i].line)), lines[i].kind, lines[i].line);
    is_int((long long)cue_prefix(STR("Tags: France"), CUE_TAGS), 6,
           "label, colon, blank");
    is_int((long long)cue_prefix(STR("By Jane Doe"), CUE_BYLINE), 3, "by");
    is_int((long long)cue_prefix(STR("Bystanders"), CUE_BYLINE), 0, "whole words only");
    ok(cue_template(STR("{{post.title}}")), "a template's leftover");
    ok(cue_template(STR("<% if x %>")), "of another engine");
    ok(!cue_template(STR("He {said} so")), "braces alone are none");
    return done_testing();
}
