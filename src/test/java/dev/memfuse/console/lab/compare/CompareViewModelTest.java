package dev.memfuse.console.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.memfuse.config.Tunables;
import dev.memfuse.config.profile.FileProfiles;
import dev.memfuse.config.schema.ConfigValues;
import dev.memfuse.console.Fakes;
import dev.memfuse.console.context.Lab;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.lab.forest.MetricRow;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.lab.compare.ComparisonPlan;
import dev.memfuse.lab.compare.ComparisonRun;
import dev.memfuse.lab.compare.EqualArms;
import dev.memfuse.lab.compare.report.ComparisonFiles;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.paired.Decision;
import dev.memfuse.lab.paired.Metric;
import dev.memfuse.lab.scenario.Scenarios;
import dev.memfuse.lab.trial.Arms;
import dev.memfuse.load.Workload;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareViewModelTest {
    @TempDir
    private Path folder;
    private final List<String> messages = new ArrayList<>();
    private final Tunables tunables = Fakes.tunables();
    private Lab lab;
    private Fakes.Comparisons comparisons;
    private CompareViewModel model;

    @BeforeEach
    void open() {
        lab = Fakes.lab(folder, tunables);
        comparisons = (Fakes.Comparisons) lab.comparisons();
        model = new CompareViewModel(lab, tunables, new DirectTaskRunner(), Runnable::run, messages::add);
        model.reload();
    }

    private boolean bypass() {
        return tunables.get().buffer().bypassMode();
    }

    private ComparisonPlan plan() {
        return comparisons.last().plan();
    }

    @Test
    void oneClickComparesTheBuffersWithAndWithoutBypassWithinFiveMinutes() {
        model.run();

        assertEquals(List.of("buffer.bypass_mode: false → true"), ResultView.differences(plan().differences()));
        assertEquals("add.p50", plan().primary().name());
        assertEquals(ComparisonPlan.QUICK_PAIRS, plan().pairs());
        assertTrue(plan().autoRate());
        assertTrue(plan().planned().toMinutes() < 5, plan().planned().toString());
    }

    @Test
    void offersTheSettingsAsTheyAreAndEveryProfile() {
        assertEquals(List.of(Arms.AS_IT_RUNS, "legacy"), model.form().profiles().subList(0, 2));
        assertTrue(model.form().profiles().contains("optimized"));
    }

    @Test
    void anArmIsAProfileWithSeveralSettingsOfItsOwn() {
        model.form().a().profileProperty().set("legacy");
        model.form().b().profileProperty().set("legacy");
        model.form().b().settingsProperty().set(" buffer.bypass_mode=true , postgres.pool_size=5,");
        model.form().a().settingsProperty().set("");

        model.run();

        assertEquals("legacy", plan().a().name());
        assertEquals("legacy, buffer.bypass_mode=true, postgres.pool_size=5", plan().b().name());
    }

    @Test
    void aScenarioIsTheLoadOfEachBlock() {
        model.form().load().chosenProperty().set("steady");

        model.run();

        Workload steady = Scenarios.shipped("steady").workload();
        assertEquals(steady.arrival(), plan().block().arrival());
        assertEquals(steady.duration(), plan().block().duration());
        assertFalse(plan().autoRate(), "the scenario has a rate");
        assertEquals("buffer.bypass_mode=true", plan().b().name(), "the arms stay without profiles in the scenario");
    }

    @Test
    void aScenarioFromAFileFillsTheArmsAndLiesBehindItsNetwork() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.yaml"), """
                                                                   name: Mine
                                                                   users: 3
                                                                   arrival: {model: poisson, rate: 20}
                                                                   mix: {add: 1, query: 0, list: 0}
                                                                   duration: 9s
                                                                   network: other-zone
                                                                   profiles: [legacy, optimized]
                                                                   """);
        model.form().load().open(file);

        assertEquals("legacy", model.form().a().profileProperty().get());
        assertEquals("optimized", model.form().b().profileProperty().get());
        model.run();
        assertEquals("legacy", plan().a().name());
        assertEquals(Duration.ofMillis(2), plan().a().config().network().roundTrip());
        assertEquals(Duration.ofMillis(2), plan().b().config().network().roundTrip());
    }

    @Test
    void aMetricThatTheLoadDoesNotHaveIsASentenceAtItsField() throws IOException {
        Path file = Files.writeString(folder.resolve("queries.yaml"),
                "name: Queries\nmix: {add: 0, query: 1, list: 0}\n");
        model.form().load().open(file);

        PlanCheck found = model.form().checkedProperty().get();
        assertEquals("The load has no operation for add.p50; choose another metric.", found.problemPrimary());
        assertTrue(found.metrics().stream().noneMatch(metric -> metric.name().startsWith("add.")));
        model.run();
        assertEquals(List.of(), comparisons.runs());

        model.form().primaryProperty().set(Metric.parse("query.p50"));
        assertTrue(model.form().checkedProperty().get().plan().isPresent());
    }

    @Test
    void aScenarioThatCannotBeComparedIsASentenceAtTheLoad() {
        model.form().load().chosenProperty().set("outage");
        assertTrue(model.form().checkedProperty().get().problemLoad().contains("faults"),
                model.form().checkedProperty().get().problemLoad());

        model.form().load().open(folder.resolve("missing.yaml"));
        assertTrue(model.form().checkedProperty().get().problemLoad().length() > 10);
        assertTrue(model.form().checkedProperty().get().plan().isEmpty());
    }

    @Test
    void theChosenMetricDecides() {
        model.form().primaryProperty().set(Metric.parse("query.p99"));

        model.run();

        assertEquals("query.p99", plan().primary().name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"buffer.bypas_mode=true", "buffer.bypass_mode", "buffer.bypass_mode=maybe",
            "postgres.pool_size=-3", "postgres.url=jdbc:postgresql://other/db", "=5"})
    void aWrongSettingIsASentenceAtItsFieldAndStartsNothing(String wrong) {
        model.form().b().settingsProperty().set(wrong);
        assertEquals("", model.form().checkedProperty().get().problemA().sentence());
        String problem = model.form().checkedProperty().get().problemB().sentence();
        assertTrue(problem.matches("(?s).{10,}[.?]"), problem);

        model.run();

        assertEquals(List.of(), comparisons.runs());
        assertEquals("Correct the marked fields first.", model.experiment().problemProperty().get());

        model.form().b().settingsProperty().set("");
        assertEquals("", model.form().checkedProperty().get().problemB().sentence());
    }

    @Test
    void aProfileThatVanishedIsAProblemOfItsArm() {
        model.form().a().profileProperty().set("vanished");

        assertTrue(model.form().checkedProperty().get().problemA().sentence().contains("vanished"),
                model.form().checkedProperty().get().problemA().sentence());
        assertTrue(model.form().checkedProperty().get().problemA().ofProfile());
        model.form().a().profileProperty().set(Arms.AS_IT_RUNS);
        model.form().a().settingsProperty().set("nothing=1");
        assertFalse(model.form().checkedProperty().get().problemA().ofProfile());
        assertFalse(model.form().checkedProperty().get().problemA().sentence().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "1001", "-8", "ten", "8.5", "99999999999"})
    void aWrongNumberOfPairsIsASentenceAtItsField(String wrong) {
        model.form().pairsProperty().set(wrong);

        assertEquals("Enter a whole number from 6 to 1,000.", model.form().checkedProperty().get().problemPairs());
        model.run();
        assertEquals(List.of(), comparisons.runs());
    }

    @Test
    void keysOfAProfileThatAreFixedAtStartAreNamed() {
        model.form().a().profileProperty().set("legacy");

        assertEquals(new Arms(new FileProfiles(folder), tunables.get()).notCompared(Optional.of("legacy")),
                model.form().checkedProperty().get().notCompared());
    }

    @Test
    void theRunButtonSaysPairsAndPlannedTime() {
        assertEquals("Run 10 pairs, about 4 min", CompareViewModel.runText(model.form().checkedProperty().get()));
    }

    @Test
    void theSmallestDifferenceOfThisMachineBelongsToThePlan() {
        comparisons.smallest = Optional.of(new EqualArms.Smallest(0.04, Instant.EPOCH));
        assertEquals(Optional.empty(), model.form().checkedProperty().get().smallest());

        model.form().pairsProperty().set("20");

        assertEquals(0.04, model.form().checkedProperty().get().smallest().orElseThrow().relative());
    }

    @Test
    void writesTheReportOfTheResultAndSaysWhyItCannot() throws IOException {
        Path file = folder.resolve("report").resolve("comparison.html");
        model.run();
        comparisons.last().end(SampleComparison.result(plan(), 10, 0.6, List.of()));
        ResultView shown = model.resultProperty().get();
        Map<String, Callable<String>> files = ComparisonFiles.of(shown.source(), shown.margin());
        assertEquals(List.of("csv", "html", "json"), List.copyOf(files.keySet()));

        model.files().text(file, Objects.requireNonNull(files.get("html")));

        assertTrue(Files.readString(file).contains("buffer.bypass_mode true instead of false: better, add.p50"));
        assertEquals(List.of("Written to " + file + "."), messages);

        model.files().text(folder, Objects.requireNonNull(files.get("csv")));

        assertTrue(model.experiment().problemProperty().get().startsWith("The file " + folder + " cannot be written"),
                model.experiment().problemProperty().get());
    }

    @Test
    void isReadyOnlyWithAReadyEngine() {
        model.experiment().engineState(new EngineState.Starting("Unpacking", 0));
        assertFalse(model.experiment().readyProperty().get());

        model.experiment().engineState(new EngineState.Ready("PostgreSQL 18"));
        assertTrue(model.experiment().readyProperty().get());
    }

    @Test
    void saysThatThereIsNoComparisonYet() {
        assertInstanceOf(PageState.Empty.class, model.experiment().stateProperty().get());
        assertNull(model.resultProperty().get());
    }

    @Test
    void showsPairArmPhaseTimeLeftAndTheIntervalSoFar() {
        model.run();
        assertTrue(model.experiment().runningProperty().get());
        assertEquals("Preparing", model.experiment().progressProperty().get().step());
        assertEquals("", model.experiment().progressProperty().get().interim());

        comparisons.last().progress = SampleComparison.progress(plan(), 7, 0.8);
        model.tick();

        RunningView now = model.experiment().progressProperty().get();
        assertEquals("Pair 8 of 10", now.title());
        assertEquals("Arm B, measuring", now.step());
        assertEquals("1:06 left", now.left());
        assertEquals(0.7, now.share(), 1e-9);
        assertTrue(now.interim().matches("buffer\\.bypass_mode true instead of false: add\\.p50 0\\.\\d\\dx "
                + "\\[0\\.\\d\\d, 0\\.\\d\\d\\]"), now.interim());
        assertEquals(7, now.figures().pairs().size());

        ComparisonRun.Status last = SampleComparison.progress(plan(), 10, 0.8);
        comparisons.last().progress = new ComparisonRun.Status(10, 0, "", Optional.empty(), Duration.ZERO,
                last.interim(), last.blocks());
        model.tick();

        assertEquals("Pair 10 of 10", model.experiment().progressProperty().get().title());
        assertEquals("Asking both arms the planted questions", model.experiment().progressProperty().get().step());
    }

    @Test
    void theArmsOfAComparisonThatWasStartedElsewhereAreShownAndFillAFormThatNobodyFilled() {
        model.run();
        ComparisonPlan own = plan();
        comparisons.last().end(SampleComparison.result(own, 7, 0.8, List.of()));

        comparisons.start(new ComparisonPlan(own.b(), own.a(), own.block(), own.autoRate(), own.primary(), own.pairs(),
                own.untilDecided(), own.margin(), own.recallTurns()));

        assertEquals("A: buffer.bypass_mode=true\nB: buffer.bypass_mode=false",
                model.experiment().progressProperty().get().arms());
        assertEquals("buffer.bypass_mode=true", model.form().a().settingsProperty().get());
        assertEquals("buffer.bypass_mode=false", model.form().b().settingsProperty().get());
    }

    @Test
    void typedArmsStayDuringAComparisonThatWasStartedElsewhere() {
        model.run();
        ComparisonPlan own = plan();
        comparisons.last().end(SampleComparison.result(own, 7, 0.8, List.of()));
        model.form().b().settingsProperty().set("postgres.pool_size=5");

        comparisons.start(own);

        assertEquals("buffer.bypass_mode=false", model.form().a().settingsProperty().get());
        assertEquals("postgres.pool_size=5", model.form().b().settingsProperty().get());
    }

    @Test
    void cancelEndsTheComparisonOnce() {
        model.run();

        model.cancel();

        assertTrue(comparisons.last().stopped);
        assertTrue(model.experiment().cancellingProperty().get());
        comparisons.last().end(SampleComparison.result(plan(), 7, 0.8, List.of()));
        assertFalse(model.experiment().cancellingProperty().get());
        assertEquals(List.of("The comparison was cancelled; this covers its pairs until then."),
                model.resultProperty().get().warnings());
    }

    @Test
    void showsTheResultWithVerdictMetricsCostsAndPairs() {
        model.run();

        comparisons.last().end(SampleComparison.result(plan(), 10, 0.6, List.of("Errors rose.")));

        assertFalse(model.experiment().runningProperty().get());
        assertEquals(PageState.READY, model.experiment().stateProperty().get());
        ResultView result = model.resultProperty().get();
        assertEquals(Decision.NOT_ENOUGH, result.decision());
        assertTrue(result.sentence().startsWith(
                "buffer.bypass_mode true instead of false: probably better, add.p50 0."), result.sentence());
        assertEquals(List.of("Errors rose."), result.warnings());
        assertEquals("add.p50", result.metrics().getFirst().metric());
        assertTrue(result.metrics().getFirst().primary());
        assertEquals("probably better", result.metrics().getFirst().verdict());
        assertEquals(Decision.NOT_ENOUGH, result.metrics().getFirst().shown(), "not as a good one");
        assertTrue(result.metrics().stream().noneMatch(MetricRow::cost));
        assertEquals(List.of("processor", "allocation", "leases", "transactions", "wal", "storing"),
                result.costs().stream().map(MetricRow::metric).toList());
        assertTrue(result.costs().getFirst().a().endsWith(" ms/op"), result.costs().getFirst().a());
        assertEquals(10, result.pairs().pairs().size());
        assertEquals("Recall@10: same (A 98.2 %, B 97.9 %, -0.3 [-0.8, 0.3] points, 320 questions).",
                result.recall().getFirst());
        assertEquals("A message is found after: A 132 ms, B 141 ms.", result.recall().getLast());
        assertEquals(List.of("add", "list", "query"), List.copyOf(result.spectra().keySet()));
        assertTrue(result.scale().contains(result.metrics().getFirst().estimate().low()));
    }

    @Test
    void aFailureSaysWhyAndOffersToRunAgain() {
        model.run();

        comparisons.last().fail("Block 1 of arm A failed: the database does not answer.");

        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.experiment().stateProperty().get());
        assertEquals("The comparison has no result. Block 1 of arm A failed: the database does not answer.",
                failed.problem());
        assertNotNull(failed.retry());
        failed.retry().run().run();
        assertEquals(2, comparisons.runs().size());
        assertEquals(PageState.READY, model.experiment().stateProperty().get());
    }

    @Test
    void aRefusedStartSaysWhyUntilTheNextStart() {
        comparisons.refusal = "A load is running. Stop it or wait for its end.";
        model.run();
        assertEquals(comparisons.refusal, model.experiment().problemProperty().get());

        comparisons.refusal = "";
        model.run();

        assertEquals("", model.experiment().problemProperty().get());
    }

    @Test
    void keepsTheSettingsOfBAndTakesThemBackWithoutTouchingOthers() {
        boolean before = bypass();
        model.form().b().settingsProperty().set("buffer.bypass_mode=" + !before);
        model.run();
        comparisons.last().end(SampleComparison.result(plan(), 10, 0.6, List.of()));

        model.keep();
        assertEquals(!before, bypass());
        assertNotNull(model.keptProperty().get());

        tunables.apply("Flags page", now -> ConfigValues.with(now, "postgres.pool_size", 17));
        model.revert();

        assertEquals(before, bypass());
        assertEquals(17, tunables.get().postgres().poolSize());
        assertNull(model.keptProperty().get());
        assertEquals(List.of("B is in force: buffer.bypass_mode=" + !before + ".",
                "The settings from before B are in force again."), messages);
    }

    @Test
    void armsThatRestartTheServerSayHowOftenShowItAndLeaveItToTheDatabasePage() {
        String buffers = "postgres.server.shared_buffers";
        model.form().a().settingsProperty().set("");
        model.form().b().settingsProperty().set(buffers + "=64MB");
        model.run();
        assertEquals(Optional.of(buffers + " takes effect when PostgreSQL starts, so each block begins with a fresh "
                + "server: 31 restarts, about 31 s of the time."), plan().restartNote());
        assertTrue(plan().block().warmup().isFixed());

        comparisons.last().progress = new ComparisonRun.Status(0, 2, "B", true, Optional.empty(),
                Duration.ofMinutes(4), Optional.empty(), List.of());
        model.tick();
        assertEquals("Arm B, restarting PostgreSQL", model.experiment().progressProperty().get().step());

        comparisons.last().end(SampleComparison.result(plan(), 10, 0.6, List.of()));
        model.keep();
        assertNull(model.keptProperty().get());
        assertEquals(List.of(buffers + " takes effect when PostgreSQL starts: set it on the Database page."), messages);
    }

    @Test
    void nothingIsKeptWithoutAResult() {
        boolean before = bypass();
        model.keep();
        model.run();
        model.keep();

        assertEquals(before, bypass());
        assertEquals(List.of(), messages);
    }

    @Test
    void theSwitchesOfARunningComparisonDoNotChangeTheForm() {
        model.run();
        PlanCheck shown = model.form().checkedProperty().get();

        tunables.apply("comparison, arm B", now -> ConfigValues.with(now, "postgres.pool_size", 17));

        assertEquals(shown, model.form().checkedProperty().get());
    }

    @Test
    void findsAComparisonThatRunsAlready() {
        model.run();

        CompareViewModel second = new CompareViewModel(lab, tunables, new DirectTaskRunner(), Runnable::run,
                messages::add);
        assertTrue(second.experiment().runningProperty().get());
        comparisons.last().end(SampleComparison.result(plan(), 10, 0.6, List.of()));

        assertNotNull(second.resultProperty().get());
    }

    @Test
    void showsARecordedComparisonWhoseSettingsAreNotPutInForce() {
        boolean before = bypass();
        model.run();
        ComparisonPlan plan = plan();
        comparisons.last().end(SampleComparison.result(plan, 10, 0.6, List.of()));

        model.show(new RecordedResults.Comparison(SampleComparison.result(plan, 10, 1.6, List.of()), 0.05, 12));

        assertEquals(Decision.WORSE, model.resultProperty().get().decision());
        assertEquals(12, model.resultProperty().get().pairs().planned());
        assertEquals(0.05, model.resultProperty().get().margin());
        model.keep();
        assertEquals(before, bypass());
    }

    @Test
    void aRefusalBecauseOfALoadLeavesWithTheLoad() {
        comparisons.refusal = "A load is running. Stop it or wait for its end.";
        comparisons.blocked = true;
        model.run();
        model.experiment().tick();
        assertEquals(comparisons.refusal, model.experiment().problemProperty().get());

        comparisons.blocked = false;
        model.experiment().tick();

        assertEquals("", model.experiment().problemProperty().get());
    }
}
