package dev.memfuse.console.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import javafx.stage.Window;

import dev.memfuse.console.chart.ChartPicture;
import dev.memfuse.console.chart.Frames;
import dev.memfuse.console.chart.TimeWindow;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.PageStage;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.pool.SamplePools;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.MetricsHub;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.Sampler;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.SteadyClock;
import dev.memfuse.metrics.pool.ConnectionPools;
import dev.memfuse.store.EngineFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("fx")
class LivePageViewTest {
    private static final Instant END = Instant.parse("2026-03-01T12:10:00Z");

    @ParameterizedTest
    @CsvSource(textBlock = """
                           LIGHT, 1280, 800
                           DARK,  1280, 800
                           LIGHT, 1000, 700
                           DARK,  1000, 700
                           LIGHT, 1920, 1080
                           DARK,  1920, 1080
                           """)
    void rendersInEachThemeAndSize(Themes.Choice theme, int width, int height) throws Exception {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, width == 1000 ? 590 : 110);
        LivePage page = page(hub);
        Stage stage = show(page, theme, width, height);
        OnFx.run(() -> {
            page.onShown();
            // The narrow pictures show the other scale and the longest window.
            if (width == 1000) {
                ((ToggleButton) page.view().lookup("#latency-log")).fire();
                ((ToggleButton) page.view().lookup("#length10")).fire();
            }
        });
        Frames.await(stage.getScene(), 4);
        OnFx.run(() -> pointAt(page.view().lookup("#plot-latency"), 0.72));
        Frames.await(stage.getScene(), 2);

        Path file = Path.of("target", "screens",
                String.format(Locale.ROOT, "live-%s-%dx%d.png", theme.name().toLowerCase(Locale.ROOT), width, height));
        Files.createDirectories(file.getParent());
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        picture.write(file);

        assertTrue(Files.size(file) > 20_000, () -> "an almost empty picture: " + file);
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void theCrosshairEndsWithThePage() throws Exception {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        LivePage page = page(hub);
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);
        OnFx.run(() -> {
            page.onShown();
            assertTrue(page.show(END.minusSeconds(60)));
            page.onHidden();
        });

