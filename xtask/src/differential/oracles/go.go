// Answers pairs of versions with golang.org/x/mod/semver.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/semver"
)

func main() {
	input := bufio.NewScanner(os.Stdin)
	input.Buffer(nil, 1<<20)
	output := bufio.NewWriter(os.Stdout)
	defer output.Flush()
	for input.Scan() {
		a, b, _ := strings.Cut(input.Text(), "\t")
		if !semver.IsValid(a) || !semver.IsValid(b) {
			fmt.Fprintln(output, "!")
			continue
		}
		fmt.Fprintln(output, string("<=>"[semver.Compare(a, b)+1]))
	}
}
