"""The contact sheet: every picture of the campaign as a frame, its mark and its word, leading to its own section."""

from __future__ import annotations

from lastlook.checking.result import AssetResult
from lastlook.reports import words
from lastlook.reports.page.folio import Folio
from lastlook.reports.page.marks import mark, outline
from lastlook.reports.page.markup import NOTHING, Html, tag

FEW = 4  # so many frames are shown larger
_ORDER = ("stopped", "undecided", "clear", "unseen")


def contact_sheet(folio: Folio) -> Html:
    if not folio.result.assets:
        body = tag("p", "No picture could be read. Once the campaign folder lists one, its frame stands here.")
    else:
        frames = [_frame(folio, asset) for asset in folio.result.assets]
        body = Html(
            tag("p", _count(folio), class_="tally")
            + tag("ol", frames, class_="frames few" if len(frames) <= FEW else "frames")
        )
    return tag(
        "section", folio.heading(1, "Contact sheet", place="sheet"), body,
        class_="sheet", aria_labelledby=folio.name_of("sheet"),
    )  # fmt: skip


def _count(folio: Folio) -> str:
    """How many pictures are in each state, the worst first."""
    states = [folio.state(asset) for asset in folio.result.assets]
    named = {**words.VERDICT_WORDS, "unseen": words.NOT_LOOKED_AT}
    return ", ".join(
        f"{named[state].lower()}: {states.count(state)}" for state in _ORDER if state in states
    ).capitalize()


def _frame(folio: Folio, asset: AssetResult) -> Html:
    state, number = folio.state(asset), folio.number(asset.id)
    return tag(
        "li",
        tag(
            "a",
            tag("span", tag("span", str(number), class_="edge", aria_hidden="true"), mark(state), class_="rebate"),
            tag("span", _inside(folio, asset), outline(state), class_="plate"),
            tag("span", folio.file(asset.id), class_="file"),
            tag("span", folio.state_word(asset), class_="state"),
            tag("span", _line(folio, asset), class_="line"),
            href=f"#{folio.place(f'picture-{number}')}",
        ),
        class_=f"frame {state}",
    )


def _inside(folio: Folio, asset: AssetResult) -> Html:
    """The picture itself; it stands once in the page, in its own section, and is used here."""
    if asset.id in folio.covered:
        return tag("span", "Covered. Shown below on request.", class_="blank")
    size = folio.sizes.get(asset.id)
    if size is None:
        return tag("span", folio.why_no_picture(asset), class_="blank")
    return tag(
        "svg", tag("use", href=f"#{folio.pixels(asset.id)}"),
        viewbox=f"0 0 {size[0]} {size[1]}", aria_hidden="true", focusable="false",
    )  # fmt: skip


def _line(folio: Folio, asset: AssetResult) -> str:
    """One line of verdict: how many findings and the first of them, or what it waits for."""
    findings = [finding for finding in asset.findings if not words.is_told_by_questions(finding)]
    wider = [finding for finding in folio.wider(asset.id) if finding.verdict == "stopped"]
    questions = folio.questions_of(asset.id)
    said: list[str] = []
    if findings:
        first = ": " if len(findings) == 1 else ", first: "
        said.append(f"{words.count(len(findings), 'finding')}{first}{findings[0].title}")
    if wider:
        said.append(f"Seen together with others it is stopped: {wider[0].title}")
    if questions:
        said.append(words.count(len(questions), "open question"))
    if not said and asset.verdict == "undecided":
        open_findings = [finding for finding in folio.wider(asset.id) if finding.verdict == "undecided"]
        said += [finding.title for finding in open_findings[:1]]
    if not asset.sha256:
        said.append("only planned" if not asset.file else "the file could not be read")
    return ". ".join(said) if said else NOTHING
