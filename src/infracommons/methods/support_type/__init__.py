"""What kind of support an award gives an infrastructure, by ordered rules that say what decided."""
