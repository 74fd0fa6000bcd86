"""Rules that turn inputs and parameters into amounts of money: one file a family, none knows another."""
