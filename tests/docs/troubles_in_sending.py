"""What can go wrong while a post is sent, and while it is in doubt."""

from tests.docs import played_in_sending as played
from tests.docs.trouble import LOOK, Trouble

LIFE = "tests/unit/publish/test_campaign_life.py::"
LOOKING = "tests/unit/publish/test_reconciling.py::"
SENDING = "tests/unit/publish/test_sending.py::"
HTTP = "tests/integration/x/test_x_over_http.py::"

DEATH = (
    Trouble(
        id="killed-before-claim",
        what="the process is killed before it has claimed a post",
        does="nothing has happened; the next run sends the post",
        code=None,
        by=LIFE + "test_a_run_that_dies_at_any_change_of_a_file_sends_nothing_twice",
    ),
    Trouble(
        id="killed-after-claim",
        what="it is killed after the claim and before the request",
        does="the next runs look for the post on X; once two reads do not show it, it is sent once "
        "more, within its grace",
        says="posted",
        by=played.killed_after_claim,
    ),
    Trouble(
        id="killed-after-request",
        what="it is killed after the request, before or after X's answer",
        does="the next run finds the post on X, and records it",
        says="found shop/tips/hello is out, as its account's timeline shows",
        by=played.killed_after_request,
    ),
    Trouble(
        id="killed-while-writing",
        what="it is killed while it writes the ledger",
        does="a record is there as a whole, or not at all",
        code=None,
        by="tests/unit/stores/test_files_ledger_crashes.py::"
        "test_a_record_is_there_as_a_whole_or_not_at_all",
    ),
    Trouble(
        id="signal",
        what="SIGTERM, SIGINT or SIGHUP: a cancelled job, Ctrl-C",
        does="nothing more is begun; the request in flight has six seconds, then it is in doubt",
        code=143,
        says="Stopped by …: what was not begun is still due.",
        by="tests/acceptance/test_signals.py::"
        "test_a_request_in_flight_has_six_seconds_and_is_found_by_the_next_run",
    ),
    Trouble(
        id="job-ends",
        what="the job is about to end (`--time-limit`)",
        does="in the last two minutes nothing is claimed; the next run goes on",
        says="Due now",
        by=played.job_ends,
    ),
    Trouble(
        id="frozen",
        what="the machine freezes for a minute or more between the claim and the request",
        does="two clocks notice it, and the claim is given back; see [what remains](#what-remains)",
        code=4,
        says="released … too much time passed between the claim and the request",
        by=SENDING + "test_a_late_claim_is_given_back_by_either_clock",
    ),
    Trouble(
        id="two-runs",
        what="two runs at once, on one machine or on two",
        does="one claim wins; the other run plans anew from what the winner wrote",
        by="tests/integration/stores/test_ledger_on_a_branch.py::"
        "test_of_runners_that_claim_at_once_one_wins_every_time",
    ),
)
NETWORK = (
    Trouble(
        id="library-hides",
        what="a library under the runner hides when a request leaves the machine: another version "
        "than those that are tried",
        does="nothing is sent, since a lost answer would look like a request that never left",
        code=4,
        says="hides from runner when a request leaves this machine",
        do="install what uv.lock names",
        by="tests/hardening/test_fail_closed.py::"
        "test_g2_nothing_is_sent_by_who_can_not_prove_that_a_request_has_not_left",
    ),
    Trouble(
        id="no-network",
        what="X can't be reached at all",
        does="nothing is claimed; everything stays due",
        code=4,
        says="refused shop: X could not be reached, so nothing was sent",
        do="check the network of the machine",
        by=played.no_network,
    ),
    Trouble(
        id="lost-before-a-byte",
        what="the connection fails before a byte of the request has left",
        does="the post is `released`, and stays due",
        code=4,
        says="released … X could not be reached, so nothing was sent",
        by=HTTP + "test_a_refused_connection_is_released",
    ),
    Trouble(
        id="lost-after-a-byte",
        what="the connection breaks after a byte of the request has left",
        does="the post is in doubt; it is looked for",
        says="unknown … the connection to X broke, so the post may be out",
        by=played.line_broken,
    ),
    Trouble(
        id="time-out",
        what="X has not answered after 30 seconds",
        does="the post is in doubt; it is looked for",
        says="unknown … X did not answer in time, so the post may be out",
        by=HTTP + "test_an_answer_that_does_not_come_is_a_doubt_after_the_read_time",
    ),
)
DOUBT = (
    Trouble(
        id="doubt-found",
        what="the account's timeline shows the post",
        does="it is recorded as posted, with its link",
        says="found shop/tips/hello is out, as its account's timeline shows",
        by=played.found,
    ),
    Trouble(
        id="doubt-absent",
        what="two reads, a minute apart and the last at least six minutes after the attempt, do "
        "not show it",
        does="it is sent once more, byte for byte, if its grace still lasts",
        says="posted shop/tips/hello … (11 minutes late)",
        by=played.absent,
    ),
    Trouble(
        id="timeline-late",
        what="the timeline shows it only after that, so that X refuses the second copy as "
        "duplicate content",
        does="it stays in doubt: the first attempt may be what it is a duplicate of. Each run "
        "looks again, and finds it once X shows it",
        code=3,
        says="unknown … X refused the text: this account has posted the same lately",
        do=f"wait, or {LOOK}",
        by=played.timeline_late,
    ),
    Trouble(
        id="timeline-unreadable",
        what="the timeline can't be read, or not whole",
        does="nothing is concluded; the next run looks again; other posts go out",
        code=4,
        says="refused shop: the timeline can't be read: ",
        by=played.timeline_unreadable,
    ),
    Trouble(
        id="doubt-twice",
        what="the second attempt is in doubt, too",
        does="it is not sent a third time; only a match on the timeline, or a person, decides",
        code=3,
        says="needs a person … look on X, then `runner resolve`",
        do=LOOK,
        by=played.twice_in_doubt,
    ),
    Trouble(
        id="doubt-edited-on-x",
        what="somebody edits the post on X while it is in doubt",
        does="a post that nobody can explain stands there at that time, so a person is asked",
        code=3,
        says="needs a person … look on X, then `runner resolve`",
        do=LOOK,
        by=played.edited_in_doubt,
    ),
    Trouble(
        id="doubt-deleted-on-x",
        what="somebody deletes the post on X while it is in doubt",
        does="X does not show it, so it is **sent once more**: nobody can tell the two apart",
        says="posted",
        do="first `runner resolve … --skip`, then delete",
        by=played.deleted_in_doubt,
    ),
    Trouble(
        id="doubt-reworded",
        what="its words are changed in the file while it is in doubt",
        does="neither the old words nor the new ones are sent",
        code=3,
        says="needs a person … it may be out, and the file has changed since",
        do=LOOK,
        by=played.reworded_in_doubt,
    ),
    Trouble(
        id="doubt-renamed",
        what="its campaign is renamed while it is in doubt",
        does="it is looked for under its old name; under the new one a person is asked",
        code=3,
        says="`shop/tips/hello` says the same, and may be out: was it renamed?",
        do="write `id:` with the old name into the file",
        by=played.renamed_in_doubt,
    ),
    Trouble(
        id="doubt-removed",
        what="its campaign is removed while it is in doubt",
        does="it is looked for all the same, for a day; then it is `missed`",
        says="in doubt shop/tips/hello",
        by=played.removed_in_doubt,
    ),
    Trouble(
        id="doubt-grace-over",
        what="its grace ends while it is in doubt",
        does="it is not sent any more; it is looked for a day long, then it is `missed`",
        says="missed shop/tips/hello",
        by=played.late_in_doubt,
    ),
    Trouble(
        id="doubt-without-words",
        what="a picture or a poll without a word is in doubt, and X does not show it",
        does="it is not sent again, since X compares only texts",
        code=3,
        says="needs a person … it may be out, and X would not refuse a second copy",
        do=LOOK,
        by=LOOKING + "test_pictures_without_a_word_are_not_sent_again_since_x_would_take_both",
    ),
    Trouble(
        id="doubt-repost",
        what="a repost is in doubt, and X does not show it",
        does="it is sent again: X makes no second one",
        says="posted",
        by=LOOKING + "test_a_repost_in_doubt_is_sent_again_since_x_would_not_take_a_second_one",
    ),
)
THREADS = (
    Trouble(
        id="thread-half",
        what="a run ends when half of a thread is out",
        does="the next run sends the rest, for a day, as answers to the last part that is out",
        says="posted",
        by=played.thread_interrupted,
    ),
    Trouble(
        id="thread-refused",
        what="X refuses a part",
        does="the parts before it stay; nothing after it is sent",
        code=3,
        says="needs a person … X refused part 2 of the thread",
        do="finish it by hand on X, then `runner resolve … --skip`",
        by=played.thread_refused,
    ),
    Trouble(
        id="thread-reworded",
        what="the file's parts are changed when half of them are out",
        does="the rest is not sent",
        code=3,
        says="needs a person … half of the thread is out, and the file has changed since",
        do="take the change back, or `runner resolve … --skip`",
        by=played.thread_reworded,
    ),
    Trouble(
        id="thread-old",
        what="half of a thread is out for more than a day",
        does="the rest is not sent",
        code=3,
        says="half of the thread is out, since more than a day",
        do="finish it by hand on X, then `runner resolve … --skip`",
        by="tests/unit/plan/test_plan_threads.py::"
        "test_grace_decides_whether_it_may_begin_and_a_day_whether_it_may_end",
    ),
)
