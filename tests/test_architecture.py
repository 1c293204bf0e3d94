"""Import rules that the import contracts of the lint step cannot say: what engine/ may use, and no cycles anywhere."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from tests.reference import REPOSITORY

PACKAGES = ("api", "data", "engine", "schemas", "signals")
ENGINE_LIBRARIES = {"annotated_types", "llvmlite", "numba", "numpy", "scipy"}  # llvmlite is what numba compiles with
VOLLIB_MODULE = "engine/pricing/vollib_backend.py"
MOST_LINES = 500


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (REPOSITORY / folder).rglob("*.py"))


def imported_roots(path: Path) -> set[str]:
    roots = set()
    for node in ast.walk(ast.parse(path.read_text(), str(path))):
        if isinstance(node, ast.Import):
            roots |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            roots.add(node.module.partition(".")[0] if node.module and not node.level else "(relative)")
    return roots


def test_engine_imports_only_what_it_may() -> None:
    allowed = ENGINE_LIBRARIES | sys.stdlib_module_names | {"engine"}
    found = {str(path.relative_to(REPOSITORY)): imported_roots(path) - allowed for path in sources("engine")}
    if found.get(VOLLIB_MODULE) == {"py_vollib"}:
        del found[VOLLIB_MODULE]
    assert {path: roots for path, roots in found.items() if roots} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_modules_import_each_other_without_cycles(package: str) -> None:
    graph = grimp.build_graph(package, exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(imports).prepare()


def test_files_stay_readable_in_one_sitting() -> None:
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_text().splitlines()) for path in sources(*PACKAGES, "tests")
    }
    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}
