"""Every page of the site, as somebody meets it: where it is, who looks, and what they filled in to get there."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.functional.world.known import PHRASE

NOBODY = ""
_ONE = "/infrastructures/example-archive/"
_SUGGESTED = {
    "name.value": "Open Samples", "website.value": "https://samples.example.org/", "summary.value": "Keeps samples.",
    "categories.terms": "repository_service", "message": "Many archives rely on it.", "consent": "yes",
    "url": "https://samples.example.org/about",
}  # fmt: skip
_SENDS = "main form.claims .do button.main"


@dataclass(frozen=True)
class Step:
    """Fields of the page's form by their names (a tick is the box's value), and the button pressed then."""

    press: str
    fill: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 0  # that the person takes


@dataclass(frozen=True)
class Visit:
    """A page: its template, its path (or {place} of the invented world), who looks, and the steps that lead on."""

    template: str
    path: str
    person: str = NOBODY
    steps: tuple[Step, ...] = ()

    def __str__(self) -> str:
        return f"{self.template.removesuffix('.html')}{' ' + self.path if self.path.startswith('/') else ''}"


def _visits(prefix: str, person: str, *pages: tuple[str, str]) -> list[Visit]:
    return [Visit(f"{prefix}{name}.html", path, person) for name, path in pages]


READING = [
    *_visits(
        "catalogue/discover/", NOBODY,
        ("front", "/"),
        ("discover", "/infrastructures/"),
        ("discover", "/infrastructures/?q=archive&categories=repository_service&ids=dspace"),
        ("discover", "/infrastructures/?q=qqqqqq"),
        ("search_help", "/infrastructures/search-help/"),
    ),
    *_visits(
        "catalogue/profile/", NOBODY,
        ("profile", _ONE),
        ("profile", "/infrastructures/zenodo/"),
        ("profile", f"{_ONE}?as_of=2024-12-31"),
        ("profile", "/infrastructures/long-examples/"),
        ("history", f"{_ONE}history/"),
        ("changes", f"{_ONE}changes/?from=2025-01-01"),
        ("withdrawn", "/infrastructures/old-examples/"),
        ("suggested_note", "/infrastructures/wished-examples/"),
        ("stewards", "/stewards/"),
        ("steward", "/stewards/example-foundation/"),
        ("inclusion", "/about/inclusion/"),
        ("coverage", "/about/coverage/"),
        ("suggested", "/suggested/"),
    ),
    *_visits(
        "catalogue/", NOBODY,
        ("compare/compare", "/compare"),
        ("compare/compare", "/compare?ids=example-archive,dspace,zenodo"),
        ("compare/compare", "/compare?ids=long-examples,dspace,nothing-here&differences=1"),
        ("upkeep/log", "/about/upkeep/"),
        ("api/docs", "/api/"),
        ("exchange/data", "/data/catalogue/"),
        ("desk/vocabularies", "/vocabularies/"),
        ("desk/vocabulary", "/vocabularies/programming_languages/"),
    ),
    *_visits(
        "funding/", NOBODY,
        ("home", "/funding/"),
        ("awards", "/funding/awards/?q=open&rule=full"),
        ("awards", "/funding/awards/?q=prepritns+colour:red&decision=any"),
        ("search/help", "/funding/awards/help/"),
        ("award", "{award}"),
        ("home", "/funding/?rule=full&year_from=2199"),
        ("infrastructures", "/funding/infrastructures/"),
        ("without_awards", "/funding/infrastructures/without-awards/"),
        ("infrastructure", "/funding/infrastructures/zenodo/"),
        ("funders", "/funding/funders/"),
        ("funder", "{funder}"),
        ("recipients", "/funding/recipients/"),
        ("organisation", "/funding/organisations/ror:021nxhr62/"),
        ("chapter", "/funding/what-for/"),
        ("chapter", "/funding/where/?rule=full"),
        ("chapter", "/funding/risk/"),
        ("reliance", "/funding/reliance/"),
        ("reliance", "/funding/reliance/?infrastructure=orcid&rule=full"),
        ("years", "/funding/years/"),
        ("records", "/funding/records/"),
        ("exclusions", "/funding/exclusions/"),
        ("downloads", "/funding/downloads/"),
        ("releases/list", "/funding/releases/"),
        ("releases/release", "{release}"),
        ("releases/difference", "{difference}"),
        ("releases/difference", "{difference}?change=award_added&rule=full"),
        ("releases/movement", "{difference}by/funder/"),
        ("which", "/funding/narrow/?here=/funding/awards/&recipient_named=a&rule=full"),
        ("exhibits/charts", "/funding/charts/"),
        ("exhibits/chart", "/funding/charts/years/?decision=any&rule=single_only"),
        ("exhibits/chart", "/funding/charts/matrix/"),
        ("exhibits/chart", "/funding/charts/funders/?year_from=2199"),
        ("exhibits/embed", "/funding/charts/infrastructures/embed/?theme=dark"),
    ),
    *_visits(
        "support/policies/", NOBODY,
        ("policies", "/policies/"),
        ("policies", "/policies/?region=europe&requirement=open_licence&in_force_on=2025-01-01"),
        ("policies", "/policies/?region=africa&kind=law"),
        ("policy", "/policies/plan-s-2018/"),
        ("policy", "/policies/south-africa-draft-2022/"),
        ("requirements", "/policies/requirements/"),
        ("requirement", "/policies/requirements/immediate_access/"),
        ("changes", "/policies/changes/"),
    ),
    *_visits(
        "reports/", NOBODY,
        ("reports", "/reports/"),
        ("report", "{report}"),
        ("report", "{briefing}"),
        ("compare", "{compared}"),
        ("choose", "/reports/infrastructure_briefing/?infrastructure=open"),
        ("making", "/_page/reports/making.html"),
        ("not_made", "/_page/reports/not_made.html"),
    ),
    *_visits(
        "shared/", NOBODY,
        ("400", "/funding/awards/?page=x"),
        ("404", "/nowhere"),
        ("429", "/_page/shared/429.html"),
        ("500", "/_page/shared/500.html"),
        ("503", "/_page/shared/503.html"),
    ),
    Visit("shared/403.html", "/desk/", "ada"),
]  # fmt: skip

CONTRIBUTING = [
    *_visits(
        "catalogue/contribute/", NOBODY,
        ("suggest", "/suggest/"),
        ("correct_what", f"{_ONE}correct/"),
        ("correct", f"{_ONE}correct/?field=mission&field=open_api&field=member_count"),
        ("confirm", "{confirm}"),
        ("link_expired", "{confirm_old}"),
        ("link_useless", "{confirm_wrong}"),
        ("too_large", "/_page/catalogue/contribute/too_large.html"),
    ),
    Visit("catalogue/contribute/suggest.html", "/suggest/", "ada", (Step(_SENDS),)),
    Visit("catalogue/contribute/check_mail.html", "/suggest/", NOBODY, (
        Step(_SENDS, _SUGGESTED | {"email": "vera@example.org"}, seconds=3.2),
    )),
    Visit("catalogue/contribute/already_sent.html", "/suggest/", "ada", (
        Step(_SENDS, _SUGGESTED), Step('nav a[href="/suggest/"]'), Step(_SENDS, _SUGGESTED),
        Step(_SENDS, {"different": "It is another one."}),
    )),
    Visit("catalogue/contribute/again.html", "/suggest/", "ada", (
        Step(_SENDS, _SUGGESTED | {"csrfmiddlewaretoken": "of an earlier session"}),
    )),
    Visit("catalogue/contribute/work.html", "/work/", "sam"),
    Visit("catalogue/contribute/work.html", "/work/", "eve"),
    Visit("catalogue/contribute/propose.html", f"{_ONE}propose/", "sam"),
    Visit("catalogue/contribute/propose.html", f"{_ONE}propose/?section=funding", "sam"),
    Visit("catalogue/contribute/review.html", f"{_ONE}propose/review/", "sam"),
    Visit("catalogue/contribute/logo.html", f"{_ONE}propose/logo/", "sam", (Step(_SENDS),)),
    Visit("catalogue/contribute/proposal.html", "{own_proposal}", "sam"),
    Visit("catalogue/contribute/proposal.html", "{own_decided}", "sam"),
    Visit("catalogue/contribute/proposal.html", "{own_back}", "rae"),
    Visit("catalogue/contribute/revise.html", "{revise}", "ada"),
    Visit("catalogue/contribute/steward.html", "/infrastructures/dspace/steward/", "ada"),
    Visit("catalogue/contribute/steward.html", "/infrastructures/dspace/steward/", "eve"),
    Visit("catalogue/upkeep/renew.html", f"{_ONE}still-right/", "sam"),
    Visit("catalogue/upkeep/follow.html", f"{_ONE}follow/", "ada"),
    Visit("catalogue/upkeep/follow.html", f"{_ONE}follow/", "eve"),
    Visit("catalogue/desk/notices.html", "/notices/", "sam"),
    Visit("catalogue/desk/notices.html", "/notices/", "eve"),
    Visit("catalogue/desk/notice_settings.html", "/notices/settings/", "sam"),
    Visit("catalogue/desk/unsubscribe.html", "{unsubscribe}"),
]  # fmt: skip

_WHY = {"reason": "Two names of one thing."}
DESK = [
    *_visits(
        "catalogue/desk/", "cleo",
        ("queue", "/desk/"),
        ("proposal", "{desk_clash}"),
        ("proposal", "{desk_decided}"),
        ("proposal", "{desk_new}"),
        ("proposal", "{desk_dispute}"),
        ("stewards", "/desk/stewards/"),
        ("infrastructures", "/desk/infrastructures/"),
        ("infrastructure", "/desk/infrastructures/example-archive/"),
        ("terms", "/desk/terms/"),
        ("desk_vocabulary", "/desk/terms/programming_languages/"),
        ("term", "/desk/terms/programming_languages/term/python/"),
        ("term", "{merged_term}"),
    ),
    Visit("catalogue/desk/proposal.html", "{desk_clash}", "cleo", (Step("[value=summary]"),)),
    Visit("catalogue/desk/summary.html", "{desk_new}", "cleo", (Step("[value=accept_all]"),)),
    Visit("catalogue/desk/listing_summary.html", "/desk/infrastructures/dryad/", "cleo", (
        Step("form[action$='/listing/'] button", {"listing": "withdrawn", **_WHY}),
    )),
    Visit("catalogue/desk/slug_summary.html", "/desk/infrastructures/dryad/", "cleo", (
        Step("form[action$='/address/'] button", {"slug": "dryad-data"}),
    )),
    Visit("catalogue/desk/term_summary.html", "/desk/terms/programming_languages/term/python/", "cleo", (
        Step("form:has([name=action][value=rename]) button", {"label": "Python 3", **_WHY}),
    )),
]  # fmt: skip
_REVIEW = "/funding/review/"
REVIEW = [
    *_visits(
        "funding/desk/", "cleo",
        ("queue", _REVIEW),
        ("queue", f"{_REVIEW}?turn=second"),
        ("item", "{review_support}"),
        ("item", "{review_organisation}"),
        ("item", "{review_awards}"),
        ("agreement", f"{_REVIEW}agreement/"),
    ),
    Visit("funding/desk/item.html", "{review_support}", "cleo", (Step("[name=answer]"),)),
    *_visits("funding/desk/", NOBODY, ("log", f"{_REVIEW}log/"), ("log", f"{_REVIEW}log/?kind=same_award")),
    Visit("funding/desk/build.html", f"{_REVIEW}release/", "bea"),
]  # fmt: skip

_KEYS = "/account/2fa/webauthn/"
_ENTER = Step("main form button.main", {"login": "tom@example.org", "password": PHRASE})
ACCOUNT = [
    *_visits(
        "account/", NOBODY,
        ("login", "/account/login/?next=/work/"),
        ("signup", "/account/signup/"),
        ("password_reset", "/account/password/reset/"),
        ("password_reset_done", "/account/password/reset/done/"),
        ("password_reset_from_key", "{reset_password}"),
        ("password_reset_from_key", "/account/password/reset/key/1-wrong/"),
        ("password_reset_from_key_done", "/account/password/reset/key/done/"),
        ("request_login_code", "/account/login/code/"),
        ("verification_sent", "/account/confirm-email/"),
        ("email_confirm", "{confirm_email}"),
        ("email_confirm", "/account/confirm-email/wrong/"),
        ("account_inactive", "/account/inactive/"),
        ("signup_closed", "/_page/account/signup_closed.html"),
        ("verified_email_required", "/_page/account/verified_email_required.html"),
    ),
    Visit("account/signup.html", "/account/signup/", NOBODY, (Step("main form button.main"),)),
    Visit("account/login.html", "/account/login/", NOBODY, (
        Step("main form button.main", {"login": "eve@example.org", "password": "not hers at all"}),
    )),
    Visit("account/confirm_login_code.html", "/account/login/code/", NOBODY, (
        Step("main form button.main", {"email": "ada@example.org"}),
    )),
    Visit("mfa/authenticate.html", "/account/login/", NOBODY, (_ENTER,)),
    *_visits(
        "account/", "ada",
        ("logout", "/account/logout/"),
        ("password_change", "/account/password/change/"),
        ("reauthenticate", "/account/reauthenticate/"),
        ("email_change", "/account/email/"),
    ),
    Visit("account/email_change.html", "/account/email/", "eve"),
    Visit("account/password_set.html", "/account/password/set/", "otto"),
    *_visits(
        "accounts/", "ada",
        ("account", "/account/"),
        ("close", "/account/close/"),
        ("closed", "/account/closed/"),
        ("terms", "/account/terms/"),
    ),
    *_visits("accounts/", "bea", ("people", "/account/people/"), ("person", "{person}")),
    *_visits(
        "mfa/", "ada",
        ("index", "/account/2fa/"),
        ("totp/activate_form", "/account/2fa/totp/activate/"),
        ("webauthn/authenticator_list", _KEYS),
        ("webauthn/add_form", f"{_KEYS}add/"),
    ),
    *_visits(
        "mfa/", "tom",
        ("index", "/account/2fa/"),
        ("totp/deactivate_form", "/account/2fa/totp/deactivate/"),
        ("recovery_codes/index", "/account/2fa/recovery-codes/"),
        ("recovery_codes/generate", "/account/2fa/recovery-codes/generate/"),
        ("webauthn/authenticator_list", _KEYS),
        ("webauthn/edit_form", "{key}edit/"),
        ("webauthn/authenticator_confirm_delete", "{key}remove/"),
    ),
    *_visits(
        "mfa/", "long ago",
        ("reauthenticate", "/account/2fa/reauthenticate/"),
        ("webauthn/reauthenticate", f"{_KEYS}reauthenticate/"),
    ),
    *_visits(
        "socialaccount/", NOBODY,
        ("login", "/account/oidc/oidc/login/"),
        ("login_cancelled", "/account/3rdparty/login/cancelled/"),
        ("authentication_error", "/account/3rdparty/login/error/"),
    ),
    Visit("socialaccount/signup.html", "/account/3rdparty/signup/", "newcomer"),
    Visit("socialaccount/connections.html", "/account/3rdparty/", "ada"),
]  # fmt: skip

VISITS = [*READING, *CONTRIBUTING, *DESK, *REVIEW, *ACCOUNT]
# The main pages, which are looked at for barriers on a narrow screen as well: the first visit of each.
MAIN = {
    "catalogue/discover/front.html", "catalogue/discover/discover.html", "catalogue/profile/profile.html",
    "catalogue/compare/compare.html", "catalogue/contribute/suggest.html", "catalogue/contribute/propose.html",
    "funding/desk/queue.html", "funding/desk/item.html",
    "catalogue/desk/queue.html", "catalogue/desk/proposal.html", "catalogue/desk/notices.html",
    "accounts/account.html", "account/login.html",
}  # fmt: skip
NARROW = list({visit.template: visit for visit in reversed(VISITS) if visit.template in MAIN}.values())
