"""Joins the rooms: adapters, threads and queues; the only room that knows engines and desktop."""
