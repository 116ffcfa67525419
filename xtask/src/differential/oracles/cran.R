# Answers pairs of versions with R's compareVersion.
answer <- function(pair) {
  order <- tryCatch(
    compareVersion(pair[1], pair[2]),
    error = function(condition) NA,
    warning = function(condition) NA
  )
  if (is.na(order)) "!" else c("<", "=", ">")[order + 2]
}
valid <- paste0("^", .standard_regexps()$valid_numeric_version, "$")
lines <- readLines(file("stdin"), encoding = "UTF-8")
pairs <- strsplit(lines, "\t", fixed = TRUE)
readable <- vapply(pairs, function(pair) all(grepl(valid, pair)), TRUE)
answers <- rep("!", length(pairs))
answers[readable] <- vapply(pairs[readable], answer, "")
writeLines(answers)
