"""What all sections of a summary share: strict, frozen, described; numbers say their unit by their type or name."""

from __future__ import annotations

from typing import Annotated, Any, Final, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

UNIT: Final = "x-unit"
"""Key of a number's unit in the published schema."""


def in_unit(unit: str) -> Any:
    """What makes an annotation a finite number of a unit."""
    return Field(allow_inf_nan=False, json_schema_extra={UNIT: unit})


Usd: TypeAlias = Annotated[float, in_unit("USD")]
"""US dollars; an exact multiple of 1e-6, written with the fewest digits that read back as the same number."""

Number: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
"""A number whose name says its unit, e.g. `average_win_usd`."""

Return: TypeAlias = Annotated[float, in_unit("decimal")]
"""A part of a whole, where 0.01 is one percent."""

Ratio: TypeAlias = Annotated[float, in_unit("ratio")]
Days: TypeAlias = Annotated[float, in_unit("days")]
Count: TypeAlias = Annotated[int, Field(ge=0, json_schema_extra={UNIT: "count"})]
Fraction: TypeAlias = Annotated[float, Field(ge=0, le=1, json_schema_extra={UNIT: "0 to 1"})]
Sha256: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Hash: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{32,128}$")]
Moment: TypeAlias = AwareDatetime


class Section(BaseModel):
    """A part of the summary."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_serialization_defaults_required=True,
        use_attribute_docstrings=True,
        ser_json_inf_nan="constants",
    )
