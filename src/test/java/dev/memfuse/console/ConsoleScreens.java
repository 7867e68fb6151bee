package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.stage.Stage;

import dev.memfuse.config.ConfigValues;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.engine.EngineState;
import dev.memfuse.load.Workload;
import dev.memfuse.metrics.MetricsSnapshot;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;

/// Renders every page with made-up content into `target/screens`, to be looked at. Run by hand; no test.
public final class ConsoleScreens {
    private static final Path OUT = Path.of("target", "screens");

    private ConsoleScreens() {}

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        Fakes.Loads loads = new Fakes.Loads();
        Path folder = Files.createTempDirectory("screens");
        ConsoleContext context = Fakes.context(folder, host, loads);
        Console console = OnFx.get(() -> Console.open(new Stage(), context));
        shoot(console, "starting", List.of(new int[]{1280, 800}));
        host.become(new EngineState.Failed("The disk of the data folder is full.",
                "Free at least 200 MB, then retry."));
        shoot(console, "failed", List.of(new int[]{1000, 700}));
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        shoot(console, "empty", List.of(new int[]{1280, 800}));
        busy(context, loads);
        shoot(console, "running", List.of(new int[]{1280, 800}));
        OnFx.run(() -> {
            loads.last().end(Fakes.result(1.2));
            var database = console.pages().getLast().view();
            ((TextField) OnFx.node(database, "url")).setText("jdbc:postgresql://good.example/memfuse");
            ((Button) OnFx.node(database, "test")).fire();
        });
        shoot(console, "", List.of(new int[]{1280, 800}));
        OnFx.run(() -> {
            var flags = console.pages().get(2).view();
            ((javafx.scene.control.ComboBox<?>) OnFx.node(flags, "profile")).getSelectionModel().selectFirst();
            var pool = (TextField) OnFx.node(flags, "flag-memory_service-timeout_per_layer");
            pool.setText("0");
            pool.fireEvent(new javafx.event.ActionEvent());
        });
        shoot(console, "", List.of(new int[]{1280, 800}, new int[]{1000, 700}, new int[]{1920, 1080},
                new int[]{800, 600}));
        OnFx.run(() -> ((Button) OnFx.node(console.scene().getRoot(), "helpButton")).fire());
        shoot(console, "help", List.of(new int[]{1280, 800}));
        OnFx.run(console::close);
        System.exit(0);
    }

    private static void busy(ConsoleContext context, Fakes.Loads loads) {
        OnFx.run(() -> {
            Workload closed = new Workload(20, new Workload.Arrival.Closed(8), java.time.Duration.ofSeconds(30),
                    java.time.Duration.ofSeconds(5), new Workload.Mix(70, 25, 5), 4, 5, 42, java.util.Optional.empty());
            loads.start(closed);
            loads.last().end(Fakes.result(3));
            loads.start(closed);
            loads.last().end(Fakes.result(1));
            loads.start(closed);
        });
        context.tunables().apply("Flags page", now -> ConfigValues.with(now, "buffer.bypass_mode", true));
        context.tunables().apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 20));
        var add = new MetricsSnapshot.OperationSample(1184, 0, 1_200_000, 3_000_000, 8_400_000, 12_000_000);
        var pool = new MetricsSnapshot.PoolSample(14, 6, 2, 30, 60_000_000, 3_000_000, 0);
        var snapshot = SnapshotFeed.snapshot(Instant.now(), Map.of(Operation.ADD, add), pool);
        SnapshotFeed.publish(context.metrics(), snapshot);
        SnapshotFeed.evaluate(context.monitor(), snapshot);
    }

    private static void shoot(Console console, String name, List<int[]> sizes) throws Exception {
        List<PageImages.Shot> shots = new ArrayList<>();
        for (int[] size : sizes) {
            shots.addAll(PageImages.Shot.ofAll(console.pages(), size[0], size[1]));
        }
        OnFx.get(() -> PageImages.save(console, OUT.resolve(name), shots)).get(2, TimeUnit.MINUTES);
    }
}
