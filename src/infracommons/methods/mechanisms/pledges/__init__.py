"""Pledges: promises to pay that hang on what others do."""

from infracommons.methods.mechanisms.pledges import assurance, matching, open_subscriptions

MECHANISMS = (*assurance.MECHANISMS, *open_subscriptions.MECHANISMS, *matching.MECHANISMS)

__all__ = ["MECHANISMS"]
