# Claims in R, with the packages arrow and dplyr: Rscript examples/claims.R [dist]
# What is printed counts what is here. It is no measure of the press, and says nothing on whether a claim is true.

suppressPackageStartupMessages({
  library(arrow)
  library(dplyr)
})

dist <- c(commandArgs(trailingOnly = TRUE), "dist")[1]
# A table is a folder, as it may lie in several files; a table without rows has no folder.
read_table <- function(name) collect(open_dataset(file.path(dist, "data", name)))
articles <- read_table("articles")
claims <- read_table("claims")
sources <- read_table("sources")
figures <- read_table("figures")

# Where the outlet of an article is not known, source_id is NA: left_join keeps its claims, inner_join would drop them.
cat("Whose voice, by outlet\n")
claims |>
  left_join(select(sources, source_id, name), by = "source_id") |>
  count(name, voice, sort = TRUE) |>
  print(n = 20)

cat("\nReported claims without a named source\n")
claims |>
  filter(voice == "reported", is.na(claimant_text)) |>
  count(article_id, certainty) |>
  print(n = 20)

# NA in a bound is a side that the words leave open ("more than", "about"); it is neither zero nor infinite.
cat("\nFigures on one quantity, with who gives them\n")
figures |>
  filter(quantity_id == "population-of-gaza") |>
  left_join(select(claims, claim_id, voice, claimant_text), by = "claim_id") |>
  select(article_id, text, value_low, value_high, voice, claimant_text) |>
  print(n = 20)

# Offsets count code points from 0, the end left out. R counts characters from 1, the end included: add 1 to the start
# and nothing to the end.
placed <- left_join(claims, select(articles, article_id, article = text), by = "article_id")
words <- with(placed, substring(article, char_start + 1, char_end))
stopifnot(identical(words, claims$text))
cat("\n", nrow(claims), "claims stand where their offsets say.\n")
