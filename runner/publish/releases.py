"""Why a run itself lets go of what it has claimed, or was about to claim."""

from runner.publish.ports import Release

OUT_OF_TIME = Release(because="the run ends too soon; it is left to the next one")
TOO_LATE = Release(because="its time ended while its media were uploaded", anew=True)
CLOCK_SET = Release(because="this machine's clock was set meanwhile", anew=True)
OUTDATED = Release(because="too much time has passed since X was looked at", anew=True)
TOO_OLD = Release(because="too much time passed between the claim and the request")
RACED = Release(because="another run has written the ledger", anew=True)
UNWRITTEN = Release(because="the ledger could not be written between two parts", anew=True)
NO_REASON = Release(
    because="", help="nothing to do: whether it is the post or the account, the next run tells"
)
ALL_REFUSED = Release(
    because="X refuses the posts of this account, one like the other, and does not say why",
    help="sign in to X as this account and follow what it asks; see in X's developer console "
    "whether the app may write",
    stop=True,
)
STALE = Release(because="the files are not those of the default branch any more")
OVER = Release(
    because="with what others have claimed meanwhile, a budget would be passed", anew=True
)
