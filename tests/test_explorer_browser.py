"""The explorer in a real browser: reading, finding, comparing; from a file and from a server; for everyone."""

from __future__ import annotations

import functools
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from corpus.exploring.writing import explore
from tests.explorer_samples import ATTACKS, HEBREW, hostile_dataset, many_articles

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
Opened = Callable[..., Any]


def _missing(what: str) -> None:
    """Skip on a machine of one's own; fail where all is to be tested."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is needed for these tests")
    pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        _missing("Chromium (Debian: apt-get install chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One page, a folder of pages, a page of attacks, and a page of few articles."""
    place = tmp_path_factory.mktemp("pages")
    explore(ROOT / "dist", place / "explorer.html")
    explore(ROOT / "dist", place / "pages")
    explore(hostile_dataset(place / "hostile" / "dist"), place / "hostile.html")
    explore(many_articles(place / "some" / "dist", 3), place / "few.html")
    return place


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """A static server on this machine alone."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


@pytest.fixture
def opened(browser: Any, folder: Path) -> Iterator[Opened]:
    """Open a page in a context of its own; afterwards nothing was asked for elsewhere and nothing went wrong."""
    contexts, asked, wrong = [], [], []

    def opener(place: str = "explorer.html", base: str | None = None, **options: Any) -> Any:
        context = browser.new_context(**({"viewport": DESKTOP} | options))
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(f"{base or folder.as_uri()}/{place}")
        return page

    yield opener
    for context in contexts:
        context.close()
    allowed = re.compile(rf"{re.escape(folder.as_uri())}/|http://127\.0\.0\.1:\d+/(?!favicon)|about:blank")
    assert [url for url in asked if not allowed.match(url) and not url.endswith("/favicon.ico")] == []
    assert [text for text in wrong if "favicon" not in text and "404" not in text] == []


@pytest.mark.parametrize("served", [False, True], ids=["from a file", "from a server"])
@pytest.mark.parametrize("place", ["explorer.html", "pages/index.html"])
def test_find_and_read(opened: Opened, server: str, place: str, served: bool) -> None:
    """A word finds claims; a filter narrows them; a result leads to the claim in its text, with who says it."""
    page = opened(place, base=server if served else None)
    page.click("nav >> text=Claims")
    page.fill("[name=q]", "ceasefire")
    page.select_option("[name=voice]", "reported")
    count = page.inner_text("#count")
    assert re.match(r"\d+ of 443 claims", count)
    assert "voice=reported" in page.url and "q=ceasefire" in page.url

    page.click("#results .result a >> nth=0")
    page.wait_for_selector("#panel:visible")
    assert page.locator(".view.on .claim.on").first.is_visible()
    assert "reported" in page.inner_text("#panel")

    page.go_back()
    page.wait_for_selector("#results .result")
    assert page.inner_text("#count") == count
    assert page.input_value("[name=q]") == "ceasefire"


def test_counts_follow_filters(opened: Opened) -> None:
    """The number beside a choice is how many claims it leaves; clearing gives all of them."""
    page = opened("explorer.html#claims?modality=prediction")
    choice = page.locator("[name=outlet] option").nth(1)
    promised = int(re.search(r"\((\d+)\)", choice.inner_text())[1])  # type: ignore[index]
    page.select_option("[name=outlet]", choice.get_attribute("value"))

    assert page.inner_text("#count").startswith(f"{promised} of 443 claims")
    page.click("text=Clear")
    assert page.inner_text("#count").startswith("443 of 443")
    page.fill("[name=to]", "2023-10-20")
    assert page.inner_text("#count") == "29 of 443 claims, in 1 articles"


def test_an_address_is_a_view(opened: Opened) -> None:
    """An address opens what it names: a search, a claim, a pair of articles."""
    page = opened("explorer.html#claims?q=%22in+Gaza%22&certainty=hedged")
    assert page.input_value("[name=certainty]") == "hedged"
    assert page.locator("#results mark").first.inner_text().lower() == "in gaza"

    page = opened("explorer.html#002-01-c003")
    assert page.locator("[id='002-01-c003']").is_visible()
    assert page.evaluate("document.getElementById('002-01-c003').getBoundingClientRect().top") > 60
    assert "code points 293–460" in page.inner_text("#panel")

    for place in ("explorer.html", "pages/index.html"):
        page = opened(f"{place}#compare?left=002-05&right=002-07")
        assert page.locator("#columns .column").count() == 2
        assert "Netanyahu" in page.inner_text("#shared")


def test_back_leads_through_filters(opened: Opened) -> None:
    """Each filter is a step of the history; the letters of one word are one step."""
    page = opened("explorer.html#claims")
    page.select_option("[name=voice]", "author")
    page.type("[name=q]", "rent", delay=5)
    page.go_back()

    assert page.input_value("[name=q]") == ""
    assert page.input_value("[name=voice]") == "author"
    page.go_back()
    assert page.input_value("[name=voice]") == ""


def test_by_keyboard_alone(opened: Opened) -> None:
    """Tab reaches the content, then claim after claim with what is known of it; Enter leads there, Escape back."""
    page = opened("explorer.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.evaluate("location.hash = '#002-10'")
    page.focus("[id='002-10'] .claim")
    first = page.inner_text("#panel")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.classList.contains('claim')")
    assert page.inner_text("#panel") != first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    address = page.evaluate("location.hash")
    page.keyboard.press("Escape")
    assert not page.is_visible("#panel")
    assert address == f"#{page.evaluate('document.activeElement.id')}"


def test_hover_shows_who_says_it(opened: Opened) -> None:
    """Under the pointer a reported claim shows its claimant and cue, which are marked in the text as well."""
    page = opened("explorer.html#000-01")
    page.hover("[id='000-01-c001']")

    assert "“have announced”" in page.inner_text("#panel")
    assert page.inner_text(".view.on .cue.on") == "have announced"


def test_bytes_behind_a_selection(opened: Opened) -> None:
    """Selected words lead to the bytes of the file, through the ledger: also where a character was rewritten."""
    page = opened("explorer.html#000-01")
    page.evaluate(
        """() => {
          const text = document.querySelector('[id="000-01"] .text [data-start="92"]');
          const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
          const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode);
          const place = (at) => {
            for (const node of nodes) { if (at <= node.length) return [node, at]; at -= node.length; }
          };
          const range = document.createRange();
          range.setStart(...place(142 - 5 - 92)); range.setEnd(...place(142 + 4 - 92));
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    words = page.evaluate("String(getSelection())")
    page.click("text=Bytes behind the selection")
    panel = page.inner_text("#panel")
    start, end = map(int, re.search(r"bytes (\d+)–(\d+) of", panel).groups())  # type: ignore[union-attr]
    raw = next((ROOT / "seeds").rglob("000_*.txt")).read_bytes()[start:end]

    assert raw.decode().replace("\xa0", " ") == words
    assert "rewritten: unicode space" in panel
    assert "c2 a0" in panel
    shown = "".join(page.locator("#panel .hex").all_inner_texts()).replace(" ", "")
    assert bytes.fromhex(shown) == raw


