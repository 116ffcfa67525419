// Answers "range, version" with node-semver; "admitted" includes pre-releases.
const semver = require("semver");

if (process.argv[2] === "version") {
  console.log(require("semver/package.json").version);
  process.exit();
}
const options = { includePrerelease: process.argv[2] === "admitted" };
const out = [];
const flush = () => { process.stdout.write(out.join("")); out.length = 0; };
require("readline").createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on("line", (line) => {
    const [text, version] = line.split("\t");
    let range = null;
    try { range = new semver.Range(text, options); } catch { /* no range */ }
    out.push(range && semver.valid(version) ? (range.test(version) ? "y\n" : "n\n") : "!\n");
    if (out.length === 4096) flush();
  })
  .on("close", flush);
