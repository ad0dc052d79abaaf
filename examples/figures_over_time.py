"""A figure over time, with who gives it: python examples/figures_over_time.py [dist] [quantity] [picture.svg]

Cells (`# %%`) run one by one in an editor that knows them, or all at once as a script. What is drawn is what the texts
here say, no measure of the press; no figure is marked as right. `corpus stats figures_compared` names all quantities.
"""

# %% The dataset, and one quantity of it
import json
import sys
from pathlib import Path

import polars as pl
import vl_convert

given = [] if "ipykernel" in sys.modules else sys.argv[1:]  # a notebook's arguments are its own
dist, quantity, picture = [*given, *("dist", "people-killed-in-gaza", "figures_over_time.svg")[len(given) :]][:3]
tables = {  # a table may lie in several files, hence the pattern
    name: pl.read_parquet(f"{dist}/data/{name}/*.parquet") for name in ("articles", "sources", "claims", "figures")
}

# %% A figure lies in a claim and has that claim's voice and claimant, no other; the claim lies in an article
figures = (
    tables["figures"]
    .filter(pl.col("quantity_id") == quantity, pl.col("value").is_not_null())  # "dozens" has no value to draw
    .join(tables["claims"].select("claim_id", "voice", "claimant_text"), on="claim_id")
    .join(tables["articles"].select("article_id", "source_id", "published_from", "published_to"), on="article_id")
    .join(tables["sources"].select("source_id", outlet="name"), on="source_id", how="left")  # an outlet may be unknown
    .select(
        # The day that it is given for, or else the days that the article can be of: dates are as vague as is known.
        since=pl.coalesce("as_of_to", "published_from").cast(pl.String),
        until=pl.coalesce("as_of_to", "published_to").cast(pl.String),
        day=pl.when(pl.col("as_of_to").is_null()).then(pl.lit("of article")).otherwise(pl.lit("given")),
        outlet=pl.col("outlet").fill_null("not known"),
        says=pl.when(pl.col("voice") == "author")
        .then(pl.lit("the article"))
        .otherwise(pl.col("claimant_text").fill_null("not named")),
        value=pl.col("value"),
        # What the words leave open is null: "more than" above, "about" on both sides. It is neither zero nor infinite.
        low=pl.col("value_low"),
        high=pl.col("value_high"),
        words=pl.col("text"),
        comparator=pl.col("comparator"),
    )
    .sort("since", "until", "value")
)
if figures.is_empty():
    sys.exit(f"no figure has the quantity {quantity!r}; `corpus stats figures_compared` names those that there are")
with pl.Config(tbl_hide_dataframe_shape=True, tbl_hide_column_data_types=True, tbl_width_chars=120, tbl_rows=-1):
    print(figures.drop("comparator", "value"))

# %% The picture, in Vega-Lite as plain data. Triangles point to the side that is left open; lines are bounds.
signs = {
    "exact": "circle",
    "range": "diamond",
    "about": "square",
    "more_than": "triangle-up",
    "at_least": "triangle-up",
}
signs |= {"less_than": "triangle-down", "at_most": "triangle-down"}
used = [sign for sign in signs if sign in figures["comparator"]]
shape = {"field": "comparator", "title": "in the words of the text", "legend": {"symbolStrokeColor": "black"}}
shape["scale"] = {"domain": used, "range": [signs[sign] for sign in used]}
who = {"field": "who", "title": "outlet: who says it", "scale": {"scheme": "dark2"}, "legend": {"labelLimit": 300}}
filled = {"condition": {"test": "datum.day == 'given'", "value": "black"}, "value": "white"}
days = {"field": "since", "type": "temporal", "scale": {"padding": 16}, "title": "day given (filled), or of article"}
chart = {
    "data": {"values": figures.to_dicts()},
    "transform": [{"calculate": "datum.outlet + ': ' + datum.says", "as": "who"}],
    "encoding": {"x": days, "y": {"field": "value", "type": "quantitative", "title": quantity.replace("-", " ")}},
    "layer": [
        {"mark": "rule", "encoding": {"x2": {"field": "until"}}},
        {"mark": "rule", "encoding": {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}},
        {"mark": {"type": "point", "size": 90}, "encoding": {"shape": shape, "stroke": who, "fill": filled}},
    ],
}
Path(picture).write_text(vl_convert.vegalite_to_svg(json.dumps(chart | {"width": 480, "height": 320})), "utf-8")
print(f"{len(figures)} figures with a value; picture: {picture}")
