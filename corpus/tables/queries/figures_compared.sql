-- Figures on the same quantity
-- Figures that count the same, side by side: who says so and as of when. Figures of different days or bounds need not contradict each other.
SELECT q.name AS quantity, f.article_id AS article, a.published, coalesce(s.name, '(not known)') AS outlet,
       f.text AS words, f.comparator, f.value, f.value_low AS low, f.value_high AS high,
       coalesce(x.name, c.claimant_text, CASE c.voice WHEN 'author' THEN '(the article)' ELSE '(not named)' END) AS "who says",
       CASE WHEN f.as_of_from IS NULL THEN '(date of the article)'
            WHEN f.as_of_from = f.as_of_to THEN f.as_of_from::VARCHAR
            ELSE f.as_of_from || '/' || f.as_of_to END AS "as of"
FROM figures f
JOIN quantities q USING (quantity_id)
JOIN claims c USING (claim_id)
JOIN articles a ON a.article_id = f.article_id
LEFT JOIN sources s ON s.source_id = a.source_id
LEFT JOIN actors x ON x.actor_id = c.actor_id
ORDER BY q.quantity_id, a.published_to, f.article_id, f.char_start
