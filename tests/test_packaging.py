"""The wheel holds every file of the packages and nothing else; the generic import names belong to this project."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.reference import REPOSITORY

PACKAGES = ("api", "data", "engine", "schemas", "signals")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"


def package_files() -> set[str]:
    paths = (path for package in PACKAGES for path in (REPOSITORY / package).rglob("*") if path.is_file())
    return {str(path.relative_to(REPOSITORY)) for path in paths if "__pycache__" not in path.parts}


@pytest.fixture(scope="module")
def wheel_files(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build from a copy, so that neither old build results nor ignored files take part."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(REPOSITORY / name, source)
    for package in (*PACKAGES, "tests"):
        shutil.copytree(REPOSITORY / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run([sys.executable, "-c", BUILD, str(target)], cwd=source, check=True, capture_output=True, timeout=60)
    (wheel,) = target.glob("ironfly-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_wheel_holds_exactly_the_files_of_the_packages(wheel_files: set[str]) -> None:
    assert {name for name in wheel_files if ".dist-info/" not in name} == package_files()


def test_wheel_holds_the_licence_and_the_command(wheel_files: set[str]) -> None:
    metadata = {Path(name).name for name in wheel_files if ".dist-info/" in name}
    assert {"LICENSE", "entry_points.txt"} <= metadata


@pytest.mark.parametrize("package", PACKAGES)
def test_no_other_distribution_ships_the_name(package: str) -> None:
    assert set(packages_distributions()[package]) == {"ironfly"}


def locked_versions() -> dict[str, Version]:
    pins = re.findall(r"^([\w.-]+)==(\S+)", (REPOSITORY / "requirements.lock").read_text(), flags=re.MULTILINE)
    assert len(pins) == len({name for name, _ in pins}), "one version for all supported Pythons"
    return {canonicalize_name(name): Version(version) for name, version in pins}


def declared_requirements() -> list[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["dev"]]


@pytest.mark.parametrize("declared", declared_requirements())
def test_lock_satisfies_the_declared_requirement(declared: str) -> None:
    requirement = Requirement(declared)
    assert locked_versions()[canonicalize_name(requirement.name)] in requirement.specifier


def test_lock_names_no_address() -> None:
    assert "://" not in (REPOSITORY / "requirements.lock").read_text()
