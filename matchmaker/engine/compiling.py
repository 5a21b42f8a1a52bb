"""Loops in plain Python, compiled when numba is there (the extra `fast`)."""

import importlib.util
import logging
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

logger = logging.getLogger(__name__)


def can_compile() -> bool:
    return importlib.util.find_spec("numba") is not None


def compiled_names(*modules: ModuleType, nogil: bool = False) -> dict[str, Any]:
    """What stands in these modules by name, with every function of their own compiled; they call each other.

    A function compiles at its first call, or is read from what numba kept on disk: in `NUMBA_CACHE_DIR`, beside the
    module, or in the folder of the user. Where none of these can be written, every process compiles for itself. Raises
    ImportError without numba, which is not imported before: that takes half a second.
    """
    numba = import_module("numba")
    names: dict[str, Any] = {name: value for module in modules for name, value in vars(module).items()}
    plain = {
        name: value
        for name, value in names.items()
        if isinstance(value, FunctionType) and value.__module__ in {module.__name__ for module in modules}
    }
    for kept in (True, False):
        try:
            for name, value in plain.items():
                names[name] = numba.njit(cache=kept, nogil=nogil)(FunctionType(value.__code__, names, name))
        except RuntimeError as nowhere:
            if not kept:
                raise
            logger.warning("compiled loops are not kept: %s", nowhere)
        else:
            break
    return names
