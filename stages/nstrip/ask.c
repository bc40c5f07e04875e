#include "stages/nstrip/ask.h"

#include <string.h>

/* Sixteen lines at once. */
typedef uint8_t lanes __attribute__((vector_size(16)));
enum { LANES = FEATURE_BLOCK / sizeof(lanes) };

static inline lanes load_lanes(const uint8_t *p)
{
    lanes x;
    memcpy(&x, p, sizeof x);
    return x;
}

/* The leaf that each line of the blocks comes to. */
static inline void find_leaves(const struct tree *tree, const struct features *f,
                               struct block *const block[], size_t count,
                               uint8_t leaf[BLOCKS][FEATURE_BLOCK])
{
    const uint8_t *column[MODEL_DEPTH];
    lanes most[MODEL_DEPTH];
    for (int d = 0; d < MODEL_DEPTH; d++) {
        const struct question *q = &tree->level[d];
        column[d] = f->column[q->column] + q->shift;
        most[d] = (lanes){0} + q->most;
    }
    for (size_t b = 0; b < count; b++) {
        lanes at[LANES] = {0};
        for (int d = 0; d < MODEL_DEPTH; d++) {
            const uint8_t *x = column[d] + block[b]->line;
            for (size_t k = 0; k < LANES; k++)
                at[k] += at[k] - (lanes)(load_lanes(x + k * sizeof(lanes)) <= most[d]);
        }
        memcpy(leaf[b], at, sizeof at);
    }
}

void ask_plainly(const struct tree tree[GROUP], const struct features *f,
                 struct block *const block[], size_t count)
{
    uint8_t leaf[GROUP][BLOCKS][FEATURE_BLOCK];
    for (int t = 0; t < GROUP; t++)
        find_leaves(&tree[t], f, block, count, leaf[t]);
    for (size_t b = 0; b < count; b++)
        for (int from = 0; from < FEATURE_BLOCK; from += 4)
            for (int k = from; k < from + 4; k++)
                block[b]->score[k] += (int16_t)(tree[0].score[leaf[0][b][k]] +
                                                tree[1].score[leaf[1][b][k]] +
                                                tree[2].score[leaf[2][b][k]] +
                                                tree[3].score[leaf[3][b][k]]);
}

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#define WIDE __attribute__((target("avx2")))

_Static_assert(FEATURE_BLOCK == sizeof(__m256i), "a block's lines go into one vector");
_Static_assert(MODEL_LEAVES == 64, "two bits of a leaf say where among the scores");

/* Sixteen bytes, twice. */
WIDE static inline __m256i load_twice(const uint8_t *p)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)p));
}

/* The leaves that 32 lines come to. */
WIDE static inline __m256i wide_leaves(const struct tree *tree, const struct features *f,
                                       size_t line)
{
    __m256i at = _mm256_setzero_si256();
    for (int d = 0; d < MODEL_DEPTH; d++) {
        const struct question *q = &tree->level[d];
        const uint8_t *p = f->column[q->column] + q->shift + line;
        __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)p);
        __m256i most = _mm256_set1_epi8((char)q->most);
        __m256i at_most = _mm256_cmpeq_epi8(_mm256_min_epu8(x, most), x);
        at = _mm256_sub_epi8(_mm256_add_epi8(at, at), at_most);
    }
    return at;
}

/* Adds the tree's scores: to sum[0] those of each first eight of sixteen lines, to sum[1]
 * those of the others. */
WIDE static inline void add_wide(const struct tree *tree, __m256i leaf, __m256i sum[2])
{
    __m256i low = _mm256_setzero_si256(), high = low;
    for (int from = 0; from < MODEL_LEAVES; from += 16) {
        /* a leaf that is not among these sixteen has its upper bit set then: it gets 0 */
        __m256i among = _mm256_adds_epu8(
            _mm256_xor_si256(leaf, _mm256_set1_epi8((char)from)), _mm256_set1_epi8(0x70));
        low = _mm256_or_si256(low,
                              _mm256_shuffle_epi8(load_twice(tree->low + from), among));
        high = _mm256_or_si256(high,
                               _mm256_shuffle_epi8(load_twice(tree->high + from), among));
    }
    sum[0] = _mm256_add_epi16(sum[0], _mm256_unpacklo_epi8(low, high));
    sum[1] = _mm256_add_epi16(sum[1], _mm256_unpackhi_epi8(low, high));
}

WIDE static inline void add_eight(int32_t *score, __m128i sum)
{
    __m256i *to = (__m256i *)(void *)score;
    _mm256_storeu_si256(
        to, _mm256_add_epi32(_mm256_loadu_si256(to), _mm256_cvtepi16_epi32(sum)));
}

WIDE static void ask_widely(const struct tree tree[GROUP], const struct features *f,
                            struct block *const block[], size_t count)
{
    for (size_t b = 0; b < count; b++) {
        __m256i sum[2] = {_mm256_setzero_si256(), _mm256_setzero_si256()};
        for (int t = 0; t < GROUP; t++)
            add_wide(&tree[t], wide_leaves(&tree[t], f, block[b]->line), sum);
        int32_t *score = block[b]->score;
        add_eight(score, _mm256_castsi256_si128(sum[0]));
        add_eight(score + 8, _mm256_castsi256_si128(sum[1]));
        add_eight(score + 16, _mm256_extracti128_si256(sum[0], 1));
        add_eight(score + 24, _mm256_extracti128_si256(sum[1], 1));
    }
}

void ask(const struct tree tree[GROUP], const struct features *f,
         struct block *const block[], size_t count)
{
    if (__builtin_cpu_supports("avx2"))
        ask_widely(tree, f, block, count);
    else
        ask_plainly(tree, f, block, count);
}
#else
void ask(const struct tree tree[GROUP], const struct features *f,
         struct block *const block[], size_t count)
{
    ask_plainly(tree, f, block, count);
}
#endif
