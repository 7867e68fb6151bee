package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;

import dev.memfuse.console.PageImages.Shot;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.Accent;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.metrics.MetricsSnapshot.OperationSample;
import dev.memfuse.metrics.MetricsSnapshot.PoolSample;
import dev.memfuse.metrics.Operation;
import dev.memfuse.metrics.SnapshotFeed;
import dev.memfuse.metrics.alert.AlertRules;
import dev.memfuse.metrics.alert.MetricRule;

/// Renders the frame of the window, its overlays and its own pages into `target/screens/shell`, for inspection. Run by
/// hand; not a test.
public final class ShellScreens {
    private static final Path OUT = Path.of("target", "screens", "shell");

    private ShellScreens() {}

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        ConsoleContext context = Fakes.context(Files.createTempDirectory("screens"), host, new Fakes.Loads());
        Console console = Fakes.open(context);
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        for (int second = 6; second >= 0; second--) {
            context.monitoring().monitor().evaluate(SnapshotFeed.snapshot(Instant.now().minusSeconds(second),
                    Map.of(Operation.ADD, new OperationSample(900, second / 2.0, 1, 1, 900_000_000, 1)),
                    PoolSample.NONE));
        }
        context.monitoring().monitor().rules().change(rules -> AlertRules.FIRST
                .with(new MetricRule("rule-1", "pool.waiting", MetricRule.Side.ABOVE, 5, 10, 5, false)));
        context.monitoring().monitor().acknowledge(context.monitoring().monitor().active().getFirst());
        OnFx.run(() -> fire(console, "alerts.add"));
        shoot(console, "pages", "alerts");
        shoot(console, "pages", "live");
        shoot(console, "pages", "settings");
        OnFx.run(() -> ((ScrollPane) console.pages().getLast().view().lookup(".page-scroll")).setVvalue(1));
        shoot(console, "keys", "settings");
        OnFx.run(() -> {
            console.preferences().textSizeProperty().set(16);
            console.preferences().accentProperty().set(Accent.TEAL);
        });
        shoot(console, "large", "load");
        shoot(console, "large", "settings");
        OnFx.run(() -> fire(console, "settings.reset"));
        OnFx.run(() -> fire(console, "window.help"));
        shoot(console, "help", "live");
        OnFx.run(() -> fire(console, "window.help"));
        palette(console, "", "palette");
        palette(console, "pool", "palette-query");
        palette(console, "zzz", "palette-empty");
        OnFx.run(console::close);
        System.exit(0);
    }

    private static void palette(Console console, String query, String name) throws Exception {
        OnFx.run(() -> {
            fire(console, "window.palette");
            ((TextField) OnFx.node(console.scene().getRoot(), "paletteQuery")).setText(query);
        });
        shoot(console, name, "live");
        OnFx.run(() -> fire(console, "window.palette"));
    }

    private static void fire(Console console, String action) {
        console.actions().fire(action);
    }

    private static void shoot(Console console, String name, String page) throws Exception {
        List<Shot> shots = List.of(new Shot(page, Themes.Choice.LIGHT, 1280, 800),
                new Shot(page, Themes.Choice.DARK, 800, 600));
        ScreenShots.save(console, OUT.resolve(name), shots);
    }
}
