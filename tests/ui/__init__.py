"""Owns the tests of the windows, which have an app that refuses wrong use behind them."""
