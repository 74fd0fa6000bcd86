"""How sound the money behind an infrastructure is: concentration, ratios, runway."""
