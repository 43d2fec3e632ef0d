"""Every module of handlers is loaded, whoever added another beside it."""

from __future__ import annotations

import ast
import unittest
from pathlib import Path

from weir_sandbox import extras

FOLDER = Path(extras.__file__).parent


class ModuleTests(unittest.TestCase):
    def test_each_service_stands_once_in_the_table(self) -> None:
        tree = ast.parse(Path(extras.__file__).read_text(encoding="utf-8"))
        tables = [node for node in ast.walk(tree) if isinstance(node, ast.Dict) and len(node.keys) > 1]
        names = [key.value for key in tables[0].keys if isinstance(key, ast.Constant)]
        self.assertEqual(len(names), len(set(names)), names)

    def test_each_module_with_handlers_is_in_the_table(self) -> None:
        known = {name for names in extras.MODULES.values() for name in names}
        made = {path.stem for path in FOLDER.glob("*.py") if "\n@handles(" in path.read_text(encoding="utf-8")}
        self.assertEqual(made, known)
