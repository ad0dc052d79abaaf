-- Claims by outlet, voice and modality
-- One row per outlet; `author`: the article asserts it itself, `reported`: it gives it to someone else.
SELECT coalesce(s.name, '(not known)') AS outlet,
       count(DISTINCT c.article_id) AS articles,
       count(*) AS claims,
       count(*) FILTER (WHERE c.voice = 'author') AS author,
       count(*) FILTER (WHERE c.voice = 'reported') AS reported,
       count(*) FILTER (WHERE c.modality = 'fact') AS fact,
       count(*) FILTER (WHERE c.modality = 'evaluation') AS evaluation,
       count(*) FILTER (WHERE c.modality = 'prediction') AS prediction,
       count(*) FILTER (WHERE c.modality = 'directive') AS directive,
       count(*) FILTER (WHERE c.certainty = 'hedged') AS hedged
FROM claims c LEFT JOIN sources s USING (source_id)
GROUP BY 1 ORDER BY claims DESC, outlet
