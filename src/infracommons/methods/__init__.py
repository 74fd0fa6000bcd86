"""The maths: pure functions without input or output, web framework or engine."""
