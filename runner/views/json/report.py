"""A report for programs."""

from runner.report import PeriodReport
from runner.views.json.report_record import REPORT, ReportRecord


def report_as_json(report: PeriodReport) -> str:
    """The report as `schemas/report.schema.json` describes it."""
    record = ReportRecord.model_validate(report)
    return REPORT.dump_json(record, by_alias=True, indent=2, ensure_ascii=True).decode() + "\n"
