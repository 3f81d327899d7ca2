"""Everything that is fitted or built beforehand: weights, word lists, test models."""
