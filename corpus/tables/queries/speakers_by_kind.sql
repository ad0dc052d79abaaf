-- Whose words are reported, by kind of actor
-- Claims in reported voice. `(named, not resolved)`: the text names a claimant who is not in the register; `(not named)`: it names none.
SELECT CASE WHEN a.kind IS NOT NULL THEN a.kind
            WHEN c.claimant_text IS NOT NULL THEN '(named, not resolved)'
            ELSE '(not named)' END AS speaker,
       count(*) AS claims,
       count(DISTINCT c.actor_id) AS actors,
       count(DISTINCT c.article_id) AS articles,
       round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS percent
FROM claims c LEFT JOIN actors a USING (actor_id)
WHERE c.voice = 'reported'
GROUP BY 1 ORDER BY claims DESC, speaker
