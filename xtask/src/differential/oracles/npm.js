// Answers pairs of versions with node-semver in its loose mode.
const semver = require("semver");

if (process.argv[2]) {
  console.log(require("semver/package.json").version);
  process.exit();
}
const out = [];
const flush = () => { process.stdout.write(out.join("")); out.length = 0; };
require("readline").createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on("line", (line) => {
    const [a, b] = line.split("\t").map((text) => semver.parse(text, { loose: true }));
    out.push(a && b ? ["<\n", "=\n", ">\n"][semver.compare(a, b, true) + 1] : "!\n");
    if (out.length === 4096) flush();
  })
  .on("close", flush);
