<?php
// Answers "range, version" with Composer's Semver::satisfies.
require 'Composer/Semver/autoload.php';

while (($line = fgets(STDIN)) !== false) {
    [$range, $version] = explode("\t", rtrim($line, "\n"));
    try {
        echo Composer\Semver\Semver::satisfies($version, $range) ? "y\n" : "n\n";
    } catch (UnexpectedValueException $e) {
        echo "!\n";
    }
}
