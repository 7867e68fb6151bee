package dev.memfuse.console.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.console.Fakes;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scenario.ScenarioDefaults;
import dev.memfuse.lab.scenario.ScenarioRunner;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.load.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadViewModelTest {
    private final List<String> messages = new ArrayList<>();
    private final Fakes.Loads loads = new Fakes.Loads();
    private final LoadViewModel model = new LoadViewModel(loads,
            new ScenarioRunner(loads, Fakes.tunables(), Optional::empty), new DirectTaskRunner(), Runnable::run,
            messages::add);

    @Test
    void isReadyOnlyWithAReadyEngine() {
        model.engineState(new EngineState.Starting("Unpacking", 0));
        assertFalse(model.readyProperty().get());

        model.engineState(new EngineState.Ready("PostgreSQL 18"));
        assertTrue(model.readyProperty().get());
    }

    @Test
    void startsTheLoadOfTheFormAndShowsItRunning() {
        model.form().input().text(LoadField.USERS).set("7");

        model.start();

        assertEquals(7, loads.last().workload().users());
        assertTrue(model.runningProperty().get());
        assertEquals(2_431, model.progressProperty().get().operations());
        assertEquals(RunRow.Status.RUNNING, model.selectedProperty().get().status());
        assertNull(model.resultProperty().get());
    }

    @Test
    void aLoadOfAnExperimentIsNeitherListedNorControlledHere() {
        loads.holder = "comparison";
        loads.startPart(ScenarioDefaults.WORKLOAD, "comparison, load 3");
        model.tick();

        assertFalse(model.runningProperty().get());
        assertEquals("comparison", model.holderProperty().get());
        assertEquals(List.of(), model.runs());
        model.stop();
        model.changeLoad("50");
        assertEquals(List.of(), loads.current().map(run -> ((Fakes.Run) run).requests).orElseThrow());

        loads.holder = "";
        model.tick();
        assertEquals("", model.holderProperty().get());
    }

    @Test
    void startsNothingWhileAFieldIsInvalid() {
        model.form().input().text(LoadField.USERS).set("0");

        model.start();

        assertEquals(List.of(), loads.runs());
        assertEquals("Correct the marked fields first.", model.problemProperty().get());
    }

    @Test
    void showsWhyAStartIsRefusedUntilTheNextStart() {
        loads.refusal = "A load is running already.";
        model.start();
        assertEquals("A load is running already.", model.problemProperty().get());

        loads.refusal = "";
        model.start();

        assertEquals("", model.problemProperty().get());
    }

    @Test
    void showsTheResultWhenTheRunEnds() {
        model.start();

        loads.last().end(Fakes.result(1));

        assertFalse(model.runningProperty().get());
        assertEquals(List.of("add", "query", "list"),
                model.resultProperty().get().rows().stream().map(ResultTable.Row::operation).toList());
    }

    @Test
    void keepsEarlierRunsForSelection() {
        runTwice();
        assertEquals(List.of("#2", "#1"), model.runs().stream().map(RunRow::number).toList());

        model.selectedProperty().set(model.runs().getLast());

        assertEquals("~32.1", model.resultProperty().get().rows().getFirst().p99());
    }

    @Test
    void keepsTheSelectedRunWhileNothingChanges() {
        runTwice();
        model.selectedProperty().set(model.runs().getLast());

        model.refresh();

        assertEquals("#1", model.selectedProperty().get().number());
    }

    @Test
    void showsWhyARunFailed() {
        model.start();

        loads.last().fail("The database went away.");

        assertEquals("The load failed: The database went away.", model.problemProperty().get());
        assertEquals(RunRow.Status.FAILED, model.runs().getFirst().status());
        assertNull(model.resultProperty().get());
    }

    @Test
    void passesStopAndANewLoadToTheRun() {
        model.start();

        model.changeLoad("16");
        model.changeLoad("many");
        assertEquals("Enter the load as a number.", model.changeProblemProperty().get());
        model.changeMix("1", "0", "2");
        model.stop();

        assertEquals(List.of("change 16.0", "mix Mix[add=1.0, query=0.0, list=2.0]", "stop"), loads.last().requests);
    }

    @Test
    void showsStagesByTimeWithoutThoseOfNegligibleTime() {
        ResultTable table = ResultTable.of(workload(), Fakes.result(1));

        assertEquals(List.of("sql", "embed", "acquire", "fuse", "other", "service"),
                table.stages().stream().map(ResultTable.StageTime::name).toList());
        assertEquals(1.0, table.stages().stream().mapToDouble(ResultTable.StageTime::share).sum(), 1e-9);
    }

    @Test
    void showsWarningsAndPoolOfAResult() {
        ResultTable table = ResultTable.of(workload(), Fakes.result(1));

        assertEquals(List.of("The load and the engine share one machine with 2 processors."), table.warnings());
        assertNotNull(table.details());
        assertEquals("6.4 mean, 14 max, limit 30",
                table.details().stream().filter(detail -> detail.name().equals("Connections in use")).findFirst()
                        .orElseThrow().value());
    }

    @Test
    void opensAndSavesScenarios(@TempDir Path folder) {
        model.open(Path.of("spike"));
        assertEquals("Spike", model.form().titleProperty().get());

        model.save(folder.resolve("mine.yaml"));
        model.form().show(Scenario.of(ScenarioDefaults.WORKLOAD));
        model.open(folder.resolve("mine.yaml"));

        assertEquals(Optional.of(Scenarios.shipped("spike")), model.form().scenario());
        assertEquals(List.of("Scenario written to " + folder.resolve("mine.yaml") + "."), messages);
    }

    @Test
    void showsWhyAScenarioCannotBeOpened(@TempDir Path folder) throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "usres: 3");

        model.open(wrong);

        assertEquals(wrong + ":1:1: usres: unknown key; did you mean users?", model.problemProperty().get());
    }

    @Test
    void exportsTheSelectedRunIntoANewFolder(@TempDir Path parent) {
        runTwice();
        model.selectedProperty().set(model.runs().getLast());

        model.export(parent);

        Path report = parent.resolve("memfuse-run-1-20261123-" + time("2026-11-23T14:03:59Z"));
        assertTrue(Files.isRegularFile(report.resolve("result.json")));
        assertEquals(List.of("Report written to " + report + "."), messages);
    }

    private static String time(String instant) {
        return DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT)
                .format(Instant.parse(instant).atZone(ZoneId.systemDefault()));
    }

    @Test
    void anEarlierReportStaysAsItIs(@TempDir Path parent) throws IOException {
        runTwice();
        model.export(parent);
        Path first = only(parent);
        Files.writeString(first.resolve("index.html"), "of an earlier session");

        model.export(parent);

        assertEquals("of an earlier session", Files.readString(first.resolve("index.html")));
        try (var files = Files.list(parent)) {
            assertEquals(2, files.count());
        }
    }

    private static Path only(Path parent) throws IOException {
        try (var files = Files.list(parent)) {
            return files.toList().getFirst();
        }
    }

    @Test
    void theProblemOfMarkedFieldsLeavesWithTheCorrectionAndOthersStay() {
        model.form().input().text(LoadField.USERS).set("x");
        model.start();
        assertEquals("Correct the marked fields first.", model.problemProperty().get());
        model.form().input().text(LoadField.USERS).set("3");
        assertEquals("", model.problemProperty().get());

        loads.refusal = "The engine is busy.";
        model.start();
        model.form().input().text(LoadField.USERS).set("x");
        model.form().input().text(LoadField.USERS).set("4");
        assertEquals("The engine is busy.", model.problemProperty().get());
    }

    @Test
    void theProblemOfAChangeLeavesWhileAnotherIsTyped() {
        model.start();
        model.changeLoad("many");
        assertEquals("Enter the load as a number.", model.changeProblemProperty().get());

        model.typing();

        assertEquals("", model.changeProblemProperty().get());
    }

    @Test
    void exportsNothingWithoutAResult(@TempDir Path parent) throws IOException {
        model.start();

        model.export(parent);

        try (var files = Files.list(parent)) {
            assertEquals(List.of(), files.toList());
        }
    }

    private Workload workload() {
        return model.form().workload().orElseThrow();
    }

    private void runTwice() {
        model.start();
        loads.last().end(Fakes.result(3));
        model.start();
        loads.last().end(Fakes.result(1));
    }

    @Test
    void aRefusalBecauseOfAnExperimentLeavesWithIt() {
        loads.refusal = "A comparison is running. Stop it or wait for its end.";
        loads.holder = "comparison";
        model.start();
        model.tick();
        assertEquals(loads.refusal, model.problemProperty().get());

        loads.holder = "";
        model.tick();

        assertEquals("", model.problemProperty().get());
    }
}
