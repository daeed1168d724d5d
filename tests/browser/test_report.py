"""The page in a browser: no barrier that axe knows of, everything by keyboard, narrow, on paper. Needs Chromium."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lastlook.cli.main import main
from tests.lastlook.dossier.metadata.made import a_packet, xmp_segment

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EXAMPLES = Path(__file__).parents[2] / "examples"
CHROMIUM = os.environ.get("LASTLOOK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PAGES = {
    "holiday-window": ("holiday-window",),
    "spring-desk": ("spring-desk",),
    "picnic": ("picnic",),
    "several": ("holiday-window", "spring-desk", "picnic"),
    "strange": ("strange",),
}
STRANGE = """\
lastlook: 1
campaign: {id: strange, title: "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrik <i>Sommer</i>", stage: final}
decisions:
  - {right: casting, holder: a-handle-that-goes-on-and-on-for-as-long-as-handles-may, assets: [broken]}
people: [{id: somebody-whose-id-is-as-long-as-they-come, age: 9}]
assets:
  - id: broken
    file: a_file_name_of_the_kind_that_retouchers_send_v017_FINAL_final2.jpg
    shows: {people: [{person: somebody-whose-id-is-as-long-as-they-come, portrayal: [distressed]}]}
    copy: {text: "https://example.org/an/address/without/any/place/to/break/it/anywhere/at/all?really=none&none=at&all"}
  - id: the-same-again-and-again
    file: b_file_name_of_the_kind_that_retouchers_send_v017_FINAL_final2.jpg
  - {id: planned, plan: "a sketch", shows: {people: none, props: none}}
"""
SAYS = (  # raised values, with and without words and regions; and what is said besides
    "<Iptc4xmpExt:ModelAge><rdf:Bag><rdf:li>8</rdf:li><rdf:li>30</rdf:li></rdf:Bag></Iptc4xmpExt:ModelAge>"
    "<plus:OtherConstraints>Not beside anything that is not a hat, nor under one.</plus:OtherConstraints>"
    "<plus:DataMining>DMI-PROHIBITED</plus:DataMining><dc:subject><rdf:Bag><rdf:li>whisky</rdf:li></rdf:Bag></dc:subject>"
    "<Iptc4xmpExt:ImageRegion><rdf:Bag><rdf:li rdf:parseType='Resource'>"
    "<Iptc4xmpExt:RegionBoundary rdf:parseType='Resource'><Iptc4xmpExt:rbShape>rectangle</Iptc4xmpExt:rbShape>"
    "<Iptc4xmpExt:rbUnit>relative</Iptc4xmpExt:rbUnit><Iptc4xmpExt:rbX>0.5</Iptc4xmpExt:rbX>"
    "<Iptc4xmpExt:rbY>0.5</Iptc4xmpExt:rbY><Iptc4xmpExt:rbW>0.25</Iptc4xmpExt:rbW><Iptc4xmpExt:rbH>0.25</Iptc4xmpExt:rbH>"
    "</Iptc4xmpExt:RegionBoundary><Iptc4xmpExt:ProductInImage><rdf:Bag><rdf:li rdf:parseType='Resource'>"
    "<Iptc4xmpExt:ProductGTIN>96385074</Iptc4xmpExt:ProductGTIN></rdf:li></rdf:Bag></Iptc4xmpExt:ProductInImage>"
    "</rdf:li></rdf:Bag></Iptc4xmpExt:ImageRegion>"
)
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COVER = "details.cover > summary"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; apt-get install chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each page as the command line writes it."""
    folder = tmp_path_factory.mktemp("pages")
    strange = folder / "strange"
    strange.mkdir()
    (strange / "campaign.yaml").write_text(STRANGE)
    whole = (EXAMPLES / "picnic" / "meadow-01.jpg").read_bytes()
    talking = whole[:2] + xmp_segment(a_packet(SAYS)) + whole[2:]
    (strange / "a_file_name_of_the_kind_that_retouchers_send_v017_FINAL_final2.jpg").write_bytes(talking)
    (strange / "b_file_name_of_the_kind_that_retouchers_send_v017_FINAL_final2.jpg").write_bytes(whole[:9000])
    for name, campaigns in PAGES.items():
        folders = [str(strange if campaign == "strange" else EXAMPLES / campaign) for campaign in campaigns]
        out = folder / f"{name}.html"
        main(["check", *folders, "--on", "2026-11-24", "--format", "html", "--output", str(out)])
    return {name: (folder / f"{name}.html").as_uri() for name in PAGES}


