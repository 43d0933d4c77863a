"""An X that answers as a test says, and the answers that it gives."""

import json

from runner.x.call import ApiReply, Request, Silence

ME = {"data": {"id": "42", "name": "Acme", "username": "acme_lv"}}
DATE = "Tue, 01 Dec 2026 12:00:00 GMT"


def reply(status: int, body: object = b"", **headers: str) -> ApiReply:
    """An answer in JSON; what is bytes is its body as it is."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ApiReply(status=status, headers={"content-type": "application/json"} | named, body=raw)


KNOWN = reply(200, ME, date=DATE)


class ScriptedX:
    """A caller that gets these answers, one after the other; when it asks who the account is, it is
    told. `asked` are the other requests."""

    def __init__(self, *answers: ApiReply | Silence, me: ApiReply | Silence = KNOWN) -> None:
        self.answers = list(answers)
        self.asked: list[Request] = []
        self._me = me

    def call(self, request: Request) -> ApiReply | Silence:
        if request.route == "/2/users/me":
            return self._me
        self.asked.append(request)
        return self.answers.pop(0)
