-- Naming of actors, by outlet
-- How often each form of the register stands in the texts of an outlet, for actors named at least five times in two forms or more. A form inside a longer form counts for both; ambiguous forms are left out.
WITH forms AS (
    SELECT actor_id, name, kind, unnest(variants) AS form FROM actors
), counted AS (
    SELECT f.actor_id, f.name, f.form, coalesce(s.name, '(not known)') AS outlet,
           sum(len(regexp_extract_all(t.text, '\b' || regexp_escape(f.form) || '\b')))::BIGINT AS times
    FROM forms f CROSS JOIN articles t LEFT JOIN sources s USING (source_id)
    WHERE f.kind <> 'medium'
    GROUP BY ALL
), named AS (
    SELECT actor_id FROM counted WHERE times > 0 GROUP BY 1 HAVING sum(times) >= 5 AND count(DISTINCT form) >= 2
)
PIVOT (
    SELECT name AS actor, form, outlet, times FROM counted JOIN named USING (actor_id) WHERE times > 0
) ON outlet USING coalesce(sum(times), 0)::BIGINT GROUP BY actor, form ORDER BY actor, form
