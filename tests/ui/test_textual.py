from __future__ import annotations

import asyncio
from collections.abc import Iterable

from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual._compositor import ChopsUpdate
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.screen import ModalScreen, Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.textual_internals.change_compositor import paint_only_changes
from reader.ui.textual_internals.fitted_view import FittedView, set_content_size
from reader.ui.textual_internals.key_events import forwarded_copy, was_stopped
from reader.ui.textual_internals.light_app import LightApp
from reader.ui.textual_internals.screen_stack import SizedScreen, fit_to_terminal
from tests.ui.waiting import shown as until_shown


class Tall(ScrollView):
    def render_line(self, y: int) -> Strip:
        del y
        return Strip.blank(self.size.width)


class Scrolling(App[None]):
    CSS = "Tall { overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; }"

    def compose(self) -> ComposeResult:
        yield Tall()


async def test_a_view_scrolls_over_its_new_content_at_once() -> None:
    async with Scrolling().run_test(size=(40, 10)) as pilot:
        view = pilot.app.query_one(Tall)
        set_content_size(view, Size(39, 100))
        await pilot.pause()
        view.scroll_to(y=90, animate=False)
        await pilot.pause()
        assert view.scroll_offset.y == 90
        assert view.show_vertical_scrollbar
        assert view.vertical_scrollbar.window_virtual_size == 100
        set_content_size(view, Size(39, 50))
        await pilot.pause()
        assert view.scroll_offset.y == 40
        set_content_size(view, Size(39, 3))
        await pilot.pause()
        assert not view.show_vertical_scrollbar


class Filled(FittedView[None]):
    painted: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.words, self.painted = "", []

    def fit(self) -> None:
        self.words = f"{self.size.width} wide"

    def render_line(self, y: int) -> Strip:
        del y
        self.painted.append(self.words)
        return Strip.blank(self.size.width)


class Early(App[None]):
    def compose(self) -> ComposeResult:
        yield Filled()


async def test_a_view_is_fitted_to_a_size_before_it_is_painted_in_it() -> None:
    async with Early().run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        view = pilot.app.query_one(Filled)
        assert set(view.painted) == {"40 wide"}
        view.painted.clear()
        await pilot.resize_terminal(30, 10)
        await pilot.pause()
        assert set(view.painted) == {"30 wide"}


class Light(LightApp[None]):
    def compose(self) -> ComposeResult:
        yield Filled()


async def test_removing_a_screen_does_not_lay_out_the_one_below() -> None:
    layouts: list[Screen[object]] = []
    async with Light().run_test(size=(40, 10)) as pilot:
        below = pilot.app.screen
        await pilot.pause()
        pilot.app.push_screen(ModalScreen())
        for _ in range(10):
            await pilot.pause()
        below.screen_layout_refresh_signal.subscribe(below, layouts.append)
        pilot.app.pop_screen()
        for _ in range(10):
            await pilot.pause()
        assert pilot.app.screen is below
        assert layouts == []
        below.refresh(layout=True)
        for _ in range(10):
            await pilot.pause()
        assert layouts == [below]


async def test_screens_with_an_outdated_size_get_the_right_one() -> None:
    async with Early().run_test(size=(40, 10)) as pilot:
        pilot.app.push_screen(ModalScreen())
        await pilot.pause()
        for screen in pilot.app.screen_stack:
            screen._screen_resized(Size(1, 1))
        fit_to_terminal(pilot.app)
        await pilot.pause()
        assert [screen.size for screen in pilot.app.screen_stack] == [Size(40, 10)] * 2


async def test_an_app_that_has_ended_has_nothing_to_fit() -> None:
    async with Early().run_test(size=(40, 10)) as pilot:
        pass
    fit_to_terminal(pilot.app)


async def test_a_forwarded_copy_keeps_key_and_time() -> None:
    key, paste = events.Key("a", "a"), events.Paste("b")
    same = forwarded_copy(key)
    assert (same.key, same.character, same.time, same.is_forwarded) == ("a", "a", key.time, True)
    assert forwarded_copy(paste).text == "b"
    assert not was_stopped(same)
    same.stop()
    assert was_stopped(same)


class Numbered(FittedView[None]):
    """A view of numbered lines. Those whose numbers are in `changed` end in an exclamation mark."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.changed = set[int]()

    def fit(self) -> None:
        set_content_size(self, Size(self.scrollable_content_region.width, 500))

    def make_frame(self) -> None:
        return None

    def render_line(self, y: int) -> Strip:
        row = y + self.scroll_offset.y
        text = f"{self.id} {row}{'!' if row in self.changed else ''}"
        return Strip([Segment(text.ljust(self.scrollable_content_region.width), self.ground)])


class SideBySideScreen(Screen[None]):
    CSS = """
    SideBySideScreen { layout: horizontal; }
    Numbered { overflow-x: hidden; overflow-y: auto; scrollbar-gutter: stable; width: 1fr; }
    #left { border-right: solid red; }
    #right { border-left: solid green; }
    #right.-tall { border-top: solid green; padding: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        paint_only_changes(self)

    def compose(self) -> ComposeResult:
        yield from (Numbered("left"), Numbered("middle"), Numbered("right"))


