"""Tables of what the claims come to: incidents, links, copies, questions, positions, support, observations, figures."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.exports.case import Case, figure_id, point_of, position_id
from variorum.exports.cells import day_of
from variorum.exports.options import Options
from variorum.exports.quoting import cut
from variorum.exports.tables.table import Row, Table, columns
from variorum.model import Status


def _incidents(case: Case, options: Options) -> Iterator[Row]:
    day, place, point = case.day, case.place, point_of(case.place)
    contested = sum(question.status is Status.CONTESTED for question in case.dossier.questions)
    yield (
        case.id,
        case.dossier.background,
        case.summary.type.value,
        day.first if day else None,
        day.last if day else None,
        day.precision if day else None,
        place.name if place else None,
        place.geonameid if place else None,
        point and point[0],
        point and point[1],
        place.precision if place else None,
        place.admin1 if place else None,
        place.country if place else None,
        case.summary.parties,
        tuple(case.reports),
        len(case.claims),
        len(case.dossier.questions),
        contested,
        case.dossier.as_of,
    )


INCIDENTS = Table(
    "incidents",
    "Incidents: what happened, when, where, as most reports that tell it have it.",
    ("incident",),
    columns(
        ("incident", "text", "id of the incident"),
        ("background", "boolean", "told only in passing"),
        ("type", "text", "what sort of incident"),
        ("first_day", "day", "first day on which it may have happened; empty if no report tells"),
        ("last_day", "day", "last day; the same as the first if the day is known"),
        ("day_precision", "integer", "UCDP's date_prec: 1 exact day to 5 longer than a month"),
        ("place", "text", "its name"),
        ("geonameid", "integer", "its number in GeoNames"),
        ("latitude", "number", "degrees north, only with a precision"),
        ("longitude", "number", "degrees east, only with a precision"),
        ("place_precision", "integer", "UCDP's where_prec: 1 exact point to 7 international waters"),
        ("admin1", "text", "first-order area"),
        ("country", "text", "ISO 3166-1 alpha-2 code"),
        ("parties", "list", "who took part, as the reports have it"),
        ("reports", "list", "the reports that speak of it"),
        ("number_of_claims", "integer", "how many claims are about it"),
        ("number_of_questions", "integer", "how many questions they answer"),
        ("number_contested", "integer", "how many of the questions are contested"),
        ("as_of", "day", "rests on what was published up to this day; empty is no limit"),
    ),
    _incidents,
)


def _links(case: Case, options: Options) -> Iterator[Row]:
    for link in case.dossier.links:
        reasons = tuple(f"{name} {weight:+.2f}" for name, weight in link.reasons)
        yield (case.id, link.report, link.other, link.by, link.score, link.support, reasons)


LINKS = Table(
    "links",
    "Links: why a report is taken to speak of an incident.",
    ("incident", "report"),
    columns(
        ("incident", "text", "id of the incident"),
        ("report", "text", "the report"),
        ("other", "text", "the report it is likest to there"),
        ("by", "text", "likeness, whole, same text or decision"),
        ("score", "number", "probability that the two speak of one incident"),
        ("support", "number", "the same for the report and the whole rest"),
        ("reasons", "list", "what moved the score most, with what it added to the log-odds"),
    ),
    _links,
)


def _copies(case: Case, options: Options) -> Iterator[Row]:
    for copy in case.dossier.copies.copies:
        yield (case.id, copy.report, copy.other, copy.kind, copy.share, copy.direction, len(copy.passages))


COPIES = Table(
    "copies",
    "Copies: reports that have words in common.",
    ("incident", "report", "other"),
    columns(
        ("incident", "text", "id of the incident"),
        ("report", "text", "the report that has it from the other, where direction tells"),
        ("other", "text", "the other report"),
        ("kind", "text", "same text, near text, passage or revision"),
        ("share", "number", "part of the report's words that the other has too"),
        ("direction", "text", "what tells who has it from whom"),
        ("number_of_passages", "integer", "how many passages they have in common"),
    ),
    _copies,
)


def _questions(case: Case, options: Options) -> Iterator[Row]:
    for question in case.dossier.questions:
        claims = (c for p in question.positions for answer in p.answers for c in answer.claims)
        yield (
            question.id,
            case.id,
            question.label,
            question.kind,
            question.outcome and question.outcome.value,
            question.group and question.group.value,
            tuple(outcome.value for outcome in question.combined),
            question.actor,
            question.status.value,
            question.reason,
            len(question.positions),
            tuple(dict.fromkeys(claims)),
        )


QUESTIONS = Table(
    "questions",
    "Questions that can be answered differently, and how the answers stand to one another.",
    ("incident", "question"),
    columns(
        ("question", "text", "id of the question"),
        ("incident", "text", "id of the incident"),
        ("label", "text", "the question in words"),
        ("kind", "text", "toll, responsibility or account"),
        ("outcome", "text", "of a toll: what happened to the people"),
        ("group", "text", "of a toll: which people"),
        ("combined", "list", "of a toll: outcomes that one figure covers together"),
        ("actor", "text", "of responsibility: whose"),
        ("status", "text", "contested, revised, agreed or single; says nothing about who is right"),
        ("reason", "text", "the rule that gave the status, in words"),
        ("number_of_positions", "integer", "how many positions there are"),
        ("claims", "list", "all claims that answer it"),
    ),
    _questions,
)


def _positions(case: Case, options: Options) -> Iterator[Row]:
    for question in case.dossier.questions:
        for position in question.positions:
            name = position_id(case, question, position)
            for number, answer in enumerate(position.answers, 1):
                yield (
                    name,
                    number,
                    case.id,
                    question.id,
                    position.source,
                    position.outlet,
                    position.line or None,
                    number == len(position.answers),
                    answer.min,
                    answer.max,
                    answer.approx,
                    answer.stance,
                    answer.certainty.value,
                    answer.who and cut(answer.who, options.quote_words),
                    cut(answer.words, options.quote_words),
                    day_of(answer.said),
                    answer.known,
                    answer.claims,
                    answer.reports,
                )


POSITIONS = Table(
    "positions",
    "Positions: each source's answers to a question, oldest first.",
    ("position", "number"),
    columns(
        ("position", "text", "id of the position"),
        ("number", "integer", "1 is the source's first answer"),
        ("incident", "text", "id of the incident"),
        ("question", "text", "id of the question"),
        ("source", "text", "whose position; `reporter` is a report's own voice"),
        ("outlet", "text", "whose own voice it is, where that is known"),
        ("line", "text", "the part of the group that is counted; empty is all of it"),
        ("stands", "boolean", "whether it is the newest answer"),
        ("min", "integer", "lower bound; empty is open"),
        ("max", "integer", "upper bound; empty is open"),
        ("approx", "boolean", "given as a rough figure"),
        ("stance", "text", "the answer where it is no number"),
        ("certainty", "text", "how surely the source puts it"),
        ("who", "text", "the report's words for the people"),
        ("words", "text", "the evidence of the newest claim, cut to a number of words"),
        ("said", "day", "day on which it was said, if a report tells"),
        ("known", "day", "day of the first report that carries it"),
        ("claims", "list", "the claims that make the answer"),
        ("reports", "list", "the reports that carry it"),
    ),
    _positions,
)


def _support(case: Case, options: Options) -> Iterator[Row]:
    for question in case.dossier.questions:
        for support in question.support:
            for origin in support.origins:
                yield (
                    case.id,
                    question.id,
                    support.line or None,
                    support.answer,
                    origin.kind,
                    origin.name,
                    origin.because,
                    support.claims,
                    support.reports,
                )


SUPPORT = Table(
    "support",
    "Support: the independent origins that each answer rests on.",
    ("incident", "question", "line", "answer", "origin_kind", "origin"),
    columns(
        ("incident", "text", "id of the incident"),
        ("question", "text", "id of the question"),
        ("line", "text", "the part of the group that is counted; empty is all of it"),
        ("answer", "text", "the answer in words"),
        ("origin_kind", "text", "party, outlet or report"),
        ("origin", "text", "whose word it rests on"),
        ("because", "text", "the rule that told so"),
        ("claims", "list", "the claims that give the answer, on whatever origin they rest"),
        ("reports", "list", "the reports that carry the answer: its reach"),
    ),
    _support,
)


def _observations(case: Case, options: Options) -> Iterator[Row]:
    for one in case.dossier.observations:
        yield (case.id, one.kind, one.source, one.words, one.claims)


OBSERVATIONS = Table(
    "observations",
    "Observations: arithmetic in what sources said that does not come out.",
    ("incident", "kind", "source", "words"),
    columns(
        ("incident", "text", "id of the incident"),
        ("kind", "text", "what does not come out"),
        ("source", "text", "whose figures"),
        ("words", "text", "the figures"),
        ("claims", "list", "the claims"),
    ),
    _observations,
)


def _figures(case: Case, options: Options) -> Iterator[Row]:
    for figure in case.tally(options.profile).figures:
        yield (
            figure_id(case, options.profile, figure),
            case.id,
            options.profile,
            figure.outcome.value,
            figure.group and figure.group.value,
            figure.line or None,
            figure.column,
            figure.low,
            figure.best,
            figure.high,
            figure.claims,
            figure.origins,
            figure.rule,
            figure.method and figure.method.value,
            tuple(flag.value for flag in figure.flags),
        )


FIGURES = Table(
    "figures",
    "Figures: tolls as one profile settles them. A view of the positions, never a position.",
    ("figure",),
    columns(
        ("figure", "text", "id of the figure"),
        ("incident", "text", "id of the incident"),
        ("profile", "text", "whose rule"),
        ("outcome", "text", "what happened to the people"),
        ("group", "text", "which people; empty is everybody"),
        ("line", "text", "the part of the group that is counted; empty is all of it"),
        ("owners_name", "text", "what the profile's owner calls the figure"),
        ("low", "integer", "lowest; empty is not told, never zero"),
        ("best", "integer", "the one number, where the rule takes one"),
        ("high", "integer", "highest"),
        ("claims", "list", "the claims whose numbers it uses"),
        ("number_of_origins", "integer", "how many independent origins are behind it"),
        ("rule", "text", "the rule as it was applied, in words"),
        ("method", "text", "how disagreement was dealt with"),
        ("flags", "list", "what to know before using it"),
    ),
    _figures,
)
