"""The timeline as a web page: `/` of all accounts, `/<handle>` of one; and its pictures."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from runner.local_x.request_handling import not_there
from runner.local_x.site import Site
from runner.local_x.values import Media

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
        Route("/{handle}", pages.timeline, methods=["GET"]),
    ]


class Pages:
    def __init__(self, site: Site) -> None:
        self._site = site

    async def timeline(self, request: Request) -> Response:
        from runner.local_x.page_cards import page

        handle = request.path_params.get("handle")
        with self._site.lock:
            person = self._site.local_x.person(handle) if handle else None
            if handle and not person:
                return not_there(self._site, 404)
            html = page(self._site.local_x, person, picture=_link)
        return HTMLResponse(html, headers=_HEADERS)

    async def picture(self, request: Request) -> Response:
        with self._site.lock:
            media = self._site.local_x.library.get(request.path_params["id"])
            data = self._site.journal.bytes(media.id) if media else None
        if not media or data is None:
            return not_there(self._site, 404)
        return Response(data, media_type=media.type, headers=_HEADERS)


def _link(media: Media) -> str:
    return f"/_sandbox/media/{media.id}"
