"""tweepy against the local X."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import tweepy

from runner.local_x.server import Sandbox

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[tweepy.Client]:
    key, secret, token, token_secret = sandbox.credentials("shop").values()
    client = tweepy.Client(None, key, secret, token, token_secret)
    request = client.session.request

    def locally(method: str, url: str, **more: Any) -> Any:
        return request(method, url.replace("https://api.twitter.com", sandbox.url), **more)

    client.session.request = locally
    yield client
    client.session.close()


def test_tweepy_posts_a_thread_and_reads_it_back(client: tweepy.Client, sandbox: Sandbox) -> None:
    me = client.get_me().data
    assert me.username == "acme_lv"
    first = client.create_tweet(text="1/2").data["id"]
    second = client.create_tweet(text="2/2", in_reply_to_tweet_id=first).data["id"]
    found = client.get_users_tweets(
        me.id, user_auth=True, tweet_fields=["created_at", "referenced_tweets", "conversation_id"]
    )
    assert [str(post.id) for post in found.data] == [second, first]
    assert found.data[0].created_at == NOON
    assert str(found.data[0].referenced_tweets[0].id) == first
    assert found.meta["result_count"] == 2


def test_tweepy_s_pages_are_all_the_pages(client: tweepy.Client) -> None:
    for number in range(11):
        client.create_tweet(text=f"post {number}")
    pages = tweepy.Paginator(
        client.get_users_tweets,
        client.get_me().data.id,
        user_auth=True,
        max_results=5,
        tweet_fields=["created_at"],
    )
    assert sum(1 for _ in pages.flatten()) == 11


def test_tweepy_raises_what_it_raises_for_x(client: tweepy.Client, sandbox: Sandbox) -> None:
    client.create_tweet(text="hello")
    with pytest.raises(tweepy.Forbidden, match="duplicate content"):
        client.create_tweet(text="hello")
    with pytest.raises(tweepy.BadRequest, match="maximum of 4 items"):
        client.create_tweet(text="x", media_ids=[1, 2, 3, 4, 5])
    sandbox.fail(
        {"route": "create", "answer": "rate-limit"},
        {"route": "create", "answer": "unavailable"},
        {"route": "create", "answer": "signature"},
    )
    for error in (tweepy.TooManyRequests, tweepy.TwitterServerError, tweepy.Unauthorized):
        with pytest.raises(error):
            client.create_tweet(text="again")


def test_tweepy_reposts_deletes_and_looks_up(client: tweepy.Client, sandbox: Sandbox) -> None:
    seeded = sandbox.seed("denimdaily", "share me")
    assert client.retweet(seeded.id, user_auth=True).data["retweeted"] is True
    assert client.unretweet(seeded.id, user_auth=True).data["retweeted"] is False
    id = client.create_tweet(text="oops").data["id"]
    assert client.delete_tweet(id).data == {"deleted": True}
    assert client.get_tweet(id, user_auth=True, tweet_fields=["created_at"]).data is None
