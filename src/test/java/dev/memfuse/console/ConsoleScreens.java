package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.flags.FakeLayerBuild;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.lab.history.SampleRecordings;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.load.Workload;
import dev.memfuse.load.run.FakeEngine;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.MetricsSnapshot.JournalSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import org.testfx.util.WaitForAsyncUtils;

/// Renders every page with sample content into `target/screens`, for inspection. Run by hand; not a test. The argument
/// `measured` renders the pages Flags and Database with measured effects, YAML and plans alone, `busy` all pages of a
/// window that has much to show.
public final class ConsoleScreens {
    private static final Path OUT = Path.of("target", "screens");

    private ConsoleScreens() {}

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        Fakes.Loads loads = new Fakes.Loads();
        Path folder = Files.createTempDirectory("screens");
        ConsoleContext context = Fakes.context(folder, host, loads);
        Console console = Fakes.open(context);
        if (List.of(arguments).contains("busy")) {
            BusyWindow.fill(console, context, host, loads);
            shoot(console, "busy", List.of(new int[]{1280, 800}, new int[]{800, 600}));
            OnFx.run(console::close);
            System.exit(0);
        }
        if (List.of(arguments).contains("measured")) {
            host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
            measured(console, context, folder);
            OnFx.run(console::close);
            System.exit(0);
        }
        shoot(console, "starting", List.of(new int[]{1280, 800}));
        host.become(new EngineState.Failed("The disk of the data folder is full.",
                "Free at least 200 MB, then retry."));
        shoot(console, "failed", List.of(new int[]{1000, 700}));
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        shoot(console, "empty", List.of(new int[]{1280, 800}));
        busy(context, loads);
        BusyWindow.connections(context.settings().connections());
        shoot(console, "running", List.of(new int[]{1280, 800}));
        OnFx.run(() -> {
            loads.last().end(Fakes.result(1.2));
            var database = console.pages().get(3).view();
            ((TextField) OnFx.node(database, "url")).setText("jdbc:postgresql://good.example/memfuse");
            ((Button) OnFx.node(database, "test")).fire();
        });
        shoot(console, "", List.of(new int[]{1280, 800}));
        OnFx.run(() -> {
            var flags = console.pages().get(2).view();
            ((ComboBox<?>) OnFx.node(flags, "profile")).getSelectionModel().selectFirst();
            var pool = (TextField) OnFx.node(flags, "flag-memory_service-timeout_per_layer");
            pool.setText("0");
            pool.fireEvent(new ActionEvent());
        });
        shoot(console, "", List.of(new int[]{1280, 800}, new int[]{1000, 700}, new int[]{1920, 1080},
                new int[]{800, 600}));
        storage(context, new JournalSample(12_345, 23_450_585, 75, Double.POSITIVE_INFINITY, 1_350_000, true, false));
        shoot(console, "degraded", List.of(new int[]{1280, 800}, new int[]{800, 600}));
        storage(context, new JournalSample(12_345, 23_450_585, 75, Double.POSITIVE_INFINITY, 1_350_000, true, true));
        shoot(console, "poisoned", List.of(new int[]{1280, 800}, new int[]{800, 600}));
        context.settings().tunables().apply("Flags page", now -> ConfigValues.with(now, "buffer.bypass_mode", false));
        context.settings().tunables().apply("Flags page", now -> ConfigValues.with(now, "buffer.durability", "memory"));
        storage(context, JournalSample.EMPTY);
        OnFx.run(() -> choose(OnFx.node(console.pages().get(2).view(), "group")));
        shoot(console, "unsafe", List.of(new int[]{1280, 800}, new int[]{800, 600}));
        storage(context, new JournalSample(12, 23_450, 2, 3, 1_350_000, false, false));
        host.become(new EngineState.Stopping("Storing what is buffered", Duration.ofSeconds(30)));
        shoot(console, "stopping", List.of(new int[]{1280, 800}, new int[]{800, 600}));
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        OnFx.run(() -> ((Button) OnFx.node(console.scene().getRoot(), "helpButton")).fire());
        shoot(console, "help", List.of(new int[]{1280, 800}, new int[]{800, 600}));
        OnFx.run(() -> ((ScrollPane) console.scene().getRoot().lookup(".plain-scroll")).setVvalue(1));
        shoot(console, "help-end", List.of(new int[]{1280, 800}));
        OnFx.run(() -> ((Button) OnFx.node(console.scene().getRoot(), "helpButton")).fire());
        layerBuild(console, host);
        measured(console, context, folder);
        OnFx.run(console::close);
        System.exit(0);
    }

    /// Shows cost, progress and failure of the job that builds a layer.
    private static void layerBuild(Console console, Fakes.Host host) throws Exception {
        FakeLayerBuild job = new FakeLayerBuild();
        job.cost = new LayerBuild.Cost(12_000, 24_000, 9_000, 12_000);
        FakeEngine engine = new FakeEngine();
        engine.layerBuild = job;
        engine.loadData().createUser("load-x-1-u001", "x-1");
        host.engine = engine;
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        Node flags = console.pages().get(2).view();
        OnFx.run(() -> {
            console.showPage("flags");
            ((ComboBox<?>) OnFx.node(flags, "group")).getSelectionModel().select(0);
            ((TextField) OnFx.node(flags, "search")).setText("memory layer m");
        });
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS,
                () -> OnFx.get(() -> !OnFx.node(flags, "cost").isDisabled()));
        OnFx.run(() -> ((Button) OnFx.node(flags, "cost")).fire());
        await(flags, "24,000 messages");
        shoot(console, "layer-cost", List.of(new int[]{1280, 800}));
        OnFx.run(() -> {
            ((Button) OnFx.node(flags, "build")).fire();
            job.status = new LayerBuild.Status(LayerBuild.State.RUNNING, 3_200, 12_000, 4_100, 0, "");
        });
        shoot(console, "layer-build", List.of(new int[]{1280, 800}, new int[]{800, 600}));
        job.status = new LayerBuild.Status(LayerBuild.State.FAILED, 3_200, 12_000, 4_100, 0,
                "The database does not answer. Check that it runs; the next start continues.");
        shoot(console, "layer-failed", List.of(new int[]{1280, 800}));
    }

    /// Shows measured effects, the offer to measure one, the settings as YAML, and the plans of statements.
    private static void measured(Console console, ConsoleContext context, Path folder) throws Exception {
        SampleRecordings.comparison(context.lab().recordings(), folder, 0.45);
        SampleRecordings.scorecard(context.lab().recordings());
        Node flags = console.pages().get(2).view();
        OnFx.run(() -> {
            ((TextField) OnFx.node(flags, "search")).setText("");
            ((ComboBox<?>) OnFx.node(flags, "group")).getSelectionModel().select(2);
            console.showPage("flags");
        });
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> OnFx.get(() -> OnFx.all(flags).anyMatch(
                node -> node instanceof Label label && label.getText().contains("better ["))));
        OnFx.run(() -> ((Button) OnFx.node(flags, "try-buffer-bypass_mode")).fire());
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS,
                () -> OnFx.get(() -> ((Label) OnFx.node(flags, "cost")).getText().contains("pairs")));
        shoot(console, "measured", List.of("flags"), 1280, 800, 800, 600);
        OnFx.run(() -> {
            ((ToggleButton) OnFx.node(flags, "yaml")).fire();
            TextArea editor = (TextArea) OnFx.node(flags, "editor");
            editor.setText(editor.getText().replace("max_overflow: 20", "max_overflow: 7"));
            ((Button) OnFx.node(console.pages().get(3).view(), "explain")).fire();
            ((TableView<?>) OnFx.node(console.pages().get(3).view(), "settings")).getSelectionModel().select(1);
        });
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> OnFx.get(() -> OnFx.all(flags).anyMatch(
                node -> node instanceof Label label && label.getText().startsWith("Would change"))));
        scrollDatabase(console);
        shoot(console, "yaml", List.of("flags", "database"), 1280, 800, 800, 600, 3840, 2160);
        OnFx.run(() -> {
            TextArea editor = (TextArea) OnFx.node(flags, "editor");
            editor.setText(editor.getText().replace("max_overflow: 7", "max_overflo: many"));
        });
        shoot(console, "yaml-problem", List.of("flags"), 1280, 800);
    }

    private static void scrollDatabase(Console console) {
        OnFx.run(() -> console.showPage("database"));
        WaitForAsyncUtils.waitForFxEvents();
        OnFx.run(() -> OnFx.all(console.pages().get(3).view()).filter(ScrollPane.class::isInstance)
                .map(ScrollPane.class::cast).findFirst().ifPresent(pane -> pane.setVvalue(1)));
    }

    private static void await(Node flags, String text) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS,
                () -> OnFx.get(() -> ((Label) OnFx.node(flags, "message")).getText().contains(text)));
    }

    private static void busy(ConsoleContext context, Fakes.Loads loads) {
        OnFx.run(() -> {
            Workload closed = new Workload(20, new Workload.Arrival.Closed(8), Duration.ofSeconds(30),
                    Duration.ofSeconds(5), new Workload.Mix(70, 25, 5), 4, 5, 42, Optional.empty());
            loads.start(closed);
            loads.last().end(Fakes.result(3));
            loads.start(closed);
            loads.last().end(Fakes.result(1));
            loads.start(closed);
        });
        context.settings().tunables().apply("Flags page", now -> ConfigValues.with(now, "buffer.bypass_mode", true));
        context.settings().tunables().apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 20));
        var add = new MetricsSnapshot.OperationSample(1184, 0, 1_200_000, 3_000_000, 8_400_000, 12_000_000);
        var pool = new MetricsSnapshot.PoolSample(14, 6, 2, 30, 60_000_000, 3_000_000, 0);
        var snapshot = SnapshotFeed.snapshot(Instant.now(), Map.of(Operation.ADD, add), pool);
        SnapshotFeed.publish(context.monitoring().hub(), snapshot);
        context.monitoring().monitor().evaluate(snapshot);
    }

    /// Selects the group of durability and journal.
    private static void choose(Node groups) {
        ((ComboBox<?>) groups).getSelectionModel().select(2);
    }

    private static void storage(ConsoleContext context, JournalSample journal) {
        SnapshotFeed.publish(context.monitoring().hub(), SnapshotFeed.journal(Instant.now(), journal));
    }

    /// Renders some pages; a width of 3840 is a screen of half that width at scale 2.
    private static void shoot(Console console, String name, List<String> pages, int... sizes) throws Exception {
        List<PageImages.Shot> shots = new ArrayList<>();
        for (int i = 0; i < sizes.length; i += 2) {
            int scale = sizes[i] >= 3840 ? 2 : 1;
            for (String page : pages) {
                for (Themes.Choice theme : List.of(Themes.Choice.LIGHT, Themes.Choice.DARK)) {
                    shots.add(new PageImages.Shot(page, theme, sizes[i] / scale, sizes[i + 1] / scale, scale));
                }
            }
        }
        ScreenShots.save(console, OUT.resolve(name), shots);
    }

    private static void shoot(Console console, String name, List<int[]> sizes) throws Exception {
        List<PageImages.Shot> shots = new ArrayList<>();
        for (int[] size : sizes) {
            shots.addAll(PageImages.Shot.ofAll(console.pages(), size[0], size[1]));
        }
        ScreenShots.save(console, OUT.resolve(name), shots);
    }
}
