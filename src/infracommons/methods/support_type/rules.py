"""The ordered rules: host is a bright line, then uptake, then tool for something else, then unknown."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from infracommons.methods.host_names import HostMatch, HostNames, organisations
from infracommons.methods.name_words import words_of
from infracommons.methods.support_type.activity import activity
from infracommons.methods.support_type.cues import DELIVERS, NAME, SPREADING, TOOL, UPTAKE
from infracommons.methods.support_type.passages import Passages
from infracommons.vocabulary.definitions import Host, Infrastructure

SupportType = Literal["direct", "adjacent", "adopt", "unknown"]

# Who runs it, ran it or holds its money; an organisation that helped to make it does much besides.
_RUNS_IT = frozenset({"current", "former", "fiscal_sponsor"})
_ROLES = {
    "current": "host", "former": "former host", "fiscal_sponsor": "fiscal sponsor", "founder": "founder",
    "developer": "developer",
}  # fmt: skip
# A founder that does not run it any more is taken for its maker no longer than this, unless the title names it.
_FOUNDING_YEARS = 15
NO_WORK = "says of no work on it"  # marks direct support that rests on the recipient alone
_FEW_WORDS = 4  # with fewer, a text says nothing but a name


@dataclass(frozen=True)
class Verdict:
    """The kind of support, why, and for direct support what it pays for."""

    support_type: SupportType
    reason: str
    activity: str | None = None


@dataclass(frozen=True)
class Case:
    """An award and an infrastructure it supports: its recipient, its words, its year where known."""

    recipient: str | None
    words: Passages
    year: int | None = None


class SupportTypeRules:
    """The rules for one infrastructure; build once, ask for many awards."""

    def __init__(self, infrastructure: Infrastructure) -> None:
        self._infrastructure = infrastructure
        self._hosts = HostNames(infrastructure.hosts)

    def verdict(self, case: Case) -> Verdict:
        """Return what the first rule that speaks says."""
        host = self._host(case)
        rules = (self._runs_it, self._is_taken_up, self._makes_it, self._is_itself, self._is_tool)
        spoken = (verdict for rule in rules if (verdict := rule(case, host)))
        return next(spoken, Verdict("unknown", "The text does not say what the award delivers."))

    def _host(self, case: Case) -> HostMatch | None:
        own = words_of(self._infrastructure.name)
        for name in organisations(case.recipient or ""):
            if words_of(name) == own:
                itself = Host(self._infrastructure.name, "current")
                return HostMatch(itself, "is", self._infrastructure.name, name)
        return self._hosts.find(case.recipient)

    def _runs_it(self, case: Case, host: HostMatch | None) -> Verdict | None:
        if not host or host.host.role not in _RUNS_IT:
            return None
        about_it = case.words.work or NAME in case.words.headline
        cue = None if about_it else _tool_cue(case.words)
        return _direct(case, host, f'; the text names it beside "{cue}" and {NO_WORK}' if cue else "")

    def _is_taken_up(self, case: Case, host: HostMatch | None) -> Verdict | None:
        if host and case.words.is_made:
            return None  # who made it and goes on making it does not take it up
        cue = next((m[0] for s in case.words.naming for e in UPTAKE if (m := e.search(s))), None)
        if not cue and (case.words.opens_with_it or host):
            cue = next((m[0] for e in SPREADING if (m := e.search(case.words.text))), None)
        return Verdict("adopt", f"The award spreads its use: {_quoted(cue, self._infrastructure)}.") if cue else None

    def _makes_it(self, case: Case, host: HostMatch | None) -> Verdict | None:
        """A founder or developer's award is direct where it works on the infrastructure, and not too long after."""
        if not host or not (work := case.words.work):
            return None
        launched = self._infrastructure.launched
        late = host.host.role == "founder" and launched and case.year and case.year > launched + _FOUNDING_YEARS
        return None if late and not case.words.is_itself else _direct(case, host, f", and {work}")

    def _is_itself(self, case: Case, host: HostMatch | None) -> Verdict | None:
        """Money for the infrastructure, or for who is behind it, through somebody not known to run it."""
        if DELIVERS.search(case.words.description):
            return None
        who = f"the recipient is a {_ROLES[host.host.role]} only" if host else "the recipient is not known to run it"
        if case.words.is_itself:
            return Verdict("unknown", f"The award is for the infrastructure itself, but {who}.")
        if case.words.title and words_of(case.words.title) in self._names_behind:
            return Verdict("unknown", f"The title names only who is behind the infrastructure, and {who}.")
        return None

    def _is_tool(self, case: Case, _host: HostMatch | None) -> Verdict | None:
        if cue := _tool_cue(case.words):
            return Verdict("adjacent", f'The award delivers something else and names it beside "{cue}".')
        if len(case.words.text.split()) > _FEW_WORDS:
            return Verdict("adjacent", "The recipient is no host, and the award delivers something else.")
        return None

    @cached_property
    def _names_behind(self) -> frozenset[tuple[str, ...]]:
        hosts = self._infrastructure.hosts
        return frozenset(words_of(name) for host in hosts for name in (host.name, *host.aliases))


def _direct(case: Case, host: HostMatch, why: str) -> Verdict:
    kind, cue = activity(case.words)
    known = "" if host.spelling == host.host.name else f" (as {host.spelling})"
    reason = f"Recipient {host.recipient} {host.how} {host.host.name}{known}, {_ROLES[host.host.role]}{why}."
    return Verdict("direct", f'{reason} Activity by "{cue}".' if cue else reason, kind)


def _tool_cue(words: Passages) -> str | None:
    return next((match[0].lower() for s in words.naming if (match := TOOL.search(s))), None)


def _quoted(cue: str, infrastructure: Infrastructure) -> str:
    return f'"{cue.replace(NAME, infrastructure.name)}"'
