"""Processes that begin with the libraries imported: forked from a server that has done nothing else."""

import multiprocessing
from multiprocessing.context import ForkServerContext

_IMPORTED = ["api.cli.running", "api.cli.stored_data", "api.cli.quality", "tests.data.killing"]


def forking_context() -> ForkServerContext:
    """Makes processes; all tests of a worker share the server that they are forked from."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_IMPORTED)
    return context
