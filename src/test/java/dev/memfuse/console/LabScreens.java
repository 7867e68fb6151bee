package dev.memfuse.console;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;

import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.context.ConsoleContext;
import dev.memfuse.console.fx.OnFx;
import dev.memfuse.console.fx.Page;
import dev.memfuse.console.fx.Themes;
import dev.memfuse.console.lab.advice.SampleAdvice;
import dev.memfuse.console.lab.compare.SampleComparison;
import dev.memfuse.console.lab.history.SampleRecordings;
import dev.memfuse.console.lab.tune.SampleTuning;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.scorecard.ScorecardPlan;
import dev.memfuse.lab.scorecard.ScorecardRun;
import dev.memfuse.lab.sweep.SampleSweep;
import dev.memfuse.lab.sweep.SweepParameters;
import dev.memfuse.lab.sweep.SweepPlan;
import dev.memfuse.lab.sweep.SweepRun;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.progress.Progress;
import org.testfx.util.WaitForAsyncUtils;

/// Renders the pages of the lab in each state into `target/screens`, for inspection. The arguments name pages; without
/// any, all are rendered. `recorded FOLDER` renders the recordings of a data folder, which real runs wrote. Run by hand;
/// not a test.
public final class LabScreens {
    /// Argument before a data folder, whose recordings are rendered instead of samples.
    private static final String RECORDED = "recorded";
    private static final Path OUT = Path.of("target", "screens");

    private final Console console;
    private final ConsoleContext context;

    private LabScreens(Console console, ConsoleContext context) {
        this.console = console;
        this.context = context;
    }

    public static void main(String[] arguments) throws Exception {
        Fakes.Host host = new Fakes.Host();
        Path folder = arguments.length == 2 && arguments[0].equals(RECORDED)
                ? Path.of(arguments[1])
                : Files.createTempDirectory("screens");
        ConsoleContext context = Fakes.context(folder, host, new Fakes.Loads());
        Console console = Fakes.open(context);
        host.become(new EngineState.Ready("PostgreSQL 18.6, embedded, port 54321"));
        LabScreens screens = new LabScreens(console, context);
        if (arguments.length == 2 && arguments[0].equals(RECORDED)) {
            screens.recorded();
            System.exit(0);
        }
        List<String> pages = Arrays.asList(arguments);
        if (pages.isEmpty() || pages.contains("compare")) {
            screens.compare();
        }
        if (pages.isEmpty() || pages.contains("scorecard")) {
            screens.scorecard();
        }
        if (pages.isEmpty() || pages.contains("sweep")) {
            screens.sweep();
        }
        if (pages.isEmpty() || pages.contains("advice")) {
            screens.advice();
        }
        if (pages.isEmpty() || pages.contains("tune")) {
            screens.tune();
        }
        if (pages.isEmpty() || pages.contains("history")) {
            screens.history(folder);
        }
        OnFx.run(console::close);
        System.exit(0);
    }

    private Node open(String id) {
        OnFx.run(() -> console.showPage(id));
        return console.pages().stream().filter(page -> page.id().equals(id)).map(Page::view).findFirst().orElseThrow();
    }

    /// Opens each recording of the history in the page of its kind.
    private void recorded() throws Exception {
        ScreenShots.skipGuide(console);
        Node history = open("history");
        TableView<?> table = (TableView<?>) OnFx.node(history, "table");
        int count = context.lab().recordings().list().size();
        await(() -> OnFx.get(() -> table.getItems().size() == count));
        shoot("history", "recorded", 1280, 800, 1);
        for (int i = 0; i < count; i++) {
            int row = i;
            Node page = open("history");
            OnFx.run(() -> table.getSelectionModel().clearAndSelect(row));
            fire(page, "open");
            await(() -> OnFx.get(() -> console.scene().getRoot().lookup(".page-scroll") != null));
            for (String id : List.of("compare", "scorecard", "sweep", "advice")) {
                shoot(id, "recorded-" + i, 1280, 1100, 1);
            }
        }
    }