        assertEquals(TimeWindow.NO_CURSOR, OnFx.get(() -> page.model().window().cursorProperty().get()));
        OnFx.run(stage::close);
    }

    @Test
    void offersToStartALoadWhileThereIsNoHistory() throws Exception {
        LivePage page = page(LiveHistory.hub(END));
        Stage stage = show(page, Themes.Choice.DARK, 1280, 800);
        OnFx.run(page::onShown);
        Frames.await(stage.getScene(), 2);
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        Files.createDirectories(Path.of("target", "screens"));
        picture.write(Path.of("target", "screens", "live-empty-dark.png"));

        assertEquals(true, OnFx.get(() -> page.view().lookup("#state-action").isVisible()));
        assertEquals(false, OnFx.get(() -> page.view().lookup("#content").isVisible()));
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void theButtonOfTheEmptyPageStartsALoad() {
        var started = new AtomicInteger();
        var engine = new AtomicReference<@Nullable MemoryEngine>();
        LivePage page = OnFx
                .get(() -> new LivePage(
                        new LiveSources(LiveHistory.hub(END), () -> LiveHistory.BUFFERS,
                                () -> Optional.ofNullable(engine.get()), Clock.fixed(END, ZoneOffset.UTC),
                                LiveHistory.NO_RECORDINGS),
                        new PageTools(new DirectTaskRunner(), _ -> {}), started::incrementAndGet, _ -> {}));
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);
        OnFx.run(page::onShown);
        assertTrue(OnFx.get(() -> page.view().lookup("#state-action").isDisabled()), "no engine runs");
        engine.set(new FakeEngine());
        PageStage.await(() -> !page.view().lookup("#state-action").isDisabled());

        OnFx.run(() -> ((Button) page.view().lookup("#state-action")).fire());

        assertEquals(1, started.get());
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void theLegendOfTheMarksIsOneLineInTheSmallestWindowToo() {
        LivePage page = page(LiveHistory.hub(END));
        Stage stage = show(page, Themes.Choice.LIGHT, 640, 500);
        Frames.await(stage.getScene(), 2);

        List<Node> items = OnFx.get(() -> List.copyOf(page.view().lookupAll(".mark-legend-item")));

        assertEquals(1, OnFx.get(() -> items.stream().map(LivePageViewTest::middle).distinct().count()));
        OnFx.run(stage::close);
    }

    private static double middle(Node node) {
        return Math.rint(node.localToScene(node.getLayoutBounds()).getCenterY());
    }

    @Test
    void drawsAllChartsAfterTheyMoveIntoTheViewport() {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        LivePage page = page(hub);
        // One column, in which the fourth chart is outside the viewport; then two.
        Stage stage = show(page, Themes.Choice.LIGHT, 700, 500);
        OnFx.run(page::onShown);
        Frames.await(stage.getScene(), 2);
        int before = OnFx.get(() -> legendOf(page, "stages").size());

        OnFx.run(() -> page.view().resize(1280, 800));
        Frames.await(stage.getScene(), 3);

        // The legend names the stages in use as soon as the chart is drawn.
        assertEquals(LiveCharts.STAGES.size(), before);
        List<String> used = OnFx.get(() -> legendOf(page, "stages"));
        // Without the model session of the legacy form, the language model and HTTP.
        assertEquals(LiveCharts.STAGES.size() - 3, used.size());
        assertTrue(used.contains("journal"), "" + used);
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void opensTheDeadLettersAndDiscardsTheSelectedOnes() {
        MetricsHub hub = LiveHistory.hub(END);
        FakeEngine engine = new FakeEngine();
        for (String reason : List.of("first", "second")) {
            engine.deadLetters.add(new DeadLetter(UUID.randomUUID(), new SessionKey(UUID.randomUUID(),
                    UUID.randomUUID()), END, reason, END, List.of(NewMessage.of(Role.USER, "text")), 100));
        }
        LiveSources sources = new LiveSources(hub, () -> LiveHistory.BUFFERS, () -> Optional.of(engine),
                Clock.fixed(END, ZoneOffset.UTC), LiveHistory.NO_RECORDINGS);
        LivePage page = OnFx
                .get(() -> new LivePage(sources, new PageTools(new DirectTaskRunner(), _ -> {}), () -> {}, _ -> {}));
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);
        Hyperlink open = (Hyperlink) OnFx.get(() -> page.view().lookup("#openDeadLetters"));
        OnFx.run(() -> page.model().durability().show(SnapshotFeed.journal(END, JournalSample.EMPTY),
                LiveHistory.BUFFERS));
        assertEquals(false, OnFx.get(open::isVisible));
        OnFx.run(() -> page.model().durability().show(
                SnapshotFeed.journal(END, new JournalSample(0, 0, 0, 0, 0, false, false, 2)), LiveHistory.BUFFERS));
        assertEquals(true, OnFx.get(open::isVisible));

        OnFx.run(open::fire);

        Window dialog = OnFx.get(() -> Window.getWindows().stream().filter(window -> !window.equals(stage)
                && window.getScene().lookup("#dead-letters") != null).findFirst().orElseThrow());
        TableView<?> table = (TableView<?>) OnFx.get(() -> dialog.getScene().lookup("#dead-letters"));
        DialogPane pane = (DialogPane) OnFx.get(() -> dialog.getScene().getRoot());
        Button discard = (Button) OnFx.get(() -> pane.lookupButton(pane.getButtonTypes().get(1)));
        assertEquals(2, OnFx.get(() -> table.getItems().size()));
        assertEquals(true, OnFx.get(discard::isDisabled));
        OnFx.run(() -> table.getSelectionModel().select(0));
        OnFx.run(discard::fire);
        assertEquals(1, OnFx.get(() -> table.getItems().size()));
        assertEquals(List.of("second"), engine.deadLetters.stream().map(DeadLetter::reason).toList());
        OnFx.run(() -> {
            dialog.hide();
            stage.close();
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           LIGHT, 1280, 800,  false
                           DARK,  1280, 800,  true
                           LIGHT, 700,  510,  true
                           DARK,  1920, 1080, true
                           """)
    void showsASelectionAndTheHeatMap(Themes.Choice theme, int width, int height, boolean map) throws Exception {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        LivePage page = page(hub);
        Stage stage = show(page, theme, width, height);
        OnFx.run(() -> {
            page.onShown();
            if (map) {
                ((ToggleButton) page.view().lookup("#latency-map")).fire();
            }
            assertEquals(false, page.view().lookup("#spanClear").getParent().getParent().getParent().isVisible());
        });
        Frames.await(stage.getScene(), 3);
        OnFx.run(() -> {
            Node plot = page.view().lookup("#plot-throughput");
            drag(plot, MouseEvent.MOUSE_PRESSED, 0.45);
            drag(plot, MouseEvent.MOUSE_DRAGGED, 0.6);
            drag(plot, MouseEvent.MOUSE_DRAGGED, 0.8);
            drag(plot, MouseEvent.MOUSE_RELEASED, 0.8);
        });
        Frames.await(stage.getScene(), 4);

        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        Files.createDirectories(Path.of("target", "screens"));
        picture.write(Path.of("target", "screens", String.format(Locale.ROOT, "live-span-%s-%dx%d.png",
                theme.name().toLowerCase(Locale.ROOT), width, height)));
        OnFx.run(() -> {
            Node panel = page.view().lookup(".span-panel");
            assertEquals(true, panel.isVisible());
            assertTrue(panel.lookupAll(".span-name").size() > 20, "rows of all groups");
            assertEquals(map, page.view().lookup("#chart-heat").isVisible());
            assertEquals(!map, page.view().lookup("#chart-latency").isVisible());
            page.view().lookup("#pause").fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false,
                    false, false, false));
            assertEquals(false, panel.isVisible(), "Esc clears the selection wherever the focus is");
            page.onHidden();
            stage.close();
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           LIGHT, 1280, 800
                           DARK,  700,  510
                           """)
    void samplesTheWaitsOnlyWhileTheyAreShown(Themes.Choice theme, int width, int height) throws Exception {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        AtomicInteger asked = new AtomicInteger();
        SamplePools sample = new SamplePools();
        hub.connectionPools(new ConnectionPools() {
            @Override
            public List<Pool> pools() {
                return sample.pools();
            }

            @Override
            public Snapshot snapshot() {
                asked.incrementAndGet();
                return sample.snapshot();
            }
        });
        LivePage page = page(hub);
        Stage stage = show(page, theme, width, height);
        OnFx.run(page::onShown);
        Frames.await(stage.getScene(), 3);
        assertEquals(0, asked.get());

        OnFx.run(() -> ((ToggleButton) page.view().lookup("#stages-waits")).fire());
        EngineFixture.await("two rows", () -> OnFx
                .get(() -> ((TableView<?>) page.view().lookup("#waits-table")).getItems().size() == 2));
        Frames.await(stage.getScene(), 3);
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        picture.write(Files.createDirectories(Path.of("target", "screens")).resolve(
                String.format(Locale.ROOT, "live-waits-%s-%d.png", theme.name().toLowerCase(Locale.ROOT), width)));
        OnFx.run(() -> {
            assertEquals(false, page.view().lookup("#chart-stages").isVisible());
            ((Button) page.view().lookup("#waits-course")).fire();
            assertEquals(true, page.view().lookup("#chart-waits-over-time").isVisible());
            assertEquals(false, page.view().lookup("#waits").isVisible());
            assertEquals(page.view().lookup("#waits-table-form"), stage.getScene().getFocusOwner());
            ((Button) page.view().lookup("#waits-table-form")).fire();
            assertEquals(false, page.view().lookup("#chart-waits-over-time").isVisible());
            assertEquals(page.view().lookup("#waits-course"), stage.getScene().getFocusOwner());
            ((Button) page.view().lookup("#waits-back")).fire();
            assertEquals(true, page.view().lookup("#chart-stages").isVisible());
            assertEquals(page.view().lookup("#stages-waits"), stage.getScene().getFocusOwner());
            page.onHidden();
            stage.close();
        });
        assertTrue(asked.get() > 0);
    }

    private static void drag(Node canvas, EventType<MouseEvent> type, double share) {
        var at = canvas.localToScene(canvas.getLayoutBounds().getWidth() * share, 20);
        canvas.fireEvent(new MouseEvent(type, at.getX(), at.getY(), at.getX(), at.getY(), MouseButton.PRIMARY, 1,
                false, false, false, false, true, false, false, false, false, false, null));
    }

    @Test
    void allChartsFitIntoASmallWindow() {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 110);
        LivePage page = page(hub);
        // Size of the page in a console of 1280 x 800.
        Stage stage = show(page, Themes.Choice.LIGHT, 1104, 712);
        OnFx.run(page::onShown);
        Frames.await(stage.getScene(), 3);

        double bottom = OnFx.get(() -> page.view().lookup("#chart-errors")
                .localToScene(page.view().lookup("#chart-errors").getLayoutBounds()).getMaxY());
        double end = OnFx.get(() -> page.view().lookup("#scroll")
                .localToScene(page.view().lookup("#scroll").getLayoutBounds()).getMaxY());

        assertTrue(bottom <= end, () -> bottom + " below " + end);
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    private static List<String> legendOf(LivePage page, String chart) {
        return page.view().lookup("#chart-" + chart).lookupAll(".live-chart-series-name").stream()
                .map(node -> ((Label) node).getText()).toList();
    }

    @Test
    void pauseFreezesTheViewAndShowsItsStart() throws Exception {
        LivePage page = page(LiveHistory.hub(END));
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);

        OnFx.run(() -> {
            page.onShown();
            ((ToggleButton) page.view().lookup("#pause")).fire();
        });
        Frames.await(stage.getScene(), 2);
        ChartPicture picture = OnFx.get(() -> ChartPicture.of(page.view()));
        picture.write(Files.createDirectories(Path.of("target", "screens")).resolve("live-paused-light.png"));

        assertEquals(true, page.model().pausedProperty().get());
        assertEquals(true, OnFx.get(() -> page.view().lookup("#pausedNote").isVisible()));
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    @Test
    void theLengthChosenIsTheLengthShown() {
        LivePage page = page(LiveHistory.hub(END));
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);

        OnFx.run(() -> ((ToggleButton) page.view().lookup("#length10")).fire());

        assertEquals(600_000, page.model().window().span().length());
        OnFx.run(stage::close);
    }

    @Test
    void pagesThatWereShownAndHiddenCanBeCollected() {
        MetricsHub hub = LiveHistory.hub(END);
        new LiveHistory().publish(hub, END, 20);
        List<WeakReference<LivePage>> pages = new ArrayList<>();
        Stage stage = OnFx.get(() -> {
            Stage created = new Stage();
            created.setScene(new Scene(new Pane(), 900, 600));
            new Themes(created.getScene(), Themes.Choice.LIGHT).close();
            created.show();
            return created;
        });

        for (int i = 0; i < 20; i++) {
            pages.add(OnFx.get(() -> {
                LivePage page = new LivePage(sources(hub), new PageTools(new DirectTaskRunner(), _ -> {}), () -> {},
                        _ -> {});
                page.view().resize(900, 600);
                ((Pane) stage.getScene().getRoot()).getChildren().setAll(page.view());
                page.onShown();
                stage.setUserData(page);
                return new WeakReference<>(page);
            }));
            Frames.await(stage.getScene(), 2);
            OnFx.run(() -> {
                ((LivePage) stage.getUserData()).onHidden();
                stage.setUserData(null);
                ((Pane) stage.getScene().getRoot()).getChildren().clear();
            });
        }
        Frames.await(stage.getScene(), 2);

        assertEquals(0, remaining(pages));
        OnFx.run(stage::close);
    }

    private static long remaining(List<WeakReference<LivePage>> pages) {
        long begun = System.nanoTime();
        long remaining = pages.size();
        while (remaining > 0 && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
            System.gc();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            remaining = pages.stream().filter(reference -> reference.get() != null).count();
        }
        return remaining;
    }

    private static void pointAt(Node canvas, double share) {
        var at = canvas.localToScene(canvas.getLayoutBounds().getWidth() * share, 20);
        canvas.fireEvent(new MouseEvent(MouseEvent.MOUSE_MOVED, at.getX(), at.getY(), at.getX(), at.getY(),
                MouseButton.NONE, 0, false, false, false,
                false, false, false, false, false, false, false, null));
    }

    private static LiveSources sources(MetricsHub hub) {
        return new LiveSources(hub, () -> LiveHistory.BUFFERS, Optional::empty, Clock.fixed(END, ZoneOffset.UTC),
                LiveHistory.NO_RECORDINGS);
    }

    static LivePage page(MetricsHub hub) {
        return OnFx.get(
                () -> new LivePage(sources(hub), new PageTools(new DirectTaskRunner(), _ -> {}), () -> {}, _ -> {}));
    }

    /// Shows a page as the window does, and waits until it is drawn.
    static Stage open(LivePage page, Themes.Choice theme, int width, int height) {
        Stage stage = show(page, theme, width, height);
        OnFx.run(page::onShown);
        Frames.await(stage.getScene(), 3);
        return stage;
    }

    static void close(LivePage page, Stage stage) {
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    static Stage show(LivePage page, Themes.Choice theme, int width, int height) {
        return OnFx.get(() -> {
            // The screen of the headless platform is small; the page is not.
            Parent view = (Parent) page.view();
            view.setManaged(false);
            view.resize(width, height);
            Stage stage = new Stage();
            stage.setScene(new Scene(new Pane(view), 400, 300));
            stage.setX(0);
            stage.setY(0);
            new Themes(stage.getScene(), theme).close();
            stage.show();
            return stage;
        });
    }

    @Test
    void saysThatItIsStaleWhenTheSamplerStops() {
        MetricsHub hub = LiveHistory.hub(END);
        LivePage page = page(hub);
        Stage stage = show(page, Themes.Choice.LIGHT, 1280, 800);
        OnFx.run(page::onShown);
        try (Sampler _ = new Sampler(hub, () -> 10, _ -> {}, SteadyClock.process())) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
            while (System.nanoTime() < end) {
                assertEquals("", notice(page));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        EngineFixture.await("the notice", () -> notice(page).matches("These figures are \\d s old: .*"));
        OnFx.run(() -> {
            page.onHidden();
            stage.close();
        });
    }

    private static String notice(LivePage page) {
        return OnFx.get(() -> {
            page.tick();
            return ((Label) ((Parent) page.view()).getChildrenUnmodifiable().getFirst()).getText();
        });
    }
}
