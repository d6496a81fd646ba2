"""Somebody at a browser: what they do, and what their browser complains of meanwhile."""

from dataclasses import dataclass, field

from playwright.async_api import ConsoleMessage, Locator, Page, Request, expect

PATIENCE = 20_000  # milliseconds


@dataclass
class Visitor:
    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        context = self.page.context
        context.on("console", self.hear)
        context.on("weberror", lambda problem: self.complaints.append(str(problem.error)))
        context.on("request", self.watch)

    def hear(self, message: ConsoleMessage) -> None:
        """Errors and warnings count, and so does what the policy refused: it is said here too."""
        # Chromium remarks on a page that is itself a 404 or 422, which the tests mean to see
        is_status = message.location["url"] == self.page.url and "status of 4" in message.text
        # how fast this machine's graphics are is no fault of the page
        is_driver = "GL Driver Message" in message.text
        if message.type in {"error", "warning"} and not is_status and not is_driver:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def watch(self, request: Request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.complaints.append(f"{self.page.url} asked for {request.url}")

    async def goes_to(self, path: str) -> None:
        await self.page.goto(path)

    async def follows(self, name: str) -> None:
        await self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    async def presses(self, name: str) -> None:
        await self.page.get_by_role("main").get_by_role("button", name=name).click()

    async def signs_in(self, name: str) -> None:
        await self.goes_to("/sign-in/demo")
        await self.presses(f"Sign in as {name}")
        await self.reads(name, within=self.page.get_by_role("banner"))

    async def stands_at(self, heading: str) -> None:
        await expect(self.page.get_by_role("heading", level=1)).to_contain_text(heading)

    async def reads(self, text: str, *, within: Locator | None = None) -> None:
        place = within or self.page.get_by_role("main")
        await expect(place).to_contain_text(text)

    async def does_not_read(self, text: str) -> None:
        await expect(self.page.get_by_role("main")).not_to_contain_text(text)
