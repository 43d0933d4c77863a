"""What comes before a request: the media are uploaded; and why a run lets go by itself of what it
has claimed, or was about to claim."""

from hashlib import sha256

from runner.publish.ports import Publisher, ReadMedia, Rejection, Release, Uploaded
from runner.render import RenderedMedia, RenderedPost

Uploads = dict[int, tuple[Uploaded, ...]]
"""The uploaded media by the number of their part."""

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


class UploadFailed(Exception):
    """An upload that failed, so that nothing is attempted."""

    def __init__(self, part: int, answer: Release | Rejection) -> None:
        super().__init__(answer.because)
        self.part = part
        self.answer = answer


def upload_media(
    post: RenderedPost, first: int, publisher: Publisher, read_media: ReadMedia
) -> Uploads:
    """All media of all parts from the `first` on, so that nothing stands between two parts of a
    thread. Raises UploadFailed."""
    return {
        number: tuple(_upload_one(media, number, publisher, read_media) for media in part.media)
        for number, part in enumerate(post.parts[first - 1 :], start=first)
    }


def _upload_one(
    media: RenderedMedia, part: int, publisher: Publisher, read_media: ReadMedia
) -> Uploaded:
    try:
        data = read_media(media.path)
    except OSError as error:
        because = f"{media.path} can't be read: {error.strerror or error}"
        raise UploadFailed(part, Release(because=because)) from error
    if sha256(data).hexdigest() != media.digest:
        because = f"{media.path} has changed since it was rendered"
        raise UploadFailed(part, Release(because=because))
    answer = publisher.upload(media, data)
    if not isinstance(answer, Uploaded):
        raise UploadFailed(part, answer)
    return answer
