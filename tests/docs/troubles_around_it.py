"""What can go wrong around the sending: in the ledger, the files, the time, and by people."""

from tests.docs import played_around_it as played
from tests.docs.trouble import Trouble

APPLYING = "tests/unit/publish/test_publishing_accounts.py::"
RUNNING = "tests/unit/publish/test_runs.py::"
SENDING = "tests/unit/publish/test_sending.py::"
GIT = "tests/unit/stores/test_git_ledger.py::"

LEDGER = (
    Trouble(
        id="push-forbidden",
        what="the remote refuses the push",
        does="nothing is sent",
        code=5,
        says="a rule of the repository forbids the push",
        do="let the runner push to its branch; `runner doctor` tries it",
        by=played.push_forbidden,
    ),
    Trouble(
        id="push-lost",
        what="the push of a claim is lost on the way",
        does="it is tried a few times within a minute; then nothing is sent",
        code=5,
        says="can't be reached or written: ",
        by="tests/integration/stores/test_pushes.py::test_a_push_that_never_arrives_is_no_claim",
    ),
    Trouble(
        id="push-applied",
        what="the push was applied, and git reports an error",
        does="the branch is asked for our own lines: they are there, so it is a claim",
        by=GIT + "test_a_push_that_was_applied_but_reported_as_failed_is_a_claim",
    ),
    Trouble(
        id="push-applied-below",
        what="so it was, and another run has already pushed on top",
        does="it is a claim; the next claim is lost, and planned anew",
        by=GIT + "test_so_it_is_with_a_foreign_commit_on_top_but_the_next_claim_races",
    ),
    Trouble(
        id="result-lost",
        what="a result can't be pushed",
        does="it is tried until the job ends, or for 15 minutes; then nothing more is sent. The "
        "next run finds the post on X",
        code=5,
        says="this is out, and the ledger does not know it: ",
        by=SENDING + "test_a_ledger_that_fails_stops_everything_and_nothing_is_lost",
    ),
    Trouble(
        id="cut-back",
        what="a branch of the ledger is cut back, or deleted, or its second ref is",
        does="nothing is sent as that account, and where there is a budget, as any",
        code=5,
        says="the ledger was cut back: runner-ledgers/shop is not where refs/runner/heads/shop is",
        do="run the command that the help line names",
        by=played.cut_back,
    ),
    Trouble(
        id="committed-by-hand",
        what="somebody commits to a branch of the ledger by hand",
        does="nothing is sent as that account, and where there is a budget, as any",
        code=5,
        says="somebody has committed to runner-ledgers/shop by hand: ",
        do="run the command that the help line names, which takes it back",
        by=played.committed_by_hand,
    ),
    Trouble(
        id="ledger-deleted",
        what="the ledger is deleted, with all its refs",
        does="it is begun anew, and what is due is first looked for on the account's timeline; "
        "beside a post there that nobody has explained it asks; holds and words of people are "
        "forgotten",
        says="found shop/tips/hello",
        do="restore it, or say `runner hold` and `--skip` again",
        by=played.ledger_deleted,
    ),
    Trouble(
        id="ledger-rolled-back",
        what="the ledger is rolled back as a whole: a mirror is pushed back, an older backup is "
        "restored",
        does="what is late, or would be called missed, is first looked for on the account's "
        "timeline, and recorded if it is there; holds and words of people that came last are "
        "forgotten",
        says="found shop/tips/hello",
        do="say `runner hold` and `--skip` again",
        by=played.ledger_rolled_back,
    ),
    Trouble(
        id="copied",
        what="the ledger is that of another repository: a copy, a fork",
        does="nothing is sent",
        code=5,
        says="the ledger is that of …, and this is ",
        do="`runner ledger adopt`, if the other one posts no more",
        by=played.copied,
    ),
    Trouble(
        id="unreadable",
        what="a line of the ledger can't be read",
        does="nothing is sent as its account, and where there is a budget, as any",
        code=5,
        says="open.jsonl, line 1: ",
        do="mend the line, or restore the file",
        by=played.unreadable_line,
    ),
    Trouble(
        id="cut-line",
        what="the last line was cut off in writing",
        does="it was never acted on, and is left out",
        says="Notice: …: the last line was cut off in writing, so it is left out",
        by=played.cut_line,
    ),
    Trouble(
        id="disk-full",
        what="the disk is full",
        does="what can't be recorded before is not sent",
        code=5,
        says="can't be used: ",
        do="make room",
        by="tests/acceptance/test_bad_files.py::"
        "test_a_full_disk_stops_the_run_and_nothing_is_sent_twice",
    ),
    Trouble(
        id="folder-on-actions",
        what="`store: files` on GitHub Actions",
        does="nothing is sent",
        code=5,
        says="on GitHub Actions the files store forgets what stands in it",
        do="write `ledger: {store: git}`",
        by=played.folder_on_actions,
    ),
    Trouble(
        id="folder-beside-branch",
        what="`store: files` where the remote has a ledger",
        does="nothing is sent",
        code=5,
        says="this folder does not know what it says",
        do="write `ledger: {store: git}`",
        by=played.folder_beside_branch,
    ),
)
FILES = (
    Trouble(
        id="bug",
        what="runner has a bug, which one post comes upon: in its template, a rule, a picture, its "
        "sending",
        does="that post needs a person, or is looked for if it may have left; all others go out",
        code=70,
        says="a bug in runner, while ",
        do="report it, with the last lines that the run printed",
        by="tests/hardening/test_containment.py::test_a_port_that_breaks_for_one_post",
    ),
    Trouble(
        id="output-breaks",
        what="the output breaks: a closed pipe, a full disk, an encoding that lacks a character",
        does="it goes on publishing and recording; what can't be printed is escaped, or dropped",
        says="error: standard output can't be written: ",
        by="tests/hardening/test_shown_in_spite_of_bugs.py::"
        "test_b3_an_output_that_breaks_decides_nothing",
    ),
    Trouble(
        id="old-commit",
        what="an old commit is run again, or a branch, or files are edited and not merged",
        does="with `store: git` it publishes what the default branch says, whatever lies here",
        says="Read from the default branch, at ",
        do="merge what shall go out",
        by=played.old_files,
    ),
    Trouble(
        id="merged-meanwhile",
        what="something is merged while a run waits",
        does="it ends; what it has claimed it lets go of, and the next run goes on",
        says="The default branch has moved on: the next run goes on from there.",
        by=RUNNING + "test_a_run_that_waits_ends_when_the_files_have_moved_on",
    ),
    Trouble(
        id="broken-file",
        what="a campaign's file has a mistake",
        does="the others go out",
        code=1,
        says="error[unknown-anchor]: ",
        do="mend it; the required check keeps it from being merged",
        by=played.broken_file,
    ),
    Trouble(
        id="edited",
        what="a post is changed, moved or removed after it went out",
        does="nothing is sent again; `runner status` shows the difference",
        says="edited since: …",
        by=played.reworded,
    ),
    Trouble(
        id="renamed",
        what="a campaign, a post or a slot is renamed after it went out",
        does="it is not sent under its new name before a person has looked",
        code=3,
        says="needs a person … the same went out as `shop/tips/hello`: was it renamed?",
        do="give it its old name back; a campaign may keep it as its `id:`",
        by=played.renamed,
    ),
    Trouble(
        id="account-renamed",
        what="an account gets another id in `runner.yaml`",
        does="nothing is sent as this account",
        code=4,
        says="the ledger knows the user of account `store` as account `shop`",
        do="give it its old id back",
        by=played.account_renamed,
    ),
)
TIME = (
    Trouble(
        id="clock-wrong",
        what="the machine's clock is more than 30 seconds from X's",
        does="nothing is sent, and nothing is called missed",
        code=4,
        says="this machine's clock and X's are 5 minutes apart",
        do="set the clock",
        by=played.wrong_clock,
    ),
    Trouble(
        id="clock-set",
        what="the clock is set while a run sends",
        does="nothing more is claimed; the next run goes on once the clocks agree",
        code=4,
        says="this machine's clock and X's are … apart",
        do="set the clock",
        by=SENDING + "test_where_the_clock_was_set_meanwhile_nothing_more_is_claimed",
    ),
    Trouble(
        id="late",
        what="the schedule starts the run late",
        does="what is due and within its grace goes out",
        says="posted shop/tips/hello … (12 minutes late)",
        do="[be on time](../how-to/be-on-time.md), if it matters",
        by=played.late,
    ),
    Trouble(
        id="too-late",
        what="it starts it after the grace is over",
        does="the post is `missed`, once and for good",
        says="missed shop/tips/hello was due … its time is over",
        do="plan it anew, under a new name",
        by=played.too_late,
    ),
    Trouble(
        id="gap",
        what="after a gap, several of a rhythm are due at once",
        does="the newest goes out; the older ones are `missed`, and their items come next",
        says="a newer one is due as well",
        by="tests/unit/plan/test_plan_time.py::"
        "test_after_a_gap_only_the_newest_goes_out_and_the_older_are_missed",
    ),
    Trouble(
        id="no-runs",
        what="no run succeeds for 12 hours",
        does="the workflow *Watch* fails, so that GitHub writes to you",
        code=None,
        says="which is too long",
        do="start one by hand, and let [a clock outside](../how-to/be-on-time.md) start the next",
        by="tests/workflows/test_watch_workflow.py::"
        "test_the_alarm_goes_off_where_nothing_has_succeeded_for_too_long",
    ),
    Trouble(
        id="many-overdue",
        what="more posts of an account are overdue than `threshold` says",
        does="none of them goes out; other accounts go on",
        code=3,
        says="6 posts are overdue at once",
        do="`runner resolve … --skip` what should not go out any more, or raise the threshold",
        by=played.many_overdue,
    ),
)
PEOPLE = (
    Trouble(
        id="hold",
        what="somebody says `runner hold` while a run sleeps",
        does="after each sleep it reads files and ledger anew, and sends nothing that is held",
        says="Notice: the project is on hold since … the price is wrong",
        do="`runner release`, when it may go on",
        by=played.held,
    ),
    Trouble(
        id="hold-races",
        what="somebody says it while a run claims",
        does="whoever is first wins; the other sees it",
        by=RUNNING + "test_a_hold_that_comes_before_the_claim_is_seen_by_it",
    ),
    Trouble(
        id="deleted-on-x",
        what="somebody deletes a post on X",
        does="it is not sent again; `runner status --check-x` finds out",
        says="X does not have it any more",
        by=played.deleted_by_hand,
    ),
    Trouble(
        id="edited-on-x",
        what="somebody edits a post on X",
        does="nothing: it is out",
        by="tests/acceptance/test_status.py::"
        "test_what_a_person_only_rewrote_on_x_is_not_taken_for_deleted",
    ),
    Trouble(
        id="budget",
        what="a post would pass a budget",
        does="it is not sent; cheaper ones are",
        code=3,
        says="the month's budget of 0.01 USD would be passed",
        do="raise the budget, or leave the post out",
        by=played.over_budget,
    ),
    Trouble(
        id="no-credentials",
        what="the credentials are missing",
        does="nothing is sent as this account; others go on",
        code=4,
        says="the credentials of `shop` are incomplete: set X_SHOP_API_KEY",
        do="set all four",
        by=played.no_credentials,
    ),
    Trouble(
        id="other-credentials",
        what="they are another account's",
        does="nothing is sent as this account; others go on",
        code=4,
        says="the credentials belong to @",
        do="give each account its own",
        by=APPLYING + "test_credentials_of_another_account_stop_only_the_account_that_has_them",
    ),
)
