/* Answers pairs of versions with dpkg's own library. */
#define LIBDPKG_VOLATILE_API 1
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dpkg/dpkg.h>
#include <dpkg/dpkg-db.h>
#include <dpkg/version.h>

static int parse(struct dpkg_version *version, const char *text)
{
	struct dpkg_error err = DPKG_ERROR_INIT;
	int failed = parseversion(version, text, &err) < 0;

	dpkg_error_destroy(&err);
	return failed;
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, stdin)) > 0) {
		struct dpkg_version a = { 0 }, b = { 0 };
		char *tab;
		int order;

		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		tab = strchr(line, '\t');
		*tab = '\0';
		if (parse(&a, line) || parse(&b, tab + 1)) {
			puts("!");
			continue;
		}
		order = dpkg_version_compare(&a, &b);
		puts(order < 0 ? "<" : order > 0 ? ">" : "=");
		/* parseversion takes memory that lives as long as dpkg's database; give it back in between. */
		nffreeall();
	}
	return 0;
}
