#include "stages/nsplit/member.h"

#include "common/msg.h"
#include "common/stats.h"

void member_open(struct member *member, const char *archive)
{
    member->archive = archive;
    member->base = member->padding = member->at = member->pages = 0;
    member->begun = false;
    buf_clear(&member->url);
    buf_clear(&member->added);
}

void member_leave(struct in *in, struct member *member)
{
    if (!in_leave(in))
        msg_warn("%s: the archive ends inside a member", member->archive);
    while (member->padding) {
        size_t max = member->padding < 4096 ? (size_t)member->padding : 4096;
        struct str skipped = in_bytes(in, max);
        if (!skipped.len)
            break;
        stats.bytes_in += skipped.len;
        member->at += skipped.len;
        member->padding -= skipped.len;
    }
    member->padding = 0;
}

void member_free(struct member *member)
{
    buf_free(&member->file);
    buf_free(&member->url);
    buf_free(&member->added);
}
