"""What a reader does next about a thing: one shape for every page, list and day; templates only show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """One thing that the reader may do now; each stands beside a rule of a service, and repeats none.

    `name` and `value` are what a pressed button sends, `asks` the words under which the form opens that the
    page brings; `about` says of whom or what, to those who hear the button without the row around it.
    """

    label: str
    url: str
    posts: bool = False
    name: str = ""
    value: str = "1"
    variant: str = ""
    icon: str = ""
    asks: str = ""
    about: str = ""


@dataclass(frozen=True)
class Next:
    """What comes next for one reader: on its page a heading and its actions; in a list `reason` and `do`.

    `do` is empty when others are at work; `tone` is that of the box (empty: your turn), `mark` of the row.
    `points` stand one by one under the text.
    """

    title: str
    text: str = ""
    actions: tuple[Action, ...] = ()
    tone: str = ""
    reason: str = ""
    do: str = ""
    mark: str = "info"
    points: tuple[str, ...] = ()

    @property
    def buttons(self) -> list[Action]:
        """The actions that one press is enough for."""
        return [action for action in self.actions if not action.asks]

    @property
    def questions(self) -> list[Action]:
        """The actions that ask something first."""
        return [action for action in self.actions if action.asks]

    @property
    def waits_for_reader(self) -> bool:
        """Whether the reader is the one to do something."""
        return bool(self.do)
