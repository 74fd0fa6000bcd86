"""Measures the pipeline's judgements against labelled data."""
