/* Answers pairs of versions with the library of apk-tools 3, which takes texts as length and pointer. */
#include <stdio.h>
#include <string.h>

typedef struct {
	long len;
	char *ptr;
} apk_blob_t;

int apk_version_compare(apk_blob_t a, apk_blob_t b);
int apk_version_validate(apk_blob_t version);
const char *apk_version_op_string(int op);

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, stdin)) > 0) {
		apk_blob_t a, b;
		char *tab;

		if (line[length - 1] == '\n')
			length--;
		tab = memchr(line, '\t', length);
		a.ptr = line;
		a.len = tab - line;
		b.ptr = tab + 1;
		b.len = length - a.len - 1;
		if (!apk_version_validate(a) || !apk_version_validate(b)) {
			puts("!");
			continue;
		}
		puts(apk_version_op_string(apk_version_compare(a, b)));
	}
	return 0;
}
