"""Parts of the stage that finds records of one award: keys, candidate pairs, membership and the awards made of them."""
