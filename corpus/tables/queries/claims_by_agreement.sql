-- Claims by how the passes bear them out
-- `exact`: the same span in every pass; `overlap`: overlapping spans in every pass; `one_pass`: a span in some pass; `adjudicated`: in none.
SELECT coalesce(agreement, '(no passes)') AS agreement, count(*) AS claims FROM claims GROUP BY 1 ORDER BY claims DESC, 1
