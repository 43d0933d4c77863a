"""The refusals of X that we know: how each is recognised, and what it means for the post.

X's documentation of problems (https://docs.x.com/x-api/fundamentals/response-codes-and-errors, read
2026-08-22) names few of them; the others are as developers reported them between 2016 and October
2026. Texts drift and the host in `type` is api.x.com or api.twitter.com, so the table matches the
status with the end of `type`, a stretch of the text in lowercase, or a code of the old API.
"""

from enum import Enum, auto
from typing import Final

from runner.value import Value


class Means(Enum):
    """What a refusal says about the post. In every case but the last two it is not out."""

    NOT_NOW = auto()
    """Refused before X looked at the post."""
    STOP = auto()
    """Nothing of this account will go out until a person has acted."""
    NEVER = auto()
    """These very words are refused, and would be again."""
    DUPLICATE = auto()
    """The account has said the same before: perhaps this very post."""
    OUT_ALREADY = auto()
    """The repost stands."""


class RefusalKind(Value, kw_only=True):
    """A known refusal. It matches with one of `types` (within the last part of its type),
    `words` (in X's own text, lowercase) or `codes`; with none of them given, by status alone."""

    statuses: tuple[int, ...]
    types: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()
    means: Means
    because: str
    help: str
    unsaid: bool = False
    """X does not say what the matter is: it may be the account."""


