"""Libraries that Rasa imports at its start and this engine never uses: loaded when first used, not before.

TensorFlow alone is half of the time to the first answer and half of the memory. A postponed module is a real one whose
code has not run yet: the first look at anything in it runs it, so that whoever needs it gets it, only later.
LOTSEN_SPEEDUPS=off leaves Rasa as it is. Imported before anything of Rasa.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

# Rasa reaches TensorFlow through the first and matplotlib through the second; spaCy by its own name.
NAMES = (
    "rasa.utils.train_utils",
    "rasa.utils.plotting",
    "spacy",
)
_loading = threading.RLock()


class _Postponed(ModuleType):
    """Runs its code when an attribute is missed. The standard LazyLoader does so already when imported once more."""

    def __getattr__(self, name: str) -> Any:
        with _loading:
            if type(self) is _Postponed and "_began" not in self.__dict__:
                self._began = True
                try:
                    self.__spec__.loader.later.exec_module(self)  # type: ignore[union-attr]
                except BaseException:
                    del self._began
                    raise
                del self._began
                self.__class__ = ModuleType  # type: ignore[assignment]
        return ModuleType.__getattribute__(self, name)


class _Later(Loader):
    def __init__(self, later: Loader) -> None:
        self.later = later

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.later.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__class__ = _Postponed  # only now: what imports a module looks for attributes that it sets itself


class _Finder(MetaPathFinder):
    def __init__(self, names: Iterable[str]) -> None:
        self.names = set(names)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self.names:
            return None
        self.names.remove(name)
        spec = find_spec(name)
        if spec and spec.loader:
            spec.loader = _Later(spec.loader)
        return spec


def postpone(names: Iterable[str] = NAMES) -> None:
    """Postpone these modules, unless they are there already or the speed-ups are switched off."""
    if os.environ.get("LOTSEN_SPEEDUPS", "on") != "off":
        sys.meta_path.insert(0, _Finder(names))


postpone()
