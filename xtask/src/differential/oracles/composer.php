<?php
// Answers pairs of versions as Composer has them: normalised, then held against each other as constraints.
require 'Composer/Semver/autoload.php';

$parser = new Composer\Semver\VersionParser();
while (($line = fgets(STDIN)) !== false) {
    [$a, $b] = explode("\t", rtrim($line, "\n"));
    try {
        $a = $parser->normalize($a);
        $b = $parser->normalize($b);
    } catch (UnexpectedValueException $e) {
        echo "!\n";
        continue;
    }
    echo match (true) {
        Composer\Semver\Comparator::lessThan($a, $b) => "<\n",
        Composer\Semver\Comparator::greaterThan($a, $b) => ">\n",
        Composer\Semver\Comparator::equalTo($a, $b) => "=\n",
        default => "!\n",
    };
}
