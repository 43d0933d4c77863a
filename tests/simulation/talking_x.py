"""The model of X with people on it, who speak to the accounts: these may answer them, or not."""

from collections.abc import Mapping
from typing import Final

from runner.local_x.accounts import user_id
from runner.local_x.error_answers import NAMED, RequestRefused, not_found
from runner.local_x.error_answers import Reply as Answer
from runner.x.call import Request
from tests.simulation.model_x import ModelX, Post, Tag

SHOP: Final = "acme_lv"
SUPPORT: Final = "acme_care"
OURS: Final[Mapping[str, str]] = {"shop": SHOP, "support": SUPPORT}
"""Our accounts: who is spoken to, and who may answer for it; their handles, by id."""
PEOPLE: Final = ("karlis", "anna", "inese", "oleg")
HANDLES: Final[Mapping[str, str]] = {name: name for name in (SHOP, SUPPORT, *PEOPLE)}


class TalkingX(ModelX):
    """`blocked` are those who have blocked our accounts."""

    def __init__(self, **more: object) -> None:
        super().__init__(HANDLES, **more)  # type: ignore[arg-type]
        self.blocked: set[str] = set()
        self.hidden: set[str] = set()

    def speak(self, who: str, text: str, *, reply_to: str | None = None) -> Post:
        """Somebody posts by hand."""
        return self._keep(who, text, reply_to=reply_to)

    @property
    def mentions(self) -> list[Post]:
        """What others have said to the shop, oldest first, also what is deleted."""
        return [post for post in self.posts if _is_mention(post, SHOP)]

    def _routed(self, account: str, me: str, request: Request, tag: Tag | None) -> Answer:
        match request.method, request.route.split("/"):
            case "GET", [*_, "mentions"]:
                return self._with_authors(
                    self._listed(lambda post: _is_mention(post, account), request.params)
                )
            case "PUT", [*_, id, "hidden"]:
                return self._hide(id)
        return super()._routed(account, me, request, tag)

    def _with_authors(self, page: Answer) -> Answer:
        assert isinstance(page.body, dict)
        users = [{"id": user_id(name), "username": name} for name in PEOPLE]
        return Answer(page.status, {**page.body, "includes": {"users": users}})

    def _hide(self, id: str) -> Answer:
        post = self.post(id)
        if post is None or self.post(post.reply_to or "") is None:
            raise RequestRefused(NAMED["forbidden"])
        self.hidden.add(post.ids[0])
        return Answer(200, {"data": {"hidden": True}})

    def _create(self, account: str, request: Request, tag: Tag | None) -> Answer:
        parent = self.post((request.json or {}).get("reply", {}).get("in_reply_to_tweet_id", ""))
        if parent and parent.account in self.blocked:
            raise RequestRefused(NAMED["forbidden"])
        if parent and parent.account in PEOPLE and f"@{account}" not in parent.text:
            raise RequestRefused(NAMED["reply"])
        return super()._create(account, request, tag)

    def _lookup(self, ids: object) -> Answer:
        """Each version of a post that was edited has an id of its own."""
        asked = list(ids)  # type: ignore[call-overload]
        there = [(id, post) for id in asked if (post := self.post(id))]
        missing = [dict(not_found("tweet", "ids", id)) for id in asked if not self.post(id)]
        found = [
            {**self._json(post), "id": id, "text": post.said[post.ids.index(id)]}
            for id, post in there
        ]
        answer = {"data": found, "errors": missing}
        return Answer(200, {name: listed for name, listed in answer.items() if listed})


def _is_mention(post: Post, handle: str) -> bool:
    return post.account in PEOPLE and f"@{handle}" in post.said[0]
