"""How fast claims are found, as multiples of two references on the same text. Run: python -m benchmarks.extraction.

(a) One pass of Python's `re` that splits sentences and looks for fifty common cues in each.
(b) spaCy's blank English pipeline with sentencizer and Matcher for the same cues, where spaCy is installed.
The text is invented: it is made from a few sentence frames with a fixed seed.
"""

import importlib.util
import random
import re
import time
from collections.abc import Callable

import corpus

CUES = """
said says say told added according reported announced noted asked wrote stated claimed argued insisted
explained confirmed denied warned suggested acknowledged described declared stressed called wants believes
thinks knows hopes plans vowed promised demanded urged accused criticized praised cited quoted found showed
revealed estimated expects predicted admitted replied testified mentioned
""".split()
SENT = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]*[A-Z0-9])")
FRAMES = (
    "The mayor of {town} said that rents had risen by {n} percent since March.",
    "“We did not expect {n} guests,” {name} told the Ferry Post on Monday.",
    "The harvest in {town} was late, and the growers sold {n} tons less than in the year before.",
    "According to the ministry, {n} people watched the final, which {town} won after extra time.",
    "{name}, a spokesman for the union, announced a strike at the port of {town}.",
    "It rained for {n} days.",
    "{name} hopes to open a bakery near the station, where the old mill stood until it burned down.",
)
TOWNS, NAMES = ("Elm Ferry", "Northam", "Quay", "Upper Mill"), ("Ada Okafor", "Jon Lind", "Mara Quist", "Prof. Ito")


def articles(count: int) -> list[str]:
    """Invented articles of about 3,000 characters, the same at every call."""
    draw = random.Random(1)
    found = []
    for _ in range(count):
        lines = []
        for _ in range(9):
            frames = draw.choices(FRAMES, k=4)
            fill = {"town": draw.choice(TOWNS), "name": draw.choice(NAMES), "n": draw.randint(2, 4000)}
            lines.append(" ".join(frame.format(**fill) for frame in frames))
        found.append("\n".join(lines))
    return found


def reference_re(text: str) -> None:
    """Reference (a)."""
    pattern = re.compile("|".join(map(re.escape, CUES)))
    for line in text.split("\n"):
        at, pieces = 0, []
        for match in SENT.finditer(line):
            pieces.append(line[at : match.start()])
            at = match.end()
        for piece in (*pieces, line[at:]):
            pattern.search(piece)


def reference_spacy() -> Callable[[str], None] | None:
    """Reference (b), where spaCy is installed."""
    if importlib.util.find_spec("spacy") is None:
        return None
    import spacy  # type: ignore[import-not-found,unused-ignore]
    from spacy.matcher import Matcher  # type: ignore[import-not-found,unused-ignore]

    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    matcher = Matcher(pipeline.vocab)
    matcher.add("cue", [[{"LOWER": cue}] for cue in CUES])

    def run(text: str) -> None:
        document = pipeline(text)
        list(document.sents)
        matcher(document)

    return run


def main() -> None:
    texts = articles(60)
    size = sum(len(text.encode()) for text in texts) / 1e6
    jobs: dict[str, Callable[[str], object]] = {
        "corpus.sentences": corpus.sentences,
        "corpus.extract": corpus.extract,
        "(a) re": reference_re,
    }
    if spacy_job := reference_spacy():
        jobs["(b) spaCy"] = spacy_job
    best = dict.fromkeys(jobs, float("inf"))
    for _ in range(4):  # in turn, the best of each: other work on the machine only adds time
        for name, job in jobs.items():
            started = time.process_time()
            for text in texts:
                job(text)
            best[name] = min(best[name], time.process_time() - started)
    for name, seconds in best.items():
        print(f"{name:<18} {size / seconds:8.2f} MB/s   {best['corpus.extract'] / seconds:6.2f} x corpus.extract")


if __name__ == "__main__":
    main()
