-- Claims by outlet and topic
-- What the main clause of the claim puts forward.
PIVOT (
    SELECT coalesce(s.name, '(not known)') AS outlet, coalesce(c.topic, '(none)') AS topic
    FROM claims c LEFT JOIN sources s USING (source_id)
) ON topic USING count(*) GROUP BY outlet ORDER BY outlet
