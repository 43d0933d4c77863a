"""What X shows to anybody: the timeline as a web page, `/` of all accounts and `/<handle>` of one,
with its pictures; a post as other sites embed it. And the beacon of draws, for a round of 2023."""

from html import escape
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from runner.local_x.request_handling import not_there
from runner.local_x.site import Site
from runner.local_x.values import Media

RECORDED_ROUND: Final = 657413
"""Of quicknet; the first after 2023-09-15 11:00 UTC."""
RECORDED_SIGNATURE: Final = (
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef"
    "9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b"
)
_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; "
    "media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


def routes(site: Site) -> list[Route]:
    pages = Pages(site)
    return [
        Route("/", pages.timeline, methods=["GET"]),
        Route("/_sandbox/media/{id}", pages.picture, methods=["GET"]),
        Route("/{chain}/public/{round}", pages.round_of_beacon, methods=["GET"]),
        Route("/oembed", pages.embedded, methods=["GET"]),
        Route("/{handle}", pages.timeline, methods=["GET"]),
    ]


class Pages:
    def __init__(self, site: Site) -> None:
        self._site = site

    async def timeline(self, request: Request) -> Response:
        from runner.local_x.page_cards import page

        handle = request.path_params.get("handle")
        with self._site.lock:
            self._site.come_to_now()
            person = self._site.local_x.person(handle) if handle else None
            if handle and not person:
                return not_there(self._site, 404)
            html = page(self._site.local_x, person, picture=_link)
        return HTMLResponse(html, headers=_HEADERS)

    async def embedded(self, request: Request) -> Response:
        """https://docs.x.com/x-for-websites/oembed-api: whose a post is, and what it says."""
        with self._site.lock:
            self._site.come_to_now()
            local_x = self._site.local_x
            post = local_x.post(request.query_params.get("url", "").rpartition("/")[2])
            if post is None:
                return not_there(self._site, 404)
            if how := local_x.post_store.hidden.get(post.author):
                return not_there(self._site, 403 if how == "protected" else 404)
            author = local_x.people[post.author].handle
        html = f"<blockquote><p>{escape(post.text)}</p>&mdash; @{author}</blockquote>"
        return JSONResponse({"author_url": f"https://x.com/{author}", "html": html})

    async def round_of_beacon(self, request: Request) -> Response:
        """https://docs.drand.love/developer/http-api, of the one round that was recorded."""
        if request.path_params["round"] != str(RECORDED_ROUND):
            return not_there(self._site, 404)
        return JSONResponse({"round": RECORDED_ROUND, "signature": RECORDED_SIGNATURE})

    async def picture(self, request: Request) -> Response:
        with self._site.lock:
            media = self._site.local_x.library.get(request.path_params["id"])
            data = self._site.journal.bytes(media.id) if media else None
        if not media or data is None:
            return not_there(self._site, 404)
        return Response(data, media_type=media.type, headers=_HEADERS)


def _link(media: Media) -> str:
    return f"/_sandbox/media/{media.id}"
