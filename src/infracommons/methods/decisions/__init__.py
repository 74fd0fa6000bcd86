"""What helps to decide: needs, values, sensitivity, portfolios, costs and policies; one file a question."""
