"""Tests of the sandbox: `python -m unittest discover -t . -s tests` in the folder Sandbox."""