async def test_painting_only_changes_shows_what_painting_everything_does() -> None:
    app = App[None]()
    async with app.run_test(size=(70, 12)) as pilot:
        screen = SideBySideScreen()
        await app.push_screen(screen)
        await pilot.pause()
        compositor = screen._compositor
        shown, paints, changed_cells = _cells(screen), 0, 0
        render_partial_update = compositor.render_partial_update

        def record() -> ChopsUpdate | None:
            nonlocal paints, changed_cells
            update = render_partial_update()
            for y, left, right in update.spans if update else ():
                for x, strip in update.chops[y].items() if update else ():
                    if strip is not None and x < right and x + strip.cell_length > left:
                        text = strip.text
                        shown[y] = shown[y][:x] + text + shown[y][x + len(text) :]
                        changed_cells += len(text)
            paints += 1
            return update

        compositor.render_partial_update = record  # type: ignore[method-assign]  # Textual calls it at each paint
        left, middle, right = screen.query(Numbered)
        for view, row in ((middle, 1), (left, 300), (right, 490), (right, 0), (left, 301)):
            view.scroll_to(y=row, animate=False)
            view.changed.add(row + 3)
            await until_shown(pilot, lambda: shown == _cells(screen))
        middle.changed.add(8)
        middle.refresh_line(8)
        cells_drawn = changed_cells
        await until_shown(pilot, lambda: shown == _cells(screen))
        assert "middle 8!" in "\n".join(shown)
        assert paints >= 6
        assert changed_cells - cells_drawn < 30  # one line of one view
        right.add_class("-tall")
        await pilot.pause()
        assert any(row.rstrip().endswith("─") for row in _cells(screen))


async def test_a_scroll_bar_is_drawn_again_only_if_it_looks_different() -> None:
    app = App[None]()
    async with app.run_test(size=(70, 12)) as pilot:
        screen = SideBySideScreen()
        await app.push_screen(screen)
        await pilot.pause()
        view = screen.query_one("#middle", Numbered)
        drawn: list[float] = []
        bar = view.vertical_scrollbar
        render = bar.render

        def record() -> RenderableType:
            drawn.append(bar.position)
            return render()

        bar.render = record  # type: ignore[method-assign]  # Textual calls it when the bar is drawn
        for row in (1, 2, 3):
            view.scroll_to(y=row, animate=False)
            await pilot.pause()
        assert len(drawn) <= 1
        view.scroll_to(y=400, animate=False)
        await until_shown(pilot, lambda: drawn[-1:] == [400])


async def test_only_the_rows_of_a_scroll_bar_are_drawn_again_that_look_different() -> None:
    app = App[None]()
    async with app.run_test(size=(70, 12)) as pilot:
        screen = SideBySideScreen()
        await app.push_screen(screen)
        await pilot.pause()
        view = screen.query_one("#middle", Numbered)
        bar = view.vertical_scrollbar
        shown = _looks(bar.render_lines(bar.size.region))
        refresh, refreshed = bar.refresh, set[int]()

        def record(*regions: Region, **options: bool) -> Widget:
            refreshed.update(row for region in regions or [bar.size.region] for row in region.line_range)
            return refresh(*regions, **options)

        bar.refresh = record  # type: ignore[method-assign,assignment]  # as the bar itself calls it
        for row, length in ((400, 500), (401, 500), (437, 500), (488, 500), (3, 90), (3, 40), (0, 12), (0, 8), (2, 14)):
            set_content_size(view, Size(view.size.width, length))
            view.scroll_to(y=row, animate=False)
            rows = _looks(bar.render_lines(bar.size.region))
            bar._render_content()
            assert rows == _looks(bar._render_cache.lines)  # as Textual draws it
            for y in range(bar.size.height):
                assert shown[y] == rows[y] or y in refreshed
            if length == 500:
                assert len(refreshed) <= 4
            shown = rows
            refreshed.clear()


def _looks(strips: Iterable[Strip]) -> list[tuple[str, Style]]:
    return [(segment.text, (segment.style or Style()).clear_meta_and_links()) for strip in strips for segment in strip]


def _cells(screen: Screen[None]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in screen._compositor.render_strips()]


class Resized(SizedScreen[None]):
    """Counts the sizes that reach it, and does something because of each, as screens do."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def on_resize(self) -> None:
        self.count += 1
        assert self.count < 50, "the sizes go round forever"
        self.call_later(self.refresh)  # between two sizes: the second would else replace the first


async def test_two_sizes_at_once_do_not_undo_each_other_forever() -> None:
    async with Early().run_test(size=(40, 10)) as pilot:
        screen = Resized()
        await pilot.app.push_screen(screen)
        await pilot.pause()
        screen.count = 0
        pilot.app._size = Size(30, 8)
        for size in (Size(20, 5), Size(30, 8)):
            screen.post_message(events.Resize(size, size))
            screen.call_later(screen.refresh)
        await asyncio.sleep(0.2)
        assert screen.size == Size(30, 8)
        assert screen.count <= 4, "each is sent once, and once more by the screen itself"
