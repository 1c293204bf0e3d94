"""Loads strategies that users program: `path/to/file.py:ClassName`, `package.module:ClassName`, or a plug-in."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import sys
import traceback
from pathlib import Path
from types import ModuleType

from api.errors import StrategyNotLoaded
from api.strategy_plugins import plugin_target
from engine.naming import suggestion
from engine.strategy import Strategy


def strategy_class(source: str, base: Path) -> type[Strategy]:
    """The class that `source` names.

    Args:
        base: folder that a relative file path starts from.

    Raises:
        StrategyNotLoaded: when file, module or class is missing, the import fails, or the class is no `Strategy`.
    """
    if ":" not in source:
        source = plugin_target(source)
    module, class_name, place = named_module(source, base)
    return _class_of(module, class_name, place)


def named_module(source: str, base: Path) -> tuple[ModuleType, str, str]:
    """The module that `source` names, the name of the class in it, and what messages call the module.

    Raises:
        StrategyNotLoaded: when file or module is missing, or the import fails.
    """
    module_name, separator, class_name = source.rpartition(":")
    if not separator or not module_name or not class_name.isidentifier():
        raise StrategyNotLoaded(f"source {source!r}: expected path/to/file.py:ClassName or package.module:ClassName")
    is_file = module_name.endswith(".py")
    return _from_file(base / module_name) if is_file else _from_package(module_name), class_name, module_name


def parameters_class(made_by: type[Strategy]) -> type:
    """The dataclass of a strategy's parameters.

    Raises:
        StrategyNotLoaded: when it is none.
    """
    if not hasattr(made_by.Parameters, "__dataclass_fields__"):
        raise StrategyNotLoaded(f"{made_by.__name__}.Parameters is no dataclass; decorate it with @dataclass")
    return made_by.Parameters


def _from_file(file: Path) -> ModuleType:
    if not file.is_file():
        others = [one.name for one in file.parent.glob("*.py")] if file.parent.is_dir() else []
        raise StrategyNotLoaded(f"{file}: no such file{suggestion(file.name, others, 'file') if others else ''}")
    # A name of its own per file: two files called strategy.py are two modules, and none hides an installed package.
    name = f"ironfly_strategy_{hashlib.sha256(str(file.resolve()).encode()).hexdigest()[:16]}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise StrategyNotLoaded(f"{file}: Python cannot import this file")
    module = importlib.util.module_from_spec(spec)
    # Registered before it runs: dataclasses look their module up to resolve annotations.
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise StrategyNotLoaded(f"{_place(error, file)}: {type(error).__name__}: {error}") from error
    return module


def _from_package(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(f"{error.name}.")):
            remedy = "install it, or name a file: path/to/file.py:ClassName"
            raise StrategyNotLoaded(f"there is no module {error.name!r}; {remedy}") from None
        raise StrategyNotLoaded(f"module {name!r} imports {error.name!r}, which is not installed") from error
    except Exception as error:
        raise StrategyNotLoaded(f"module {name!r} fails on import: {type(error).__name__}: {error}") from error


def _place(error: Exception, file: Path) -> str:
    if isinstance(error, SyntaxError):
        return f"{error.filename or file}:{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return f"{file}:{lines[-1]}" if lines else str(file)


def _class_of(module: ModuleType, name: str, place: str) -> type[Strategy]:
    found = getattr(module, name, None)
    if found is None:
        classes = [key for key, value in vars(module).items() if _is_strategy(value)]
        raise StrategyNotLoaded(f"{place} has no class {name!r}{suggestion(name, classes, 'class')}")
    if not isinstance(found, type) or not issubclass(found, Strategy):
        raise StrategyNotLoaded(f"{name} in {place} is no strategy; derive it from engine.strategy.Strategy")
    return found


def _is_strategy(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Strategy) and value is not Strategy
