"""The financial ratios by name, each with its formula, what it is worked out from, and its source.

Where sources define a ratio in two ways, both are here under names that say the difference. All are exact fractions.
Sources: the R package `fiscal` (Nonprofit Open Data Collective); the ten ratios of Invest in Open Infrastructure's
study of the financial health of nonprofits; H. P. Tuckman and C. F. Chang, A Methodology for Measuring the Financial
Vulnerability of Charitable Nonprofit Organizations, Nonprofit and Voluntary Sector Quarterly 20 (1991).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from infracommons.methods.health.accounts import LINES, Year

Unit = Literal["months", "days", "share"]
_SIGNED = re.compile(r"([+-]?)\s*(\w+)")
_PER_YEAR: Mapping[str, int] = {"months": 12, "days": 365, "share": 1}
_FISCAL, _IOI, _TC = "fiscal", "Invest in Open Infrastructure", "Tuckman and Chang 1991"


@dataclass(frozen=True)
class Ratio:
    """One ratio: sums of lines above and below the stroke; months and days divide the sum below by 12 and 365."""

    name: str
    label: str
    above: str
    below: str
    unit: Unit
    source: str
    remark: str = ""

    @property
    def formula(self) -> str:
        """Return the formula in words, with names of lines."""
        below = f"({self.below})" if " " in self.below else self.below
        above = f"({self.above})" if " " in self.above else self.above
        per_year = _PER_YEAR[self.unit]
        return f"{above} / {below}" if per_year == 1 else f"{above} / ({below} / {per_year})"

    @property
    def needs(self) -> tuple[str, ...]:
        """Return the lines that the ratio is worked out from."""
        return tuple(dict.fromkeys(name for _, name in [*_terms(self.above), *_terms(self.below)]))


@dataclass(frozen=True)
class Told:
    """A ratio of one year: `value`, or in `why_not` why it cannot be told; `inputs` in minor units."""

    name: str
    label: str
    value: Fraction | None
    unit: Unit
    formula: str
    inputs: Mapping[str, int | None]
    source: str
    remark: str = ""
    why_not: str = ""
    read_as_zero: tuple[str, ...] = ()


RATIOS: tuple[Ratio, ...] = (
    Ratio("cash_months_with_receivables", "Months of cash, receivables counted",
          "cash + savings + pledges_receivable + accounts_receivable", "total_expenses - depreciation", "months",
          _FISCAL, "Counts money that others still owe; see cash_months_cash_only."),
    Ratio("cash_months_cash_only", "Months of cash, cash and savings only", "cash + savings",
          "total_expenses - depreciation", "months", _FISCAL, "The strict form: nothing that others still owe."),
    Ratio("days_cash", "Days of cash on hand", "cash", "total_expenses", "days", _IOI,
          "R1 of ten. Savings and depreciation are left out of account."),
    Ratio("luna_months", "Months of liquid unrestricted net assets",
          "unrestricted_net_assets - net_fixed_assets + mortgages_and_notes", "total_expenses", "months", _FISCAL,
          "Debt on property is added back, for it already lowers net assets."),
    Ratio("luna_months_all_property_off", "Months of liquid unrestricted net assets, all property taken off",
          "unrestricted_net_assets - net_fixed_assets", "total_expenses", "months", "Calabrese 2013",
          "Takes all property off and adds no debt back."),
    Ratio("operating_reserve", "Operating reserve", "unrestricted_net_assets - net_fixed_assets", "total_expenses",
          "share", _FISCAL, "A floor of 25 per cent at the lowest point of the year is suggested by the Nonprofit "
          "Operating Reserves Initiative, which says that it is no benchmark."),
    Ratio("operating_reserve_debt_added_back", "Operating reserve, debt on property added back",
          "unrestricted_net_assets - net_fixed_assets + mortgages_and_notes", "total_expenses", "share", _FISCAL),
    Ratio("leverage", "Debt over assets", "total_liabilities", "total_assets", "share", _IOI, "R2 of ten."),
    Ratio("government_reliance", "Government grants over revenue", "government_grants", "total_revenue", "share", _IOI,
          "R4 of ten."),
    Ratio("contribution_reliance", "Contributions over revenue", "contributions", "total_revenue", "share", _IOI,
          "R5 of ten; contributions hold government grants and dues."),
    Ratio("program_service_reliance", "Programme service revenue over revenue", "program_service_revenue",
          "total_revenue", "share", _IOI, "R6 of ten."),
    Ratio("investment_reliance", "Investment income over revenue", "investment_income", "total_revenue", "share",
          _FISCAL),
    Ratio("program_share", "Programme expenses over expenses", "program_expenses", "total_expenses", "share", _IOI,
          "R7 of ten."),
    Ratio("administration_share", "Administration over expenses", "management_expenses", "total_expenses", "share",
          _IOI, "R8 of ten, and the administrative cost ratio of Tuckman and Chang."),
    Ratio("fundraising_share", "Fundraising over expenses", "fundraising_expenses", "total_expenses", "share", _IOI,
          "R9 of ten."),
    Ratio("overhead", "Administration and fundraising over expenses", "management_expenses + fundraising_expenses",
          "total_expenses", "share", _FISCAL),
    Ratio("personnel_over_revenue", "Personnel over revenue", "personnel_expenses", "total_revenue", "share", _IOI,
          "R10 of ten as published, over revenue; see personnel_over_expenses."),
    Ratio("personnel_over_expenses", "Personnel over expenses", "personnel_expenses", "total_expenses", "share", _IOI,
          "R10 of ten with the denominator that R7 to R9 have."),
    Ratio("surplus_margin", "Surplus over revenue, after depreciation", "total_revenue - total_expenses",
          "total_revenue", "share", _FISCAL, "The operating margin of Tuckman and Chang."),
    Ratio("surplus_margin_before_depreciation", "Surplus over revenue, before depreciation",
          "total_revenue - total_expenses + depreciation", "total_revenue", "share", _FISCAL),
    Ratio("self_sufficiency", "Programme service revenue over expenses", "program_service_revenue", "total_expenses",
          "share", _FISCAL),
    Ratio("earned_income_dependency", "Earned income over revenue",
          "program_service_revenue + membership_dues + royalties + other_revenue", "total_revenue", "share", _FISCAL),
    Ratio("equity_over_revenue", "Net assets over revenue", "net_assets", "total_revenue", "share", _TC,
          "The equity ratio of Tuckman and Chang."),
    Ratio("equity_over_assets", "Net assets over assets", "net_assets", "total_assets", "share", _FISCAL,
          "The equity ratio of `fiscal`."),
)  # fmt: skip
BY_NAME = {ratio.name: ratio for ratio in RATIOS}


def ratio(definition: Ratio, year: Year) -> Told:
    """Return a ratio of a year with its formula and inputs, or why it cannot be told."""
    inputs = {name: year.lines[name] for name in definition.needs}
    value: Fraction | None = None
    missing = [name for name, amount in inputs.items() if amount is None]
    why_not = ""
    if missing:
        places = ", ".join(f"{name} ({LINES[name][0]} of Form 990)" for name in missing)
        on_ez = ": a 990-EZ does not have all lines, so a blank is not 0" if year.form == "990EZ" else ""
        why_not = f"not known: {places}{on_ez}"
    else:
        below = Fraction(_sum(definition.below, inputs), _PER_YEAR[definition.unit])
        if below > 0:
            value = _sum(definition.above, inputs) / below
        else:
            why_not = f"{definition.below} is {'zero' if not below else 'below zero'}, so nothing can be divided by it"
    zero = tuple(name for name in definition.needs if name in year.assumed)
    return Told(definition.name, definition.label, value, definition.unit, definition.formula, inputs,
                definition.source, definition.remark, why_not, zero)  # fmt: skip


def ratios(year: Year) -> tuple[Told, ...]:
    """Return all ratios of a year."""
    return tuple(ratio(definition, year) for definition in RATIOS)


def _terms(words: str) -> list[tuple[str, str]]:
    return [(sign, name) for sign, name in _SIGNED.findall(words)]


def _sum(words: str, inputs: Mapping[str, int | None]) -> int:
    return sum((-1 if sign == "-" else 1) * (inputs[name] or 0) for sign, name in _terms(words))