CREDIT: Final = "X has no credit left for this account"
DUPLICATE: Final = "X refused the text: this account has posted the same lately"
ADD_CREDIT: Final = (
    "add credit in X's developer console (console.x.com); the next run takes it up again"
)
MAY_WRITE: Final = (
    "give the app `Read and write` in X's developer console, then make new access tokens: the old "
    "ones keep the old permission"
)
KINDS: Final = (
    # --- credentials, by status alone
    RefusalKind(
        statuses=(401,),
        words=("timestamp out of bounds",),
        codes=(135,),
        means=Means.STOP,
        because="X refused the signature, because this machine's clock is wrong",
        help="set the clock of the machine that runs it (NTP)",
    ),
    RefusalKind(
        statuses=(401,),
        means=Means.STOP,
        because="X does not accept the credentials of this account",
        help="check the four secrets; make new tokens if the account has revoked the app. X itself "
        "has answered so during outages: see docs.x.com/incidents first",
    ),
    # --- money and packages
    RefusalKind(
        statuses=(402, 403),
        types=("spend-cap",),
        words=("spend cap",),
        means=Means.STOP,
        because="the spending limit that is set in X's developer console is reached",
        help="raise the limit in the console, or wait until its month is over",
    ),
    RefusalKind(statuses=(402,), means=Means.STOP, because=CREDIT, help=ADD_CREDIT),
    RefusalKind(
        statuses=(403,),
        types=("credits",),
        words=("credits depleted",),
        means=Means.STOP,
        because=CREDIT,
        help=ADD_CREDIT,
    ),
    RefusalKind(
        statuses=(403, 429),
        types=("usage-capped",),
        words=("usagecapexceeded", "usage cap exceeded"),
        means=Means.STOP,
        because="the usage that X grants the app in a month is used up",
        help="see the app's usage in X's developer console; the next run takes it up again",
    ),
    RefusalKind(
        statuses=(429,),
        means=Means.NOT_NOW,
        because="X takes no more requests for now",
        help="nothing to do: the next run takes it up again",
    ),
    # --- the account and the app
    RefusalKind(
        statuses=(403,),
        words=("authenticating with unknown is forbidden",),
        means=Means.NOT_NOW,
        because="X did not recognise the signature, as it does now and then",
        help="nothing to do: the next run takes it up again",
    ),
    RefusalKind(
        statuses=(403,),
        types=("client-forbidden", "client-not-enrolled", "user-not-enrolled"),
        words=(
            "client-not-enrolled",
            "user-not-enrolled",
            "attached to a project",
            "billed to the authenticated user",
            "subset of x api",
        ),
        codes=(453,),
        means=Means.STOP,
        because="X has not enrolled the app, or its user, in a package that may post",
        help="move the app to the Pay-per-use package, environment Production, in X's console",
    ),
    RefusalKind(
        statuses=(403,),
        types=("oauth1-permissions",),
        words=("oauth1 app permissions", "cannot perform write actions"),
        codes=(261,),
        means=Means.STOP,
        because="the app may only read: X lets it write nothing",
        help=MAY_WRITE,
    ),
    RefusalKind(
        statuses=(403,),
        types=("suspended",),
        words=(
            "temporarily locked",
            "account is suspended",
            "account has been suspended",
            "might be automated",
        ),
        codes=(64, 226, 326),
        means=Means.STOP,
        because="X has suspended or locked the account or the app",
        help="sign in to X as this account and follow what it asks; nothing is sent until then",
    ),
    RefusalKind(
        statuses=(403,),
        words=("daily status update limit",),
        codes=(185,),
        means=Means.STOP,
        because="the account has posted as often today as X allows",
        help="nothing goes out until tomorrow; unverified accounts may post 50 times a day",
    ),
    # --- the repost
    RefusalKind(
        statuses=(403,),
        words=("already retweeted", "already reposted"),
        codes=(327,),
        means=Means.OUT_ALREADY,
        because="the account has reposted it before",
        help="nothing to do",
    ),
    # --- the post
    RefusalKind(
        statuses=(403,),
        words=("duplicate content", "status is a duplicate"),
        codes=(187,),
        means=Means.DUPLICATE,
        because=DUPLICATE,
        help="change the words, unless it is the same post: then `runner resolve` settles it",
    ),
    RefusalKind(
        statuses=(403,),
        words=("posts with @mentions", "tweets with @mentions"),
        means=Means.NEVER,
        because="X does not let this app mention other accounts",
        help="write the name without the @; X bars mentions from apps without a contract, and "
        "lifts and restores the bar without notice",
    ),
    RefusalKind(
        statuses=(403,),
        words=("reply to this conversation is not allowed",),
        means=Means.NEVER,
        because="X lets this app reply only to its own account, or where it was mentioned",
        help="post it on its own, or reply by hand",
    ),
    RefusalKind(
        statuses=(403,),
        words=("deleted or not visible",),
        codes=(385,),
        means=Means.NEVER,
        because="the post that this one replies to is deleted, or not visible to the account",
        help="take `reply-to` away, or name a post that is still there",
    ),
    RefusalKind(
        statuses=(403,),
        words=("quoting this post is not allowed", "quoting this tweet is not allowed"),
        means=Means.NEVER,
        because="X does not let this app quote posts of others",
        help="take the link to the post away",
    ),
    RefusalKind(
        statuses=(403,),
        words=("one cashtag",),
        means=Means.NEVER,
        because="X allows one $CASHTAG in a post",
        help="keep one, and write the others without the $",
    ),
    RefusalKind(
        statuses=(403,),
        words=("post a video longer than",),
        means=Means.NEVER,
        because="the video is longer than this account may post",
        help="shorten the video, or subscribe the account to X Premium",
    ),
    RefusalKind(
        statuses=(403,),
        types=("not-authorized-for-resource", "disallowed-resource"),
        # a bare 403 has the same word as title and as detail
        words=("not permitted to perform this action", "forbidden\nforbidden"),
        means=Means.NEVER,
        unsaid=True,
        because="X does not permit this post and does not say why",
        help="often the text is too long for the account, its day's posts are used up, the account "
        "is locked or the app may only read: post it by hand to see",
    ),
    # --- what is in the request
    RefusalKind(
        statuses=(400,),
        words=("media ids are invalid",),
        codes=(324,),
        means=Means.NEVER,
        because="X does not accept the picture or video",
        help="a video must keep to X's limits (H.264, 60 frames a second, 1280 × 1024 at most)",
    ),
    RefusalKind(
        statuses=(400,),
        types=("invalid-request",),
        codes=(186,),
        means=Means.NEVER,
        because="X finds the post malformed",
        help="see what X says of it, correct the post and merge",
    ),
)
