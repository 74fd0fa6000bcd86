"""Takes everything public out of the catalogue as open data, and hands infrastructures over to the next release."""

from infracommons.web.catalogue.exchange.exports.for_release import export_for_release
from infracommons.web.catalogue.exchange.exports.write import export_catalogue

__all__ = ["export_catalogue", "export_for_release"]
