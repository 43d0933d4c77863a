"""The state of the local X and its rules. Pure: time comes in, events go out to the journal.

Everything that changes is first an event on the journal, then a change in memory; a restart
applies the same events again.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from runner.local_x import text_entities
from runner.local_x.accounts import LocalAccount, Person
from runner.local_x.audience import Audience
from runner.local_x.error_answers import (
    NAMED,
    Body,
    RequestRefused,
    invalid,
    not_shown,
    plain,
    suspended,
)
from runner.local_x.listing import names_of
from runner.local_x.media_store import MediaStore
from runner.local_x.post_store import PostStore
from runner.local_x.posting_rules import (
    answered_post,
    attached_media,
    expect_not_said_before,
    poll_of,
    require_permission,
)
from runner.local_x.values import (
    Event,
    Journal,
    MediaKept,
    PersonHidden,
    PersonMet,
    PersonRenamed,
    Post,
    PostCreated,
    PostDeleted,
    ReplyHidden,
)
from runner.value import replace
from runner.x_facts import SnowflakeIds, instant


class LocalX:
    """Accounts, posts and media. A refusal raises RequestRefused with X's answer in it."""

    def __init__(
        self, accounts: tuple[LocalAccount, ...], *, clock: Callable[[], datetime], journal: Journal
    ) -> None:
        self.accounts = accounts
        self.audience = Audience()
        """Who sees their posts."""
        self._clock, self._journal, self._ids = clock, journal, SnowflakeIds()
        self.library = MediaStore(ids=self._ids, keep=self._record, store=journal.keep)
        self.people: dict[str, Person] = {
            account.person.user_id: account.person for account in accounts
        }
        self._user_ids = {person.handle.lower(): id for id, person in self.people.items()}
        self.post_store = PostStore()
        self._used: dict[str, str] = {}
        for event in journal.events():
            self._apply(event)

    # What is read

    def now(self) -> datetime:
        return self._clock()

    def post(self, id: str) -> Post | None:
        """A post that is there; None once it has been deleted."""
        return self.post_store.post(id)

    def account(self, id: str) -> LocalAccount:
        """The account of this id or handle. Raises KeyError."""
        for account in self.accounts:
            if id in (account.id, account.person.handle):
                return account
        raise KeyError(id)

    def person(self, handle: str) -> Person | None:
        id = self._user_ids.get(handle.lower())
        return self.people[id] if id else None

    def posts(self, user_id: str | None = None) -> Iterator[Post]:
        """Newest first: one person's posts, or everybody's; of edited ones the last version."""
        return self.post_store.posts(f"from:{user_id}" if user_id else "")

    def why_hidden(self, user_id: str, parameter: str, value: str) -> Body:
        """What X says in place of the posts of somebody who is hidden."""
        is_protected = self.post_store.hidden.get(user_id) == "protected"
        return (not_shown if is_protected else suspended)("user", parameter, value)

    def mentions(self, user_id: str) -> Iterator[Post]:
        """Posts of others that mention a person, or answer one of their posts; newest first."""
        listed = self.post_store.visible_posts(f"@{self.people[user_id].handle.lower()}")
        return (post for post in listed if post.author != user_id)

    # What changes it

    def create(self, account: LocalAccount, body: Mapping[str, Any]) -> Post:
        """Posts a body that keeps to X's schema."""
        now = self._clock()
        text = text_entities.normal(body.get("text", ""))
        media = attached_media(self.library, account, body, used=self._used, now=now)
        if not text and not media:
            raise RequestRefused(invalid("$.text: is missing but it is required"))
        if "poll" in body and media:
            raise RequestRefused(invalid("A post has either media or a poll."))
        require_permission(account, body, text)
        parent = answered_post(self.post_store, account, body)
        expect_not_said_before(self.post_store, account, text, now)
        id = self._ids.next(now)
        post = Post(
            id=id,
            author=account.person.user_id,
            at=now,
            text=text,
            conversation=parent.conversation if parent else id,
            media=tuple(item.id for item in media),
            poll=poll_of(body),
            reply_to=parent.id if parent else None,
            reply_settings=body.get("reply_settings"),
            paid_partnership=body.get("paid_partnership", False),
            made_with_ai=body.get("made_with_ai", False),
        )
        self._record(PostCreated(post=post))
        return post

    def repost(self, account: LocalAccount, target: str) -> Post:
        """Shares a post. Once only: a second call gives the first repost back."""
        me = account.person.user_id
        if before := self.post_store.repost(me, target):
            return before
        shared = self.post(target)
        if not shared and self.post_store.knew(target):
            raise RequestRefused(plain(404))
        if shared and shared.repost_of:
            return self.repost(account, shared.repost_of)
        now = self._clock()
        id = self._ids.next(now)
        post = Post(id=id, author=me, at=now, text="", conversation=id, repost_of=target)
        self._record(PostCreated(post=post))
        return post

    def unrepost(self, account: LocalAccount, target: str) -> None:
        if before := self.post_store.repost(account.person.user_id, target):
            self._record(PostDeleted(id=before.id))

    def delete(self, account: LocalAccount, id: str) -> None:
        post = self.post(id)
        if not post:
            raise RequestRefused(plain(404))
        if post.author != account.person.user_id:
            raise RequestRefused(NAMED["not-yours"])
        self.remove(id)

    def hide_reply(self, account: LocalAccount, id: str, *, is_hidden: bool) -> None:
        """Hides a reply in a conversation of the account's, or shows it again."""
        post = self.post(id)
        root = self.post(post.conversation) if post else None
        if not post or not root:
            raise RequestRefused(plain(404))
        if root.author != account.person.user_id or post.id == root.id:
            raise RequestRefused(NAMED["forbidden"])
        self._record(ReplyHidden(id=id, is_hidden=is_hidden))

    def remove(self, id: str) -> None:
        """A person takes a post back, all its versions. Raises KeyError."""
        self._record(PostDeleted(id=self.post_store.newest(id).id))

    def edit(self, id: str, text: str, *, at: datetime | None = None) -> Post:
        """A person rewrites a post; it gets a new id, and what pointed to it still does.

        Source: docs.x.com/fundamentals/edit-posts; its limits in time and number are not played.
        Raises KeyError.
        """
        old, now = self.post_store.newest(id), at or self._clock()
        edited = replace(
            old,
            id=self._ids.next(now),
            at=now,
            text=text_entities.normal(text),
            earlier=(*old.earlier, old.id),
        )
        self._record(PostCreated(post=edited))
        return edited

    def seed(
        self,
        handle: str,
        text: str,
        *,
        name: str | None = None,
        id: str = "",
        reply_to: str | None = None,
    ) -> Post:
        """A stranger's post, there to be shared or to be answered; it may answer another."""
        if self.post_store.knew(id):
            raise ValueError(f"there is a post {id} already")
        now = self._clock()
        at = instant(id) if id else now
        if at > now:
            raise ValueError(f"post {id} is of {at:%Y-%m-%d %H:%M} UTC, which is still to come")
        person = self.stranger(handle, name=name)
        id = id or self._ids.next(now)
        return self.put(
            Post(id=id, author=person.user_id, at=at, text=text, conversation=id, reply_to=reply_to)
        )

    def stranger(self, handle: str, *, name: str | None = None, user_id: str = "") -> Person:
        """Somebody who has no account of ours. Raises ValueError where it is one."""
        known = self.person(handle)
        if any(known == account.person for account in self.accounts):
            raise ValueError(f"`{handle}` is an account of the sandbox; it posts by itself")
        if not known:
            made = LocalAccount.of("stranger", handle, name=name).person
            known = replace(made, user_id=user_id or made.user_id)
            self._record(PersonMet(person=known))
        return known

    def new_id(self, at: datetime) -> str:
        """An id that no post has."""
        return self._ids.next(at)

    def put(self, post: Post) -> Post:
        """A post as X keeps it, in the conversation of the one that it answers. Raises KeyError."""
        post = replace(post, text=text_entities.normal(post.text))
        if post.reply_to:
            parent = self.post_store.newest(post.reply_to)
            post = replace(post, conversation=parent.conversation)
        self._record(PostCreated(post=post))
        return post

    def hide(self, person: Person, how: Literal["protected", "suspended"] | None) -> None:
        """Shows nobody any more what they post, or shows it again."""
        self._record(PersonHidden(user_id=person.user_id, how=how))

    def rename(self, person: Person, handle: str) -> None:
        """Gives a stranger another handle; the old one is free. Raises ValueError where it is
        taken."""
        if self.person(handle):
            raise ValueError(f"`{handle}` is somebody's already")
        self._record(PersonRenamed(user_id=person.user_id, handle=handle))

    def _answered(self, post: Post) -> str | None:
        """The handle that X puts before a reply to somebody else."""
        parent = self.post(post.reply_to) if post.reply_to else None
        if parent is None or parent.author == post.author:
            return None
        return self.people[parent.author].handle

    # Events

    def _record(self, event: Event) -> None:
        self._journal.append(event)
        self._apply(event)

    def _apply(self, event: Event) -> None:
        match event:
            case PostCreated(post=post):
                self.post_store.add(post, names_of(post, self._answered(post)))
                self._used.update(dict.fromkeys(post.media, post.id))
                self._ids.skip_past(post.id)
            case PostDeleted(id=id):
                self.post_store.take_back(id)
            case ReplyHidden(id=id, is_hidden=is_hidden):
                hidden = self.post_store.hidden_replies
                (hidden.add if is_hidden else hidden.discard)(id)
            case MediaKept():
                self.library.apply(event)
            case PersonMet(person=person):
                self.people[person.user_id] = person
                self._user_ids[person.handle.lower()] = person.user_id
            case PersonRenamed(user_id=id, handle=handle):
                old = self.people[id]
                self._user_ids.pop(old.handle.lower())
                self.people[id] = replace(old, handle=handle)
                self._user_ids[handle.lower()] = id
            case PersonHidden(user_id=id, how=how):
                self.post_store.hide(id, how)
