-- Answers pairs of versions with Cabal's own type.
module Main (main) where

import Distribution.Parsec (simpleParsec)
import Distribution.Version (Version)

main :: IO ()
main = interact (unlines . map answer . lines)

answer :: String -> String
answer line = case (simpleParsec a, simpleParsec (drop 1 b)) of
  (Just x, Just y) -> case compare x (y :: Version) of
    LT -> "<"
    EQ -> "="
    GT -> ">"
  _ -> "!"
  where
    (a, b) = break (== '\t') line
