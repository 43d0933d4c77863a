"""Uploading the media of a post, before anything of it is attempted."""

from hashlib import sha256

from runner.publish.ports import Publisher, ReadMedia, Rejection, Release, Uploaded
from runner.render import RenderedMedia, RenderedPost

Uploads = dict[int, tuple[Uploaded, ...]]
"""By part."""


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