    private void compare() throws Exception {
        Fakes.Comparisons comparisons = (Fakes.Comparisons) context.lab().comparisons();
        Node page = open("compare");
        shoot("compare", "empty", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> {
            ((TextField) OnFx.node(page, "settingsB")).setText("buffer.bypas_mode=true");
            ((TextField) OnFx.node(page, "pairs")).setText("3");
        });
        shoot("compare", "wrong", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> {
            ((TextField) OnFx.node(page, "settingsB")).setText("buffer.bypass_mode=true");
            ((TextField) OnFx.node(page, "pairs")).setText("10");
        });
        fire(page, "run");
        await(() -> comparisons.runs().size() == 1);
        ComparisonPlan plan = comparisons.last().plan();
        shoot("compare", "begun", 1280, 800, 1);
        comparisons.last().progress = SampleComparison.progress(plan, 7, 0.82);
        shoot("compare", "running", 1280, 800, 1, 800, 600, 1);
        comparisons.last().end(SampleComparison.result(plan, 10, 0.82, List.of()));
        shoot("compare", "result", 1280, 800, 1, 800, 600, 1, 1920, 1080, 2, 1280, 1900, 1);
        fire(page, "keep");
        scroll(page, 1);
        shoot("compare", "kept", 800, 600, 1);
        fire(page, "run");
        await(() -> comparisons.runs().size() == 2);
        comparisons.last().fail("Block 3 of arm A failed: the database does not answer.");
        scroll(page, 0);
        shoot("compare", "failed", 1280, 800, 1);
        fire(page, "run");
        await(() -> comparisons.runs().size() == 3);
        comparisons.last().end(SampleComparison.voided(SampleComparison.result(plan, 10, 1.6, List.of())));
        shoot("compare", "void", 1280, 800, 1, 800, 600, 1);
    }

    private void scorecard() throws Exception {
        Fakes.Scorecards scorecards = (Fakes.Scorecards) context.lab().scorecards();
        Node page = open("scorecard");
        shoot("scorecard", "empty", 1280, 800, 1, 800, 600, 1);
        fire(page, "phase1");
        shoot("scorecard", "applied", 1280, 800, 1, 800, 600, 1);
        fire(page, "run");
        await(() -> scorecards.runs().size() == 1);
        ScorecardPlan plan = scorecards.last().plan();
        shoot("scorecard", "begun", 1280, 800, 1);
        scorecards.last().progress = new ScorecardRun.Status(35, "round 5, phase 2, network 2 ms",
                plan.planned().dividedBy(4), SampleScorecard.promises(4));
        shoot("scorecard", "running", 1280, 800, 1, 800, 600, 1);
        scorecards.last().end(SampleScorecard.result(8));
        shoot("scorecard", "result", 1280, 800, 1, 800, 600, 1, 1920, 1080, 2, 1280, 1900, 1);
        OnFx.run(() -> OnFx.all(page).filter(TableView.class::isInstance).toList()
                .forEach(table -> ((TableView<?>) table).getSelectionModel().select(1)));
        scroll(page, 1);
        shoot("scorecard", "chosen", 1280, 800, 1, 800, 600, 1);
        fire(page, "run");
        await(() -> scorecards.runs().size() == 2);
        scorecards.last().fail("Settings were changed during the scorecard (postgres.pool_size, by Flags page), so it "
                + "was ended; this change stays, the other settings are those from "
                + "before.");
        scroll(page, 0);
        shoot("scorecard", "failed", 1280, 800, 1);
    }

