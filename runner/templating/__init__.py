"""Our dialect of Jinja: strict, sandboxed, bounded; text and a context in, text or errors out.

It owns the template engine, its filters, what templates may look at, and how much work they may
do. It knows nothing of campaigns, posts or files: `render/` brings those as a context.
"""

from runner.templating.engine import CompiledTemplate, TemplateEngine
from runner.templating.errors import TemplateFault, TemplateMessage, column_of, unsafe_template
from runner.templating.evaluation import Evaluation, locale_named
from runner.templating.filter_arguments import Filter
from runner.templating.locale_filters import LANGUAGE_FUNCTIONS
from runner.templating.meter import FUEL, Meter
from runner.templating.numbers import currency_signs
from runner.templating.run_budget import (
    BYTES_A_STEP,
    NO_WORK,
    OCCURRENCE_STEPS,
    PROBLEM_STEPS,
    VALUE_STEPS,
    RunBudget,
    WorkDone,
)
from runner.templating.sandbox import FILTERS
from runner.templating.values import (
    CLOSING,
    DIGEST,
    DIGEST_STAND_IN,
    DISGUISES,
    ENTRIES_STAND_IN,
    HANDLE_STAND_IN,
    ID_STAND_IN,
    LINK_STAND_IN,
    OPENING,
    PLACEHOLDER,
    ROUND_STAND_IN,
    Bag,
    OpaqueMoment,
    Spoken,
    dependence_message,
    disguised_in,
    greatest_in,
    placeholder_message,
    shown_in,
    split_at,
    tidy,
)

__all__ = [
    "BYTES_A_STEP",
    "CLOSING",
    "DIGEST",
    "DIGEST_STAND_IN",
    "DISGUISES",
    "ENTRIES_STAND_IN",
    "FILTERS",
    "FUEL",
    "HANDLE_STAND_IN",
    "ID_STAND_IN",
    "LANGUAGE_FUNCTIONS",
    "LINK_STAND_IN",
    "NO_WORK",
    "OCCURRENCE_STEPS",
    "OPENING",
    "PLACEHOLDER",
    "PROBLEM_STEPS",
    "ROUND_STAND_IN",
    "VALUE_STEPS",
    "Bag",
    "CompiledTemplate",
    "Evaluation",
    "Filter",
    "Meter",
    "OpaqueMoment",
    "RunBudget",
    "Spoken",
    "TemplateEngine",
    "TemplateFault",
    "TemplateMessage",
    "WorkDone",
    "column_of",
    "currency_signs",
    "dependence_message",
    "disguised_in",
    "greatest_in",
    "locale_named",
    "placeholder_message",
    "shown_in",
    "split_at",
    "tidy",
    "unsafe_template",
]
