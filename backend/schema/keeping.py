"""Keeping questions of Explore: saved under a name, shared, renamed, and taken away again."""

from backend.product import Product, Viewer
from backend.schema.refusals import not_there, not_yours
from backend.schema.touched import Arguments, Mistake, Touched, in_one_line, is_made_by_client
from frontend.explore import kept_address
from graph import questions
from graph.questions import Keeper, Kept

LONGEST_NAME = 120
LONGEST_ADDRESS = 2_000


def keeper_of(viewer: Viewer) -> Keeper:
    return Keeper(viewer.id, viewer.council)


def name_mistakes(name: str) -> list[Mistake]:
    if not name:
        return [Mistake("name", "Give the question a name.")]
    if len(name) > LONGEST_NAME:
        return [Mistake("name", f"Shorten the name to {LONGEST_NAME} characters or fewer.")]
    return []


def address_mistakes(given: str, understood: str | None) -> list[Mistake]:
    if len(given) > LONGEST_ADDRESS or len(understood or "") > LONGEST_ADDRESS:
        most = f"{LONGEST_ADDRESS:,}"
        return [Mistake("address", f"Ask for less: an address may have {most} characters.")]
    if understood is None:
        message = "Explore does not understand this question. Open it there, and save it again."
        return [Mistake("address", message)]
    return []


async def save_question(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    name, given = in_one_line(arguments["name"]), arguments["address"]
    short = given if len(given) <= LONGEST_ADDRESS else ""
    address = kept_address(short, product.today)
    mistakes = name_mistakes(name) + address_mistakes(given, address)
    if not is_made_by_client(arguments["id"], "question-"):
        mistakes.append(Mistake("id", "Send an id of your own: question- and a random UUID."))
    if mistakes or address is None:
        return Touched(None, tuple(mistakes))
    kept = await product.graph.write(
        questions.save,
        id=arguments["id"],
        keeper=keeper_of(viewer),
        name=name,
        address=address,
        shared_with=arguments["sharedWith"],
        now=product.now,
    )
    return saved(arguments["id"], kept)


def saved(identity: str, kept: Kept) -> Touched:
    match kept:
        case Kept.NOT_YOURS:
            raise not_yours(
                "That id belongs to another question: reload the form and send it again."
            )
        case Kept.OTHER_WORDS:
            message = "This form was sent before with something else in it: load it again."
            return Touched(None, (Mistake("id", message),))
        case Kept.ENDED:
            message = "You took this question away. Load the form again to save it anew."
            return Touched(None, (Mistake("id", message),))
        case Kept.KEPT:
            return Touched(identity)


async def change_question(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    name = in_one_line(arguments["name"])
    if mistakes := name_mistakes(name):
        return Touched(arguments["id"], tuple(mistakes))
    is_theirs = await product.graph.write(
        questions.change,
        id=arguments["id"],
        keeper=keeper_of(viewer),
        name=name,
        shared_with=arguments["sharedWith"],
        now=product.now,
    )
    if not is_theirs:
        raise not_there("question of yours")
    return Touched(arguments["id"])


async def end_question(product: Product, viewer: Viewer, arguments: Arguments) -> Touched:
    is_theirs = await product.graph.write(
        questions.end, id=arguments["id"], keeper=keeper_of(viewer), now=product.now
    )
    if not is_theirs:
        raise not_there("question of yours")
    return Touched(arguments["id"])