    private void sweep() throws Exception {
        Fakes.Sweeps sweeps = (Fakes.Sweeps) context.lab().sweeps();
        Node page = open("sweep");
        shoot("sweep", "empty", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> {
            ((TextField) OnFx.node(page, "values")).setText("32..1");
            ((TextField) OnFx.node(page, "level")).setText("many");
            ((TextField) OnFx.node(page, "rounds")).setText("0");
        });
        shoot("sweep", "wrong", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> {
            ((TextField) OnFx.node(page, "values")).setText("1..32");
            ((TextField) OnFx.node(page, "level")).setText("16");
            ((TextField) OnFx.node(page, "rounds")).setText("2");
        });
        fire(page, "run");
        await(() -> sweeps.runs().size() == 1);
        SweepPlan plan = sweeps.last().plan();
        shoot("sweep", "begun", 1280, 800, 1);
        sweeps.last().progress = new SweepRun.Status(9, 12, "postgres.pool_size 16", plan.planned().dividedBy(4),
                SampleSweep.points(plan.values(), null));
        shoot("sweep", "running", 1280, 800, 1, 800, 600, 1);
        sweeps.last().end(SampleSweep.result(plan.parameter(), plan.values(), 8.0));
        shoot("sweep", "result", 1280, 800, 1, 800, 600, 1, 1920, 1080, 2, 1280, 1900, 1);
        fire(page, "run");
        await(() -> sweeps.runs().size() == 2);
        sweeps.last().end(SampleSweep.result(plan.parameter(), plan.values().subList(0, 4), null));
        shoot("sweep", "no-law", 1280, 800, 1, 800, 1600, 1);
        fire(page, "run");
        await(() -> sweeps.runs().size() == 3);
        sweeps.last().fail("Load at postgres.pool_size 8 failed: the database does not answer.");
        shoot("sweep", "failed", 1280, 800, 1);
        OnFx.run(() -> {
            ((ComboBox<?>) OnFx.node(page, "second")).getSelectionModel().select(
                    SweepParameters.all().indexOf("postgres.max_overflow") + 1);
            ((TextField) OnFx.node(page, "secondValues")).setText("1,5,10");
        });
        fire(page, "run");
        await(() -> sweeps.runs().size() == 4);
        sweeps.last().end(SampleSweep.gridResult(sweeps.last().plan()));
        shoot("sweep", "grid", 1280, 800, 1, 800, 600, 1, 1280, 1500, 1);
    }

    private void advice() throws Exception {
        Fakes.Advices advices = (Fakes.Advices) context.lab().advice();
        Fakes.AdviceTrials trials = (Fakes.AdviceTrials) context.lab().trials();
        context.settings().tunables().apply("screens", now -> ConfigValues.with(now, "queries.consolidated", false));
        Node page = open("advice");
        shoot("advice", "empty", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> ((TextField) OnFx.node(page, "seconds")).setText("2"));
        shoot("advice", "wrong", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> ((TextField) OnFx.node(page, "seconds")).setText("20"));
        fire(page, "run");
        await(() -> advices.runs().size() == 1);
        advices.last().progress = Progress.ofShare("Load", 0.4);
        shoot("advice", "running", 1280, 800, 1, 800, 600, 1);
        advices.last().end(SampleAdvice.report());
        shoot("advice", "result", 1280, 800, 1, 800, 600, 1, 1280, 1100, 1);
        fire(page, "try-statements_per_operation");
        await(() -> trials.runs().size() == 1);
        trials.last().progress = SampleComparison.progress(trials.last().plan().comparison(), 6, 0.6);
        shoot("advice", "trying", 1280, 800, 1, 800, 600, 1);
        trials.last().end(SampleAdvice.trial(trials.last().plan(), 0.6, null));
        await(() -> OnFx.get(() -> OnFx.all(page).anyMatch(
                node -> "keep-statements_per_operation".equals(node.getId()))));
        shoot("advice", "tried", 1280, 800, 1, 800, 600, 1, 1280, 1300, 1);
        fire(page, "keep-statements_per_operation");
        shoot("advice", "stale", 1280, 800, 1, 800, 600, 1);
        fire(page, "run");
        await(() -> advices.runs().size() == 2);
        advices.last().fail("Load failed: the database does not answer.");
        shoot("advice", "failed", 1280, 800, 1, 800, 600, 1);
    }

