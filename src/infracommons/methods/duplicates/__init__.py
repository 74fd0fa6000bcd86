"""Decides which records describe one award: by stated rules, each verdict with its reason in words."""