def test_copied_claim_can_be_cited(opened: Opened) -> None:
    """What is copied has the words, outlet, date, id, offsets, and which dataset it is."""
    page = opened("explorer.html#claims?q=ceasefire", permissions=["clipboard-read", "clipboard-write"])
    page.click("#results .result button >> nth=0")
    page.wait_for_function("document.querySelector('#said').textContent === 'Copied.'")
    copied = page.evaluate("navigator.clipboard.readText()")

    assert re.search(r"“.*ceasefire.*” – .+, 2024-.*Claim \d{3}-\d\d-c\d{3}, article .*code points \d+–\d+", copied)
    assert "content digest" in copied


def test_words_cannot_attack(opened: Opened) -> None:
    """Scripts, links, bidi controls and heaps of marks in a text are shown as text and do nothing."""
    page = opened("hostile.html#001-01")
    text = page.inner_text("[id='001-01'] .text")

    assert "<script>document.title = 'ran'</script>" in text
    assert "javascript:alert(1)" in text
    assert page.locator(".text .odd[data-code='U+202E']").count() == 1
    assert page.locator("[href^='javascript'], img, .text script").count() == 0
    boxes = page.evaluate(
        "[...document.querySelectorAll('.view.on .text > p')].map(p => p.getBoundingClientRect().height)"
    )
    assert len(boxes) == len(ATTACKS) and max(boxes) < 300
    page.goto(page.url.split("#")[0] + "#claims?q=document.title")
    assert page.locator("#results .result").count() >= 3
    page.click("nav >> text=Pictures")
    assert page.title() != "ran"


