-- Quotations that stand in several articles
-- Quoted claims of five words or more whose words stand in another article too. They are one piece of evidence, not several.
SELECT least(c.article_id, t.article_id) AS article, greatest(c.article_id, t.article_id) AS "also in",
       c.text AS words
FROM claims c
JOIN articles t ON t.article_id <> c.article_id AND contains(t.text, c.text)
WHERE c.attribution IN ('direct', 'mixed') AND len(string_split(c.text, ' ')) >= 5
GROUP BY ALL ORDER BY article, "also in", words
