"""Requests of ours to other servers. One client: it decides where a request may go, how long and how large."""
