from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip

from reader.ui.base._textual import FittedView, LightApp, fit_to_terminal, forwarded_copy, set_content_size, was_stopped


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
