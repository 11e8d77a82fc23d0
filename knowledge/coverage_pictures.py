"""Coverage as pictures: municipality × type as a heat map, and a tile map of the county."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import wrap
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch

from knowledge.coverage import GROUPS, Cell
from knowledge.labels import term
from knowledge.situation import MUNICIPALITIES, ViolenceType

Cells = Mapping[tuple[str, ViolenceType, str], Cell]
# Municipality -> column and row: neighbours lie side by side as far as squares allow, north is up.
TILES = {
    "Sigtuna": (3, 0), "Norrtälje": (5, 0),
    "Upplands-Bro": (1, 1), "Upplands Väsby": (3, 1), "Vallentuna": (4, 1), "Österåker": (5, 1),
    "Järfälla": (2, 2), "Sollentuna": (3, 2), "Täby": (4, 2), "Vaxholm": (5, 2),
    "Sundbyberg": (2, 3), "Solna": (3, 3), "Danderyd": (4, 3), "Lidingö": (5, 3),
    "Ekerö": (2, 4), "Stockholm": (3, 4), "Nacka": (4, 4), "Värmdö": (5, 4),
    "Salem": (1, 5), "Botkyrka": (2, 5), "Huddinge": (3, 5), "Tyresö": (4, 5),
    "Nykvarn": (0, 6), "Södertälje": (1, 6), "Haninge": (4, 6), "Nynäshamn": (3, 7),
}  # fmt: skip
# Colours that differ in lightness, too; every tile and cell says in words or figures what its colour says.
_NONE, _UNVERIFIED, _SHARED, _OWN = "#f2c9c2", "#fbe7b2", "#b5d6e8", "#5b9bc8"
_STEPS = ("#f7f2ea", "#dbe9f1", "#b5d6e8", "#86bbd9", "#5b9bc8", "#2f78ab")
_INK, _PAPER = "#1c2530", "#ffffff"


def draw_heat_map(found: Cells, path: Path) -> None:
    """Draw 26 municipalities × 5 types × adults and children to a PNG."""
    figure = Figure(figsize=(11, 10.5), layout="constrained")
    axes: Any = figure.subplots()
    heads = [(kind, group) for kind in ViolenceType for group in GROUPS]
    for row, town in enumerate(MUNICIPALITIES):
        for column, (kind, group) in enumerate(heads):
            colour, word = _look(found[town, kind, group])
            axes.add_patch(_tile(column, row, colour))
            axes.text(column + 0.5, row + 0.5, word, ha="center", va="center", fontsize=8, color=_INK)
    axes.set_xlim(0, len(heads))
    axes.set_ylim(len(MUNICIPALITIES), -0.1)
    axes.set_yticks([row + 0.5 for row in range(len(MUNICIPALITIES))], MUNICIPALITIES)
    names = ["\n".join([*wrap(term("violence_type", kind.value), 14), group]) for kind, group in heads]
    axes.set_xticks([column + 0.5 for column in range(len(heads))], names, fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    words = ("saknas i faktafilerna", "finns, ingen kontrollerad väg dit", "i samverkan", "i egen regi")
    keys = [
        Patch(color=colour, label=word) for colour, word in zip((_NONE, _UNVERIFIED, _SHARED, _OWN), words, strict=True)
    ]
    figure.legend(handles=keys, loc="outside lower center", ncols=4, frameon=False)
    figure.suptitle("Särskilt stöd vid våld utöver socialtjänsten, antal tjänster", fontsize=13)
    figure.savefig(path, dpi=110)


def draw_map(found: Cells, path: Path) -> None:
    """Draw the county as tiles, adults and children side by side, to a PNG: types with support that can be reached."""
    figure = Figure(figsize=(13, 8.6), layout="constrained")
    both: Any = figure.subplots(1, len(GROUPS))
    for axes, group in zip(both, GROUPS, strict=True):
        for town, (column, row) in TILES.items():
            reached = sum(found[town, kind, group].reachable > 0 for kind in ViolenceType)
            axes.add_patch(_tile(column, row, _STEPS[reached]))
            ink = _PAPER if reached == len(ViolenceType) else _INK
            name = town.replace("Upplands ", "Upplands\n").replace("Upplands-", "Upplands-\n")
            axes.text(column + 0.5, row + 0.4, name, ha="center", va="center", fontsize=8.5, color=ink)
            axes.text(column + 0.5, row + 0.78, f"{reached} av 5", ha="center", va="center", fontsize=8.5, color=ink)
        axes.set_xlim(0, 6)
        axes.set_ylim(8, 0)
        axes.set_aspect("equal")
        axes.set_axis_off()
        axes.set_title(group.capitalize(), fontsize=13)
    keys = [Patch(facecolor=colour, edgecolor="#999999", label=str(count)) for count, colour in enumerate(_STEPS)]
    figure.legend(handles=keys, loc="outside lower center", ncols=6, frameon=False, title="Antal våldstyper av fem")
    figure.suptitle("Våldstyper med särskilt stöd i kommunen som går att nå", fontsize=14)
    figure.savefig(path, dpi=110)


def _look(cell: Cell) -> tuple[str, str]:
    if not cell.offered:
        return _NONE, "–"
    count = str(cell.own + cell.shared)
    if not cell.reachable:
        return _UNVERIFIED, f"{count} ?"
    return (_OWN if cell.own else _SHARED), count


def _tile(column: int, row: int, colour: str) -> FancyBboxPatch:
    corner = (column + 0.04, row + 0.04)
    return FancyBboxPatch(
        corner, 0.92, 0.92, boxstyle="round,pad=0,rounding_size=0.06", facecolor=colour, edgecolor="#99a"
    )
