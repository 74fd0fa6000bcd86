"""Review panels: who reviews what, what scores say once severity is taken out, and lotteries anyone can replay."""

from infracommons.methods.mechanisms.panels.mechanisms import MECHANISMS

__all__ = ["MECHANISMS"]
