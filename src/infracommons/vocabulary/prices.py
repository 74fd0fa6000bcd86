"""The price level of the United States by year, so that dollars of different years can be compared.

Source: U.S. Bureau of Labor Statistics, Consumer Price Index for All Urban Consumers (CPI-U), all items, U.S. city
average, not seasonally adjusted, annual averages, 1982-84 = 100 (series CUUR0000SA0); a work of the US government.
"""

from decimal import Decimal

_ANNUAL_AVERAGE = """
1990 130.7    1991 136.2    1992 140.3    1993 144.5    1994 148.2    1995 152.4    1996 156.9    1997 160.5
1998 163.0    1999 166.6    2000 172.2    2001 177.1    2002 179.9    2003 184.0    2004 188.9    2005 195.3
2006 201.6    2007 207.342  2008 215.303  2009 214.537  2010 218.056  2011 224.939  2012 229.594  2013 232.957
2014 236.736  2015 237.017  2016 240.007  2017 245.120  2018 251.107  2019 255.657  2020 258.811  2021 270.970
2022 292.655  2023 304.702  2024 313.689
"""
_PAIRS = _ANNUAL_AVERAGE.split()
# In thousandths of a point, so that all that is worked out from them is exact.
PRICE_LEVELS: dict[int, int] = {
    int(year): int(Decimal(level) * 1000) for year, level in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)
}


def in_prices_of(amount_usd: Decimal, year: int | None, prices: int) -> Decimal | None:
    """Return dollars of `year` in dollars of the year `prices`, to the cent, half up; None where a level is unknown.

    >>> in_prices_of(Decimal("100.00"), 2000, 2024)
    Decimal('182.17')
    """
    if year not in PRICE_LEVELS or prices not in PRICE_LEVELS:
        return None
    then, now = PRICE_LEVELS[year], PRICE_LEVELS[prices]
    return Decimal((int(amount_usd * 100) * now * 2 + then) // (then * 2)) / 100
