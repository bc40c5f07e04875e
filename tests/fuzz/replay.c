/* Runs a fuzz target over files and over the files in folders, with any compiler. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int cases;

static void give_up(const char *path)
{
    perror(path);
    exit(2);
}

static void replay_file(const char *path)
{
    uint8_t *data = NULL;
    size_t size = 0, n;
    FILE *f = fopen(path, "rb");
    if (!f)
        give_up(path);
    do {
        data = realloc(data, size + 4096);
        if (!data)
            give_up(path);
        n = fread(data + size, 1, 4096, f);
        size += n;
    } while (n);
    if (ferror(f) || fclose(f) != 0)
        give_up(path);
    fprintf(stderr, "%s\n", path); /* the last one said is the one that crashed */
    LLVMFuzzerTestOneInput(data, size);
    free(data);
    cases++;
}

static void replay(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        give_up(path);
    if (!S_ISDIR(st.st_mode)) {
        replay_file(path);
        return;
    }
    DIR *folder = opendir(path);
    if (!folder)
        give_up(path);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char inner[4096];
        snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.')
            replay(inner);
    }
    closedir(folder);
}

int main(int argc, char *argv[])
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%d cases\n", cases);
    return cases == 0;
}
