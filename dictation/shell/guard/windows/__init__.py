"""Reads PowerShell and cmd for the guard."""
