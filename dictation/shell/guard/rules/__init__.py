"""The rules of the guard, by what a program touches."""