    private void tune() throws Exception {
        Fakes.Tunes tunes = (Fakes.Tunes) context.lab().tunes();
        Node page = open("advice");
        OnFx.run(() -> ((ToggleButton) OnFx.node(page, "toTune")).fire());
        shoot("advice", "tune-empty", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> ((TextField) OnFx.node(page, "goal")).setText("be fast"));
        shoot("advice", "tune-wrong", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> ((TextField) OnFx.node(page, "goal")).setText("minimise query.p50"));
        fire(page, "tuneRun");
        await(() -> tunes.runs().size() == 1);
        tunes.last().progress = SampleTuning.progress();
        shoot("advice", "tune-running", 1280, 800, 1, 800, 600, 1);
        tunes.last().end(SampleTuning.result(tunes.last().plan(), true));
        shoot("advice", "tune-result", 1280, 800, 1, 800, 600, 1, 1280, 1600, 1);
        fire(page, "tuneRun");
        await(() -> tunes.runs().size() == 2);
        tunes.last().fail("The tuning was ended before its first load.");
        shoot("advice", "tune-failed", 1280, 800, 1);
        OnFx.run(() -> ((ToggleButton) OnFx.node(page, "toAdvice")).fire());
    }

    private void history(Path folder) throws Exception {
        Node page = open("history");
        shoot("history", "empty", 1280, 800, 1, 800, 600, 1);
        Recordings recordings = context.lab().recordings();
        SampleRecordings.scorecard(recordings);
        Manifest first = SampleRecordings.comparison(recordings, folder, 0.82);
        Manifest damaged = SampleRecordings.comparison(recordings, folder, 1.1);
        SampleRecordings.load(recordings);
        SampleRecordings.sweep(recordings, List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0));
        Files.delete(recordings.folder().resolve(damaged.id()).resolve("result.json"));
        recordings.update(first.id(), manifest -> manifest.withName("Bypass on against off, idle machine")
                .withTags(List.of("bypass", "release-2")).withPinned(true)
                .withNote("Measured before the change of the pool."));
        TableView<?> table = (TableView<?>) OnFx.node(page, "table");
        await(() -> OnFx.get(() -> table.getItems().size() == 5));
        shoot("history", "list", 1280, 800, 1, 800, 600, 1);
        OnFx.run(() -> {
            for (int i = 0; i < table.getItems().size(); i++) {
                if (((Object) table.getItems().get(i)).toString().contains(first.id())) {
                    table.getSelectionModel().clearAndSelect(i);
                }
            }
        });
        shoot("history", "one", 1280, 1100, 1, 800, 1200, 1, 1920, 1080, 2);
        fire(page, "delete");
        shoot("history", "question", 1280, 800, 1, 800, 600, 1);
        fire(page, "keep");
        OnFx.run(() -> {
            table.getSelectionModel().clearSelection();
            table.getSelectionModel().selectRange(0, 2);
        });
        fire(page, "compare");
        shoot("history", "two", 1280, 1100, 1);
        OnFx.run(() -> ((TextField) OnFx.node(page, "search")).setText("nothing like this"));
        shoot("history", "none", 1280, 800, 1);
    }

    private static void fire(Node page, String id) {
        OnFx.run(() -> ((Button) OnFx.node(page, id)).fire());
    }

    private static void scroll(Node page, double value) {
        OnFx.run(() -> ((ScrollPane) page.lookup(".page-scroll")).setVvalue(value));
    }

    private static void await(Callable<Boolean> condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, condition);
    }

    /// Renders a page in both themes.
    ///
    /// @param sizes width, height and scale of each picture
    private void shoot(String page, String name, int... sizes) throws Exception {
        List<PageImages.Shot> shots = new ArrayList<>();
        for (int i = 0; i < sizes.length; i += 3) {
            for (Themes.Choice theme : List.of(Themes.Choice.LIGHT, Themes.Choice.DARK)) {
                shots.add(new PageImages.Shot(page, theme, sizes[i], sizes[i + 1], sizes[i + 2]));
            }
        }
        ScreenShots.save(console, OUT.resolve(page + "-" + name), shots);
    }
}
