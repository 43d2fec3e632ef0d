"""The AWS sandbox of Weir: a strict front before moto.

A request is verified, resolved to an operation, checked against the public API description, and then
answered by one of our own handlers (`extras`) or by moto, in this process.
"""
