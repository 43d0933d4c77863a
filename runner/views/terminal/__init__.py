"""Values as text for a terminal or a log, in colour or without."""

from runner.value import Value

_COLORS = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
_CODES = {
    "bold": "1",
    "dim": "2",
    **_COLORS,
    **{f"bold {color}": f"1;{code}" for color, code in _COLORS.items()},
}


class Paint(Value):
    """Paints when `on`; else gives the text back as it is."""

    on: bool

    def __call__(self, color: str, text: str) -> str:
        return f"\x1b[{_CODES[color]}m{text}\x1b[0m" if self.on and text else text
