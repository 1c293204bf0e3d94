"""Two chains of multiply-adds in step: Horner's scheme for two polynomials, in vectors of several registers.

Left alone, LLVM puts one chain after the other. And it keeps constants in registers: where there are sixteen, with AVX2
and without AVX-512, it stores the chains for want of them. There the multiply-adds are written one by one, and read
their constants from memory. Elsewhere assembly without instructions takes both chains and keeps them in step.
"""

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import Any, TypeAlias, cast

from llvmlite import binding, ir
from numba import types
from numba.extending import intrinsic

from engine.pricing.vectors import Vector, spread

Step: TypeAlias = tuple[float | None, float]
Steps: TypeAlias = Sequence[Step]
Chains: TypeAlias = Callable[[float, float, float, float], tuple[float, float]]

_AVX2 = 4
_CONSTANT = 32
"""Bytes of a constant that fills a register of AVX2."""
_pair_of: Any = types.UniTuple


def in_step(*steps: Step) -> Chains:
    """Return what takes two chains further, from (p, q, x, y): p = p x + a and q = q y + b for each step (a, b).

    A step without a adds q as it was before the step.
    """

    def carried_on(typing_context: Any, p: Any, q: Any, x: Any, y: Any) -> Any:
        """Both chains after the last step."""

        def generate(context: Any, builder: Any, chosen: Any, arguments: Any) -> Any:
            values = [_spread(builder, value, x) for value in arguments]
            from_memory = isinstance(x, Vector) and _register() == _AVX2
            ends = _written(builder, values, steps) if from_memory else _plain(builder, x, values, steps)
            return context.make_tuple(builder, chosen.return_type, ends)

        return _pair_of(x, 2)(p, q, x, y), generate

    return cast(Chains, intrinsic(carried_on))


def _register() -> int:
    """Return how many numbers a register of this processor holds; 0: unknown."""
    has: Any = binding.get_host_cpu_features()
    return 2 * _AVX2 if has.get("avx512f") else _AVX2 if has.get("avx2") and has.get("fma") else 0


def _spread(builder: Any, value: Any, kind: Any) -> Any:
    """Return a value as one of the kind; chains may begin with a single number."""
    return spread(builder, value, kind) if isinstance(kind, Vector) and value.type == ir.DoubleType() else value


def _plain(builder: Any, kind: Any, values: Any, steps: Steps) -> Any:
    """Leave the instructions to LLVM, but not their order."""
    p, q, x, y = values
    for added, constant in steps:
        addend = q if added is None else _number(builder, added, kind)
        p = builder.fadd(builder.fmul(p, x), addend)
        q = builder.fadd(builder.fmul(q, y), _number(builder, constant, kind))
        p, q = _together(builder, kind, p, q)
    return p, q


def _number(builder: Any, value: float, kind: Any) -> Any:
    return _spread(builder, ir.DoubleType()(value), kind)


def _together(builder: Any, kind: Any, first: Any, second: Any) -> Any:
    """Return both, neither before the other is known."""
    width = _register()
    if not (isinstance(kind, Vector) and width):
        return first, second
    parts = [*_parts(builder, first, width), *_parts(builder, second, width)]
    letter = "v" if width > _AVX2 else "x"
    tied = [*[f"={letter}"] * len(parts), *map(str, range(len(parts)))]
    return _assembled(builder, "", tied, len(parts), parts)


def _written(builder: Any, values: Any, steps: Steps) -> Any:
    """Write the multiply-adds for the four registers or fewer of each chain; their places fill the others."""
    registers = [part for value in values for part in _parts(builder, value, _AVX2)]
    chains = len(registers) // 2
    constraints = [*["=&x"] * chains, *map(str, range(chains)), *["x"] * chains, "r"]
    table = _table(builder.module, [value for step in steps for value in step if value is not None])
    lines = "\n".join(_instructions(steps, chains // 2))
    return _assembled(builder, lines, constraints, chains, [*registers, table])


def _instructions(steps: Steps, count: int) -> Iterator[str]:
    """The instructions of all steps; operands are the chains, as results and as arguments, places and the table."""
    table, place = 6 * count, 0
    for added, _ in steps:
        for k in range(count):
            p, q, x, y = k, count + k, 4 * count + k, 5 * count + k
            addend = f"${q}" if added is None else f"{place}(${table})"
            yield f"vfmadd213pd {addend}, ${x}, ${p}"
            constant = place if added is None else place + _CONSTANT
            yield f"vfmadd213pd {constant}(${table}), ${y}, ${q}"
        place += _CONSTANT if added is None else 2 * _CONSTANT


def _table(module: Any, constants: Sequence[float]) -> Any:
    """Return where the constants stand, each as often as a register takes it."""
    name = f"constants_{sha256(repr(constants).encode()).hexdigest()}"
    known = module.globals.get(name)
    if known is not None:
        return known
    numbers = [ir.DoubleType()(value) for value in constants for _ in range(_AVX2)]
    table = ir.GlobalVariable(module, ir.ArrayType(ir.DoubleType(), len(numbers)), name)
    table.initializer = ir.Constant(table.value_type, numbers)
    table.global_constant, table.linkage, table.align = True, "internal", _CONSTANT
    return table


def _assembled(builder: Any, lines: str, constraints: list[str], chains: int, arguments: list[Any]) -> Any:
    """Return the two vectors that the registers of both chains are after some lines of assembly."""
    binding.initialize_native_asmparser()
    shape = ir.FunctionType(
        ir.LiteralStructType([one.type for one in arguments[:chains]]), [one.type for one in arguments]
    )
    held = builder.asm(shape, lines, ",".join(constraints), arguments, side_effect=False)
    ends = [builder.extract_value(held, k) for k in range(chains)]
    return _whole(builder, ends[: chains // 2]), _whole(builder, ends[chains // 2 :])


def _mask(places: range) -> Any:
    return ir.Constant(ir.VectorType(ir.IntType(32), len(places)), [ir.IntType(32)(k) for k in places])


def _parts(builder: Any, vector: Any, width: int) -> list[Any]:
    """Return a vector in registers."""
    places = range(0, vector.type.count, width)
    return [builder.shuffle_vector(vector, vector, _mask(range(k, k + width))) for k in places]


def _whole(builder: Any, parts: list[Any]) -> Any:
    """Return the vector that is in registers."""
    while len(parts) > 1:
        length = 2 * parts[0].type.count
        parts = [builder.shuffle_vector(*parts[k : k + 2], _mask(range(length))) for k in range(0, len(parts), 2)]
    return parts[0]
