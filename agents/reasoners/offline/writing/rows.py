"""One row of a result in a sentence."""

from agents.reasoners.offline.writing.naming import Pointer, number_in, row_name

SHOWN = 5


def said_row(pointer: Pointer, number: int) -> str:
    """ "Palaran (12 laporan, naik 3 laporan)" """
    row, name, value = pointer.rows[number], row_name(pointer, number), pointer.cell(number, "value")
    change = number_in(row, "change")
    if change is None:
        return pointer.say("row", name=name, value=value)
    direction = pointer.cell(number, "change", "direction")
    if change == 0:
        return pointer.say("row_unchanged", name=name, value=value, direction=direction)
    size = pointer.cell(number, "change", "measure_size")
    return pointer.say("row_changed", name=name, value=value, direction=direction, size=size)
