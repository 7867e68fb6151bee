package dev.memfuse.console.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.util.Subscription;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fx")
class PageFrameTest {
    private final List<String> events = new ArrayList<>();
    private final SimpleObjectProperty<PageState> state = new SimpleObjectProperty<>(PageState.READY);
    private final TextField content = OnFx.get(() -> new TextField("typed"));

    private final class TestPage extends PageFrame {
        TestPage() {
            super(new PageInfo("test", "Test", Icons.INFO), content);
            bindState(state);
            whileShown(() -> started("first"));
            whileShown(() -> started("second"));
        }

        private Subscription started(String name) {
            events.add("start " + name);
            return () -> events.add("stop " + name);
        }
    }

    private TestPage page() {
        return OnFx.get(() -> {
            TestPage page = new TestPage();
            new Scene((Parent) page.view());
            return page;
        });
    }

    @Test
    void activitiesRunOnlyWhileThePageIsVisible() {
        TestPage page = page();
        OnFx.run(page::onShown);
        assertEquals(List.of("start first", "start second"), events);

        OnFx.run(page::onHidden);
        assertEquals(List.of("start first", "start second", "stop first", "stop second"), events);

        OnFx.run(page::onHidden);
        assertEquals(4, events.size(), "hiding twice ends nothing twice");
    }

    @Test
    void showingTwiceDoesNotLeaveAnActivityRunningTwice() {
        TestPage page = page();
        OnFx.run(page::onShown);
        OnFx.run(page::onShown);
        OnFx.run(page::onHidden);

        assertEquals(events.stream().filter(event -> event.startsWith("start")).count(),
                events.stream().filter(event -> event.startsWith("stop")).count());
    }

    static Stream<PageState> replacing() {
        return Stream.of(new PageState.Loading("Reading", -1),
                new PageState.Empty(Icons.INFO, "Nothing", "Do something.",
                        new PageState.Action("Do it", () -> {})),
                new PageState.Failed("It failed.", "Try again.", "a stack trace",
                        new PageState.Action("Retry", () -> {})));
    }

    @ParameterizedTest
    @MethodSource("replacing")
    void aStateThatReplacesTheContentKeepsWhatWasTyped(PageState replacement) {
        TestPage page = page();
        OnFx.run(() -> content.setText("more"));
        OnFx.run(() -> state.set(replacement));
        assertFalse(OnFx.get(content::isVisible));

        OnFx.run(() -> state.set(PageState.READY));
        assertTrue(OnFx.get(content::isVisible));
        assertEquals("more", OnFx.get(content::getText));
        assertEquals(List.of(), texts(page).stream().filter(text -> text.equals("Nothing")).toList());
    }

    @Test
    void anEmptyPageOffersTheActionThatFillsIt() {
        TestPage page = page();
        OnFx.run(() -> state.set(new PageState.Empty(Icons.INFO, "Nothing", "Do something.",
                new PageState.Action("Do it", () -> events.add("done")))));

        assertTrue(texts(page).containsAll(List.of("Nothing", "Do something.", "Do it")));
        OnFx.run(() -> ((Button) page.view().lookup("#state-action")).fire());
        assertEquals(List.of("done"), events);
    }

    @Test
    void aFailedPageSaysWhatToDoAndOffersTheDetails() {
        TestPage page = page();
        OnFx.run(() -> state.set(new PageState.Failed("It failed.", "Free some space.", "a stack trace", null)));

        assertTrue(texts(page).containsAll(List.of("It failed.", "Free some space.", "Copy details")));
    }

    @Test
    void aStaleOrDegradedPageKeepsItsContentBelowASentence() {
        TestPage page = page();
        for (PageState now : List.of(new PageState.Stale("No data since 14:02:11."),
                new PageState.Degraded("Facts are missing."))) {
            OnFx.run(() -> state.set(now));
            assertTrue(OnFx.get(content::isVisible));
            assertTrue(texts(page).contains(now instanceof PageState.Stale
                    ? "No data since 14:02:11."
                    : "Facts are missing."));
        }
    }

    @Test
    void aLoadingPageShowsItsStepAndProgress() {
        TestPage page = page();
        OnFx.run(() -> state.set(new PageState.Loading("Reading the file", 0.25)));

        ProgressBar bar = (ProgressBar) OnFx.get(() -> page.view().lookup(".progress-bar"));
        assertNotNull(bar);
        assertEquals(0.25, OnFx.get(bar::getProgress));
        assertTrue(texts(page).contains("Reading the file"));
    }

    private static List<String> texts(Page page) {
        return OnFx.get(() -> OnFx.all((Parent) page.view()).filter(Node::isManaged)
                .map(node -> switch (node) {
                    case Label label -> label.getText();
                    case Button button -> button.getText();
                    default -> "";
                }).filter(text -> !text.isEmpty()).toList());
    }

    @Test
    void aPageSaysThatItsLiveDataIsOlderThanThreeSeconds() {
        AtomicLong now = new AtomicLong();
        DataAge age = OnFx.get(() -> new DataAge(now::get));
        PageFrame page = OnFx.get(() -> new PageFrame(new PageInfo("live", "Live", Icons.INFO), content) {
            {
                bindState(state);
                showAge(age);
            }
        });
        assertEquals("", notice(page, now, 3_000));
        assertEquals("These figures are 4 s old: no new ones arrive.", notice(page, now, 4_000));
        assertEquals("These figures are 3600 s old: no new ones arrive.", notice(page, now, 3_600_000));
        OnFx.run(age::updated);
        assertEquals("", notice(page, now, 3_600_500));
        OnFx.run(() -> state.set(new PageState.Degraded("A part is missing.")));
        assertEquals("A part is missing.", notice(page, now, 3_601_000));
        assertEquals("These figures are 10 s old: no new ones arrive.", notice(page, now, 3_610_000));
        OnFx.run(page::onShown);
        assertEquals("A part is missing.", notice(page, now, 3_610_500));
    }

    private static String notice(PageFrame page, AtomicLong now, long millis) {
        now.set(TimeUnit.MILLISECONDS.toNanos(millis));
        return OnFx.get(() -> {
            page.tick();
            return ((Label) ((Parent) page.view()).getChildrenUnmodifiable().getFirst()).getText();
        });
    }
}
