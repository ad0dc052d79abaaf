-- Articles, where they come from, and how that is known
-- The basis says how outlet and date are known: stated in the text, found in a public copy, inferred from evidence, or not known.
SELECT a.article_id AS article, a.title, coalesce(s.name, '(not known)') AS outlet, a.source_basis AS "outlet is",
       a.published, a.date_basis AS "date is", a.word_count AS words, a.claim_count AS claims
FROM articles a LEFT JOIN sources s USING (source_id) ORDER BY a.article_id
