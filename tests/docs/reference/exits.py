"""The exit codes, from the errors that have them."""

from runner.problems import Stop
from tests.docs.reference.markdown import anchored, line, table

OTHERS = {  # and of a code that an error has: what people need to know of it beyond the error
    1: (
        "Something in the files is wrong.",
        "Run `runner validate`, and mend what it shows.",
    ),
    0: ("Done, or nothing was due.", "Nothing."),
    3: (
        "A post needs a person.",
        "`runner status` names it. Then [decide](../how-to/when-a-post-needs-a-person.md).",
    ),
    70: (
        "A bug in runner. It stops only the post that it is about.",
        "Report it, with the last lines that it printed. `runner status` shows what is open.",
    ),
}
TO_DO = {
    2: "Look at the message, and at `--help` of the command.",
    4: "Run `runner doctor`. What was due stays due.",
    5: "Mend what the message names. Nothing more was sent, and nothing is sent until then.",
}


def exit_codes() -> str:
    """What each exit code means, and what to do then."""
    found = {stop.exit_code: line(stop.__doc__ or "") for stop in Stop.__subclasses__()}
    rows = {code: (said, TO_DO.get(code, "")) for code, said in found.items()} | OTHERS
    return table(
        ("code", "means", "what to do"),
        ((anchored(f"exit-{code}", str(code)), *rows[code]) for code in sorted(rows)),
    )
