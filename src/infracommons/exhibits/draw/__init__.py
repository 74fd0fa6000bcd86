"""Draws exhibits: Vega-Lite with the site's colours, as SVG and PNG."""
