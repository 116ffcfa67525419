/* Answers pairs of versions with pacman's own library. */
#include <stdio.h>
#include <string.h>

/* As <alpm.h> declares it; the header itself asks for the headers of libarchive. */
int alpm_pkg_vercmp(const char *a, const char *b);

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, stdin)) > 0) {
		char *tab;
		int order;

		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		tab = strchr(line, '\t');
		*tab = '\0';
		order = alpm_pkg_vercmp(line, tab + 1);
		puts(order < 0 ? "<" : order > 0 ? ">" : "=");
	}
	return 0;
}