def test_right_to_left_stands_right(opened: Opened) -> None:
    """A paragraph in a script that is written from right to left begins at the right."""
    page = opened("hostile.html#002-01")

    assert HEBREW in page.inner_text("[id='002-01'] .text")
    assert page.evaluate("getComputedStyle(document.querySelector('[id=\"002-01\"] .text p')).direction") == "rtl"


def test_without_javascript_all_can_be_read(opened: Opened) -> None:
    """Without JavaScript every text, mark and note is there, and a claim leads to its note."""
    page = opened("explorer.html#002-01-c003", java_script_enabled=False)

    assert page.locator(".view:visible").count() == 20
    assert page.locator(".claim:visible").count() >= 443
    assert page.locator("[id='n-002-01-c003']").is_visible()
    assert page.locator("#find").is_visible() is False


def test_light_and_dark(opened: Opened) -> None:
    """The page follows the system, and the switch overrides it and is remembered."""
    page = opened(color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.click("#theme")
    light = page.evaluate(background)
    page.reload()

    assert dark != light
    assert page.evaluate(background) == light


@pytest.mark.parametrize("view", ["pictures", "figures"])
def test_no_label_is_cut(opened: Opened, view: str) -> None:
    """Every word of a drawing stands inside it."""
    page = opened(f"explorer.html#{view}")
    page.wait_for_selector(f"#{view} svg:visible")
    outside = """(view) => [...document.querySelectorAll(`#${view} svg`)].flatMap((svg) => {
        const box = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text')].filter((text) => {
            const own = text.getBoundingClientRect();
            return own.left < box.left || own.right > box.right || own.top < box.top || own.bottom > box.bottom;
        }).map((text) => text.textContent);
    })"""

    assert page.locator(f"#{view} svg text").count() > 50
    assert page.evaluate(outside, view) == []


def test_printed(opened: Opened) -> None:
    """On paper there is the text with its notes, and nothing to click."""
    page = opened("explorer.html#002-10-c001", color_scheme="dark")
    page.emulate_media(media="print")

    assert page.is_visible("[id='002-10'] .text")
    assert page.locator(".view:visible").count() == 1
    assert "The texts describe war" in page.inner_text(".caution")
    assert page.is_visible("[id='n-002-10-c001']")
    assert not any(page.is_visible(place) for place in (".top", "#panel", ".view.on .tools"))
    assert page.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_barrier(opened: Opened, scheme: str, viewport: dict[str, int]) -> None:
    """axe finds no violation of WCAG 2.2 AA in any view, all open at once; nothing is wider than the window."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        _missing("axe-playwright-python")
    page = opened("few.html#compare?left=00000-01&right=00001-01", viewport=viewport, color_scheme=scheme)
    for view in ("claims?q=rents", "00001-01-c001"):
        page.evaluate(f"location.hash = '#{view}'")
        page.wait_for_selector("#results .result", state="attached")
    page.wait_for_selector("#panel:visible")
    page.evaluate("document.querySelectorAll('.view').forEach((each) => each.classList.add('on'))")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    violations = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]

    assert [(each["id"], each["nodes"][0]["failureSummary"]) for each in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