@pytest.fixture
def opened(browser: Browser, addresses: dict[str, str]) -> Iterator[Any]:
    """Opens a page; fails where the browser complains, of the page's own policy above all."""
    complaints: list[str] = []
    contexts = []

    def open_page(name: str, *, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _only_itself(request.url, complaints))
        page.goto(addresses[name])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _only_itself(address: str, complaints: list[str]) -> None:
    if not address.startswith(("file:", "data:image/jpeg")):
        complaints.append(f"asked for {address}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_barrier(opened: Any, name: str, scheme: str) -> None:
    page = opened(name, color_scheme=scheme)
    for summary in page.locator("summary").all():  # what is folded is looked at as well
        summary.click()
    found = axe.Axe().run(page, options={"runOnly": WCAG_22_AA})
    told = [(each["id"], each["help"], each["nodes"][0]["html"][:120]) for each in found.response["violations"]]
    assert told == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280, 2200])
def test_nothing_scrolls_sideways(opened: Any, name: str, width: int) -> None:
    page = opened(name, width=width)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", ["holiday-window", "several"])
def test_the_keyboard_reaches_every_link_and_every_fold_in_order(opened: Any, name: str) -> None:
    page = opened(name)
    wanted = page.locator("a[href], summary").count()
    order: list[int] = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        at, outlined = page.evaluate(
            """() => [[...document.querySelectorAll('a[href], summary')].indexOf(document.activeElement),
                      getComputedStyle(document.activeElement).outlineStyle !== 'none']"""
        )
        assert outlined, "the focus is always to be seen"
        order.append(at)
    assert order == list(range(wanted))


def test_the_first_key_press_offers_to_skip(opened: Any) -> None:
    page = opened("holiday-window")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_covered_picture_is_seen_only_when_asked_for_and_can_be_covered_again(opened: Any) -> None:
    page = opened("holiday-window")
    cover, picture = page.locator(COVER), page.locator("details.cover svg.pixels")
    assert "look-03.jpg is covered." in cover.inner_text()
    assert not picture.is_visible()
    assert page.locator("svg use[href='#pixels-3']").count() == 0, "not on the contact sheet either"
    cover.focus()
    page.keyboard.press("Enter")
    assert picture.is_visible()
    page.keyboard.press("Enter")
    assert not picture.is_visible()


def test_pictures_are_painted_from_the_page_itself(opened: Any) -> None:
    """The frame on the contact sheet has the colours of the picture: the policy lets the page's own images through."""
    page = opened("picnic")
    frame = page.locator(".plate").first
    from io import BytesIO

    from PIL import Image

    painted = Image.open(BytesIO(frame.screenshot())).convert("RGB")
    colours = {pixel for _, pixel in painted.getcolors(1 << 24) or []}
    assert len(colours) > 200


def test_a_frame_leads_to_its_picture(opened: Any) -> None:
    page = opened("holiday-window", width=360)
    page.locator(".frame a").nth(1).click()
    assert page.url.endswith("#picture-2")
    assert 0 <= page.evaluate("document.querySelector('#picture-2').getBoundingClientRect().top") < 100


def test_a_frame_read_aloud_says_file_verdict_count_and_first_finding(opened: Any) -> None:
    page = opened("holiday-window")
    read = page.locator("main").aria_snapshot()
    assert re.search(r"link \"look-02\.jpg Stopped 4 findings, first: Several choices meet", read)


def test_folds_are_large_enough_to_touch(opened: Any) -> None:
    page = opened("holiday-window", width=360)
    for target in page.locator("nav a, .frame a, summary").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 24
    for target in page.locator("nav a, .frame a, .cover summary, .facts summary").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44


def test_it_prints_light_with_every_fact_and_the_covered_picture_covered(opened: Any) -> None:
    page = opened("holiday-window", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".facts table").first.is_visible()
    assert not page.locator("details.cover svg.pixels").is_visible()
    assert not page.locator("nav").first.is_visible()
    assert page.locator(".answer").first.is_visible()
    page.locator("details.cover").evaluate("cover => { cover.open = true; }")
    assert page.locator("details.cover svg.pixels").is_visible()


def test_it_becomes_a_document_on_paper(opened: Any) -> None:
    page = opened("holiday-window")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert printed.startswith(b"%PDF-")
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 4 <= pages <= 20
