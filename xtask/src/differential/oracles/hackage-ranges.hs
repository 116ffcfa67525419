-- Answers "range, version" with Cabal.
module Main (main) where

import Distribution.Parsec (simpleParsec)
import Distribution.Types.Version (Version)
import Distribution.Types.VersionRange (VersionRange)
import Distribution.Version (withinRange)

main :: IO ()
main = interact (unlines . map (answer . break (== '\t')) . lines)

answer :: (String, String) -> String
answer (text, rest) = case (simpleParsec text, simpleParsec (drop 1 rest)) of
  (Just range, Just version) -> if withinRange (version :: Version) (range :: VersionRange) then "y" else "n"
  _ -> "!"
