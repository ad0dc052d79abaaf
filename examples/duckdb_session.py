"""Questions to the dataset in SQL: python examples/duckdb_session.py [dist]

What is printed counts what is here. It is no measure of the press, and says nothing on whether a claim is true.
"""

import sys
from pathlib import Path

import duckdb

dist = Path(sys.argv[1] if len(sys.argv) > 1 else "dist")
db = duckdb.connect()
# A view for each table, so that the SQL below also runs at any other prompt that has such views. A table may lie in
# several files, hence the pattern; and a table without rows has no files, hence no view.
for table in sorted((dist / "data").iterdir()):
    db.read_parquet(f"{table}/*.parquet").create_view(table.name)


def show(title: str, sql: str) -> None:
    """Print the answer under its title."""
    print(f"\n{title}")
    db.sql(sql).show(max_width=100, max_rows=12)


# A claim has three names beside it: the outlet that prints it, the claimant who makes it, and who relays the claimant.
# Where an outlet is not known it is said, for an inner join would silently leave its claims out.
show(
    "Who speaks in which outlet? (the ten most frequent pairs; 'the article': its author's own voice)",
    """SELECT coalesce(s.name, 'not known') AS outlet,
              CASE c.voice WHEN 'author' THEN 'the article'
                           ELSE coalesce(x.name, c.claimant_text, 'not named') END AS "who says", count(*) AS claims
       FROM claims c LEFT JOIN sources s USING (source_id) LEFT JOIN actors x ON x.actor_id = c.actor_id
       GROUP BY ALL ORDER BY claims DESC, outlet, "who says" LIMIT 10""",
)
# Figures with one quantity_id count the same thing. They are of different days, and "more than 1,400" is open above as
# "about 1,400" is on both sides: figures that differ need not contradict each other. `corpus stats figures_compared`
# gives each with its words.
show(
    "On which quantities do figures differ? (exact: without 'about', 'more than' and the like; dated: for a given day)",
    """SELECT q.name AS quantity, count(*) AS figures, count(DISTINCT f.article_id) AS articles,
              min(f.value)::BIGINT AS lowest, max(f.value)::BIGINT AS highest,
              count(*) FILTER (f.comparator = 'exact') AS exact, count(f.as_of_from) AS dated
       FROM figures f JOIN quantities q USING (quantity_id)
       GROUP BY q.name HAVING lowest < highest ORDER BY figures DESC, quantity""",
)
show(
    "Which claims rest on sources that are not named? (reported, but without words for who says it)",
    """SELECT claim_id, coalesce(cue_text, '') AS cue, certainty, text
       FROM claims WHERE voice = 'reported' AND claimant_text IS NULL ORDER BY claim_id""",
)
# From a claim back to the bytes of its seed. The ledger tiles the seed: a run was kept, rewritten, or left out (then it
# has no place in a text). Inside a kept run, a place in bytes is the run's first byte and the length in UTF-8 of the
# text before it; other runs count whole. Shown is the first claim with a rewritten run in it.
db.execute("""CREATE VIEW back AS
    SELECT c.claim_id, 'seeds/' || seed_id || '/' || s.file AS file, l.action, coalesce(l.reason, '') AS reason,
           l.raw_byte_start + if(l.action = 'kept' AND c.char_start > l.char_start,
               strlen(substr(a.text, l.char_start + 1, c.char_start - l.char_start)), 0) AS "from",
           if(l.action = 'kept' AND c.char_end < l.char_end, l.raw_byte_start
               + strlen(substr(a.text, l.char_start + 1, c.char_end - l.char_start)), l.raw_byte_end) AS "to"
    FROM claims c JOIN articles a USING (article_id) JOIN seeds s USING (seed_id) JOIN ledger l USING (seed_id)
    WHERE l.article_id = c.article_id AND l.char_start < c.char_end AND c.char_start < l.char_end
      AND s.encoding = 'utf-8' AND a.raw_record IS NULL  -- plain text; a record of a container has bytes of its own
    QUALIFY min(c.claim_id) FILTER (l.action = 'rewritten') OVER () = c.claim_id""")
show("From a claim back to its raw bytes", 'FROM back ORDER BY "from"')
for claim, file, start, end in db.sql(
    'SELECT claim_id, file, min("from"), max("to") FROM back GROUP BY ALL'
).fetchall():
    if (dist.parent / file).is_file():  # the seeds are in the repository, not in a downloaded dataset
        print(f"{claim} is bytes {start} to {end} of {file}:\n{(dist.parent / file).read_bytes()[start:end]!r}")
