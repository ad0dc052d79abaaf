-- Where an article and another report differ
-- What each reports, side by side; nothing here says which is right. Where two articles of the corpus differ, both stand in the table of figures too.
SELECT d.article_id AS article, coalesce(s.name, '(not known)') AS outlet, d.article_reports AS "the article reports",
       d.other AS other, d.other_reports AS "the other reports", d.locator AS "where", d.note
FROM divergences d JOIN articles a USING (article_id) LEFT JOIN sources s ON s.source_id = a.source_id
ORDER BY d.article_id, d.divergence_id
