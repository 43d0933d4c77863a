"""The rule of balance: not all that an account says is promotion."""

from collections import deque
from collections.abc import Iterator

from runner.problems import Severity
from runner.rules.project_context import ProjectContext
from runner.rules.rule import Breach, project_rule


@project_rule("promotional-share", Severity.WARNING)
def promotional_share(context: ProjectContext) -> Iterator[Breach]:
    """Promotion stays the smaller part of what an account says.

    People unfollow an account that only sells. Posts of a contest, a launch or a partner count as
    promotion unless they, or their campaign, say `promotional: false`. Reposts count by their
    campaign. The problem names the post with which the share becomes too large.

    Put posts of a series between them, or move them apart. How large the share may be, and of how
    many posts, is set in runner.yaml: `rules: {promotional-share: {at-most: 40%, of-last: 10}}`.
    """
    share = context.project.rules.promotional_share
    for account, posts in context.accounts.items():
        last: deque[bool] = deque(maxlen=share.of_last)
        was_too_large = False
        for dated in posts:
            last.append(dated.post.promotes)
            count = sum(last)
            too_large = len(last) == share.of_last and 100 * count > share.at_most * len(last)
            if too_large and not was_too_large:
                yield promotional_share.breach(
                    text=f"with `{dated.key.post}`, {count} of the last {len(last)} "
                    f"posts on `{account}` are promotion; {share.at_most}% may be",
                    place=dated.post.below(on_key=True),
                    help="put other posts between them, or move it",
                    about=(dated,),
                    alike=account,
                )
            was_too_large = too_large
