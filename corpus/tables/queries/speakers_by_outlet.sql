-- Whose words are reported, by outlet
-- The actors to whom most claims are given, at least three in the corpus, by outlet.
PIVOT (
    SELECT a.name AS speaker, coalesce(s.name, '(not known)') AS outlet
    FROM claims c JOIN actors a USING (actor_id) LEFT JOIN sources s ON s.source_id = c.source_id
    WHERE c.voice = 'reported'
      AND c.actor_id IN (SELECT actor_id FROM claims WHERE voice = 'reported' GROUP BY 1 HAVING count(*) >= 3)
) ON outlet USING count(*) GROUP BY speaker ORDER BY speaker
