"""What all sections of a summary share: strict, frozen, described."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Usd: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
"""US dollars; an exact multiple of 1e-6, written with the fewest digits that read back as the same number."""

Number: TypeAlias = Annotated[float, Field(allow_inf_nan=False)]
Count: TypeAlias = Annotated[int, Field(ge=0)]
Fraction: TypeAlias = Annotated[float, Field(ge=0, le=1)]
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
