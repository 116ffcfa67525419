<?php
// Answers pairs of versions as PHP's version_compare has them; a leading v is none of its business, Composer
// takes it away before.
while (($line = fgets(STDIN)) !== false) {
    [$a, $b] = explode("\t", rtrim($line, "\n"));
    [$a, $b] = preg_replace('/^[vV](?=[0-9A-Za-z])/', '', [$a, $b]);
    echo ['<', '=', '>'][version_compare($a, $b) + 1], "\n";
}
