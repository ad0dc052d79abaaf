-- What is said without attribution
-- `asserted as fact`: claims of modality fact in the voice of the article; `source not named`: reported claims whose claimant the text does not name; `relayed`: reported claims that reach the article through a third.
SELECT coalesce(s.name, '(not known)') AS outlet,
       count(*) AS claims,
       count(*) FILTER (WHERE c.voice = 'author' AND c.modality = 'fact') AS "asserted as fact",
       round(100.0 * count(*) FILTER (WHERE c.voice = 'author' AND c.modality = 'fact') / count(*), 1) AS "percent",
       count(*) FILTER (WHERE c.voice = 'reported' AND c.claimant_text IS NULL) AS "source not named",
       count(*) FILTER (WHERE c.via_text IS NOT NULL) AS relayed
FROM claims c LEFT JOIN sources s USING (source_id)
GROUP BY 1 ORDER BY claims DESC, outlet
