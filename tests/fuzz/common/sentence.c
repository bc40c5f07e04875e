/* Sentences of any valid text cover all of it but white space, in order. */
#include "common/sentence.h"
#include "common/unicode.h"
#include "common/words.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = {0};
    utf8_repair(&text, (struct str){(const char *)data, size});
    struct str rest = buf_str(&text), sentence, word;
    const char *behind = rest.s;
    size_t words = word_count(rest), in_sentences = 0;

    while (sentence_next(&rest, &sentence)) {
        if (sentence.len == 0 || sentence.s < behind ||
            !str_blank((struct str){behind, (size_t)(sentence.s - behind)}) ||
            memchr(sentence.s, '\n', sentence.len))
            abort();
        behind = sentence.s + sentence.len;
        struct str left = sentence;
        while (word_next(&left, &word))
            in_sentences++;
    }
    if (behind && in_sentences != words)
        abort();
    buf_free(&text);
    return 0;
}
