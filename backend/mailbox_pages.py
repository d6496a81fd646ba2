"""The demo's mailbox, and the preview of this week's letter: pages that no document can answer."""

from email.message import EmailMessage
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from backend.digest import letters_of, this_weeks
from backend.mail import Mailbox
from backend.product import Product
from backend.security import letter_policy
from backend.sign_in import FrameOf
from frontend import error_page, rendered
from graph import deliveries
from graph.times import instant


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()) if body else ""


def row(number: int, message: EmailMessage) -> dict[str, Any]:
    return {
        "number": number,
        "to": str(message["To"]),
        "subject": str(message["Subject"]),
        "sentAt": instant(message["Date"].datetime),
    }


class MailboxPages:
    def __init__(self, mailbox: Mailbox, frame_of: FrameOf) -> None:
        self.mailbox = mailbox
        self.frame_of = frame_of

    def routes(self) -> list[Route]:
        return [
            Route("/mailbox", self.all),
            Route("/mailbox/{number:int}", self.one),
            Route("/mailbox/{number:int}/html", self.html),
            Route("/mailbox/{number:int}/source", self.source),
            Route("/letter", self.preview),
            Route("/letter/html", self.preview_html),
        ]

    async def all(self, request: Request) -> Response:
        letters = [row(number, message) for number, message in self.mailbox.letters()]
        return rendered(request, self.frame_of(request), "mailbox.html", {"letters": letters})

    async def one(self, request: Request) -> Response:
        found = self.mailbox.letter(request.path_params["number"])
        if found is None:
            return error_page(request, self.frame_of(request), 404)
        message = found[1]
        html = part(message, "html")
        letter = {
            **row(request.path_params["number"], message),
            "headers": [(name, str(value)) for name, value in message.items()],
            "text": part(message, "plain"),
            "has_html": bool(html),
        }
        return rendered(request, self.frame_of(request), "mail.html", {"letter": letter})

    def framed(self, request: Request, html: str) -> Response:
        """A letter for its frame: it may style itself, and nothing in it runs."""
        policy = letter_policy(self.frame_of(request).base_url)
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    async def html(self, request: Request) -> Response:
        found = self.mailbox.letter(request.path_params["number"])
        if found is None:
            return error_page(request, self.frame_of(request), 404)
        return self.framed(request, part(found[1], "html"))

    async def source(self, request: Request) -> Response:
        found = self.mailbox.letter(request.path_params["number"])
        if found is None:
            return error_page(request, self.frame_of(request), 404)
        return Response(found[0], media_type="text/plain; charset=utf-8")

    async def preview(self, request: Request) -> Response:
        """Show the week's letter of one invented person, and say how to send them all."""
        product: Product = request.app.state.product
        readers = await product.graph.read(deliveries.readers)
        chosen = await self.reader(request, readers)
        context: dict[str, Any] = {"people": readers, "person": chosen and chosen["id"]}
        if chosen:
            context["letter"] = await self.letter(request, chosen["id"])
            context["preview"] = f"/letter/html?person={chosen['id']}"
        return rendered(request, self.frame_of(request), "letter.html", context)

    async def reader(
        self, request: Request, readers: list[dict[str, Any]]
    ) -> dict[str, Any] | None:
        """The person who was asked for, else the first who has a letter."""
        wanted = request.query_params.get("person")
        for one in readers:
            if one["id"] == wanted or (
                not wanted and not (await self.letter(request, one["id"])).is_empty
            ):
                return one
        return None

    async def letter(self, request: Request, person: str) -> Any:
        product: Product = request.app.state.product
        letters = letters_of(product, self.frame_of(request).base_url)
        return await this_weeks(product, letters, person)

    async def preview_html(self, request: Request) -> Response:
        product: Product = request.app.state.product
        readers = await product.graph.read(deliveries.readers)
        chosen = await self.reader(request, readers)
        if chosen is None:
            return error_page(request, self.frame_of(request), 404)
        return self.framed(request, (await self.letter(request, chosen["id"])).html)
