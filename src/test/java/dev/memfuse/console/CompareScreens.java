package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.stage.Stage;

import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.lab.compare.SampleComparison;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import org.testfx.util.WaitForAsyncUtils;

/// Renders the Compare page in each state into `target/screens`, for inspection. Run by hand; not a test.
public final class CompareScreens {
    private static final Path OUT = Path.of("target", "screens");

    private CompareScreens() {}

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        Path folder = Files.createTempDirectory("screens");
        ConsoleContext context = Fakes.context(folder, host, new Fakes.Loads());
        Fakes.Comparisons comparisons = (Fakes.Comparisons) context.lab().comparisons();
        Console console = OnFx.get(() -> Console.open(new Stage(), context));
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        OnFx.run(() -> console.showPage("compare"));
        shoot(console, "empty", 1280, 800, 800, 600);
        Node page = console.pages().getLast().view();
        OnFx.run(() -> {
            ((TextField) OnFx.node(page, "settingsB")).setText("buffer.bypas_mode=true");
            ((TextField) OnFx.node(page, "pairs")).setText("3");
        });
        shoot(console, "wrong", 1280, 800, 800, 600);
        OnFx.run(() -> {
            ((TextField) OnFx.node(page, "settingsB")).setText("buffer.bypass_mode=true");
            ((TextField) OnFx.node(page, "pairs")).setText("10");
            ((Button) OnFx.node(page, "run")).fire();
        });
        await(comparisons, 1);
        ComparisonPlan plan = comparisons.last().plan();
        shoot(console, "begun", 1280, 800);
        comparisons.last().progress = SampleComparison.progress(plan, 7, 0.82);
        shoot(console, "running", 1280, 800, 800, 600);
        comparisons.last().end(SampleComparison.result(plan, 10, 0.82, List.of()));
        shoot(console, "result", 1280, 800, 800, 600, 1920, 1080, 1280, 1900);
        OnFx.run(() -> ((Button) OnFx.node(page, "keep")).fire());
        OnFx.run(() -> {
            ((ScrollPane) page.lookup(".page-scroll")).setVvalue(1);
            OnFx.node(page, "keep").requestFocus();
        });
        shoot(console, "kept", 800, 600);
        OnFx.run(() -> ((Button) OnFx.node(page, "run")).fire());
        await(comparisons, 2);
        comparisons.last().fail("Block 3 of arm A failed: the database does not answer.");
        OnFx.run(() -> ((ScrollPane) page.lookup(".page-scroll")).setVvalue(0));
        shoot(console, "failed", 1280, 800);
        OnFx.run(console::close);
        System.exit(0);
    }

    private static void await(Fakes.Comparisons comparisons, int runs) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> comparisons.runs().size() == runs);
    }

    private static void shoot(Console console, String name, int... sizes) throws Exception {
        List<PageImages.Shot> shots = new ArrayList<>();
        for (int i = 0; i < sizes.length; i += 2) {
            for (Themes.Choice theme : List.of(Themes.Choice.LIGHT, Themes.Choice.DARK)) {
                shots.add(new PageImages.Shot("compare", theme, sizes[i], sizes[i + 1]));
            }
        }
        OnFx.get(() -> PageImages.save(console, OUT.resolve("compare-" + name), shots)).get(2, TimeUnit.MINUTES);
    }
}
