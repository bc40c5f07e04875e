/* embed FILE: writes C that holds the file's bytes, as NAME[] and NAME_size, where NAME
 * is the file's name with every character but letters and digits turned into "_". */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char *argv[])
{
    FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!f) {
        fprintf(stderr, "usage: embed FILE\n");
        return 2;
    }
    const char *slash = strrchr(argv[1], '/');
    char name[256] = {0};
    strncpy(name, slash ? slash + 1 : argv[1], sizeof name - 1);
    for (char *p = name; *p; p++)
        if (!isalnum((unsigned char)*p))
            *p = '_';

    printf("#include \"common/data.h\"\n\nDATA(%s);\nconst unsigned char %s[] = {", name,
           name);
    unsigned long size = 0;
    for (int c; (c = getc(f)) != EOF; size++)
        printf("%s%d,", size % 20 ? "" : "\n", c);
    printf("0};\nconst size_t %s_size = %lu;\n", name, size);
    if (ferror(f) || fclose(f) || fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "embed: %s: cannot copy\n", argv[1]);
        return 2;
    }
    return 0;
}
