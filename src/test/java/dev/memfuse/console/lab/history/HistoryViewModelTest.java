package dev.memfuse.console.lab.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.lab.history.RecordedResults;
import dev.memfuse.lab.scenario.Scenario;
import dev.memfuse.lab.scorecard.SampleScorecard;
import dev.memfuse.lab.sweep.SampleSweep;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.load.recording.Recordings;
import dev.memfuse.load.recording.SideBySide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryViewModelTest {
    private static final List<Double> VALUES = List.of(1.0, 2.0, 4.0, 8.0, 16.0, 32.0);

    @TempDir
    private Path folder;
    private final List<String> messages = new ArrayList<>();
    private final List<Object> opened = new ArrayList<>();
    private long limit = 1L << 30;
    private boolean browser = true;
    private Recordings recordings;
    private HistoryViewModel model;

    @BeforeEach
    void open() {
        recordings = new Recordings(folder.resolve("recordings"));
        model = new HistoryViewModel(recordings, () -> limit, new DirectTaskRunner(), Runnable::run,
                new HistoryTargets(opened::add, opened::add, opened::add, opened::add, opened::add, opened::add,
                        opened::add, opened::add,
                        file -> {
                            opened.add(file);
                            return browser;
                        }),
                messages::add);
    }

    private void select(Manifest... manifests) {
        List<String> ids = Arrays.stream(manifests).map(Manifest::id).toList();
        model.select(model.rows().stream().filter(row -> ids.contains(row.id())).toList());
    }

    private List<String> ids() {
        return model.rows().stream().map(HistoryRow::id).toList();
    }

    private String problem() {
        return model.problemProperty().get();
    }

    @Test
    void readsFirstThenSaysThatThereIsNothingYet() {
        assertInstanceOf(PageState.Loading.class, model.stateProperty().get());

        model.refresh();

        assertInstanceOf(PageState.Empty.class, model.stateProperty().get());
    }

    @Test
    void aFolderThatCannotBeReadIsAFailureThatCanBeRetried() {
        List<String> problems = new ArrayList<>(List.of("The folder cannot be read: no permission."));
        TaskRunner failing = new TaskRunner() {
            @Override
            public <T> Task<T> call(String name, Callable<T> work) {
                return new DirectTaskRunner().call(name, () -> {
                    if (!problems.isEmpty()) {
                        throw new UncheckedIOException(problems.getFirst(), new IOException());
                    }
                    return work.call();
                });
            }
        };
        HistoryViewModel broken = new HistoryViewModel(recordings, () -> limit, failing, Runnable::run,
                new HistoryTargets(opened::add, opened::add, opened::add, opened::add, opened::add, opened::add,
                        opened::add, opened::add,
                        _ -> true),
                messages::add);

        broken.refresh();

        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, broken.stateProperty().get());
        assertEquals("The folder cannot be read: no permission.", failed.problem());
        problems.clear();
        Objects.requireNonNull(failed.retry()).run().run();
        assertInstanceOf(PageState.Empty.class, broken.stateProperty().get());
    }

    @Test
    void aRecordingAppearsWithTimeKindNameVerdictFiguresAndSize() {
        model.refresh();
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);

        HistoryRow row = model.rows().getFirst();
        assertEquals(sweep.id(), row.id());
        assertEquals("Sweep", row.kind());
        assertEquals("Sweep of postgres.pool_size", row.name());
        assertEquals("measured", row.verdict());
        assertTrue(row.figures().startsWith("throughput at 1 "), row.figures());
        assertTrue(row.size().endsWith("KiB"), row.size());
        assertTrue(row.when().matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d"), row.when());
        assertEquals(PageState.READY, model.stateProperty().get());
    }

    @Test
    void aRecordedLoadGoesIntoTheFormOfTheLoadPage() {
        Manifest load = SampleRecordings.load(recordings);
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        select(sweep);
        model.loadAgain();
        assertEquals(List.of(), opened, "a sweep has no form of a load");

        select(load);
        model.loadAgain();

        assertEquals("", problem());
        assertInstanceOf(Scenario.class, opened.getFirst());
        assertTrue(messages.getLast().contains("replay " + load.id()), messages.toString());
    }

    @Test
    void theFilterChoosesByTextKindAndPin() {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        Manifest scorecard = SampleRecordings.scorecard(recordings);
        model.refresh();
        assertEquals(2, model.rows().size());

        model.filter().textProperty().set("pool_SIZE");
        assertEquals(List.of(sweep.id()), ids());
        model.filter().textProperty().set("");
        model.filter().kindProperty().set(Optional.of(RecordingKind.SCORECARD));
        assertEquals(List.of(scorecard.id()), ids());
        model.filter().clear();
        model.filter().pinnedProperty().set(true);
        assertEquals(List.of(), ids());
        assertEquals(PageState.READY, model.stateProperty().get());
    }

    @Test
    void eachKindIsOpenedInItsPageAndALoadAsAReport() throws IOException {
        Manifest comparison = SampleRecordings.comparison(recordings, folder, 0.6);
        Manifest scorecard = SampleRecordings.scorecard(recordings);
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        Manifest load = SampleRecordings.load(recordings);
        model.refresh();

        for (Manifest manifest : List.of(comparison, scorecard, sweep, load)) {
            select(manifest);
            model.open();
            assertEquals("", problem());
        }

        assertEquals(new RecordedResults(recordings).comparison(comparison.id()), opened.getFirst());
        assertEquals(SampleScorecard.result(8), opened.get(1));
        assertEquals(SampleSweep.result("postgres.pool_size", VALUES, null), opened.get(2));
        Path page = (Path) opened.getLast();
        assertTrue(Files.readString(page).contains("MemFuse load report"));
        assertEquals("The report is open in the browser.", messages.getLast());

        browser = false;
        model.open();
        assertTrue(messages.getLast().startsWith("The report is in "), messages.getLast());
    }

    @Test
    void anObservationIsDrawnBeneathTheLiveChartsAndIsNoLoadToRunAgain() {
        Manifest observation = SampleRecordings.observation(recordings);
        model.refresh();
        select(observation);

        assertTrue(model.hasCourse());
        assertFalse(model.isLoad());
        model.open();
        model.asBaseline();

        assertEquals(List.of(observation, observation), opened);
        assertEquals("", problem());
    }

    @Test
    void aDamagedRecordingIsNamedCannotBeOpenedAndCanBeDeleted() throws IOException {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        Files.delete(recordings.folder().resolve(sweep.id()).resolve("result.json"));
        model.refresh();
        HistoryRow row = model.rows().getFirst();
        assertEquals("Damaged", row.kind());
        assertEquals("The file result.json is missing.", row.figures());

        model.select(List.of(row));
        model.open();
        assertEquals(List.of(), opened);
        model.askDelete();
        model.delete();

        assertEquals(List.of(), ids());
        assertInstanceOf(PageState.Empty.class, model.stateProperty().get());
    }

    @Test
    void nameNoteAndTagsAreStoredAsTyped() {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        select(sweep);
        model.form().nameProperty().set("  Pool on the new machine ");
        model.form().noteProperty().set("with 8 processors");
        model.form().tagsProperty().set("pool, nightly  pool");

        model.save();

        Manifest stored = recordings.open(sweep.id());
        assertEquals("Pool on the new machine", stored.name());
        assertEquals("with 8 processors", stored.note());
        assertEquals(List.of("pool", "nightly"), stored.tags());
        assertEquals(List.of(sweep.id()), model.selectedProperty().get().stream().map(HistoryRow::id).toList());
        assertEquals("pool nightly", model.rows().getFirst().tags());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines"})
    void aNameThatIsNotAllowedSaysWhyAndStaysTyped(String wrong) {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        select(sweep);
        model.form().nameProperty().set(wrong);

        model.save();

        assertEquals("A name has 1 to 200 characters in one line.", problem());
        assertEquals(wrong, model.form().nameProperty().get());
        assertEquals(sweep.name(), recordings.open(sweep.id()).name());
    }

    @Test
    void whatIsTypedStaysWhileOtherRecordingsAppear() {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        select(sweep);
        model.form().noteProperty().set("half a sen");

        SampleRecordings.scorecard(recordings);
        recordings.update(sweep.id(), manifest -> manifest.withName("Renamed elsewhere"));

        assertEquals(2, model.rows().size());
        assertEquals("half a sen", model.form().noteProperty().get());
        assertEquals("Renamed elsewhere", model.form().nameProperty().get());
    }

    @Test
    void aPinIsStoredAndShown() {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        select(sweep);

        model.pin(true);
        assertTrue(recordings.open(sweep.id()).pinned());
        assertTrue(model.rows().getFirst().pinned());
        model.pin(false);
        assertFalse(model.rows().getFirst().pinned());
    }

    @Test
    void nothingIsDeletedBeforeTheQuestionIsAnswered() {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        Manifest scorecard = SampleRecordings.scorecard(recordings);
        recordings.update(scorecard.id(), manifest -> manifest.withPinned(true));
        model.refresh();
        select(sweep);
        model.delete();
        assertEquals(2, model.rows().size());

        model.askDelete();
        assertEquals("Delete \"Sweep of postgres.pool_size\"? This cannot be undone.", model.questionProperty().get());
        model.keep();
        model.delete();
        assertEquals(2, model.rows().size());

        select(sweep, scorecard);
        model.askDelete();
        assertEquals("Delete 2 recordings, 1 of them pinned? This cannot be undone.", model.questionProperty().get());
        select(sweep);
        assertEquals("", model.questionProperty().get(), "another selection takes the question back");
        select(scorecard);
        model.askDelete();
        model.delete();
        assertEquals(List.of(sweep.id()), ids());
        assertEquals("1 recording deleted.", messages.getLast());
    }

    @Test
    void aRecordingGoesThroughOneFileToAnotherMachine() {
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        select(sweep);
        Path file = folder.resolve("sweep.zip");
        model.exportTo(file);
        assertEquals("Written to " + file + ".", messages.getLast());
        model.importFrom(file);
        assertEquals("The recording " + sweep.id() + " is present already.", problem());
        model.askDelete();
        model.delete();

        model.importFrom(file);

        assertEquals(List.of(sweep.id()), ids());
        assertEquals("", problem());
        model.importFrom(folder.resolve("missing.zip"));
        assertFalse(problem().isEmpty());
    }

    @Test
    void twoAreLaidSideBySideTheOlderFirstAndNoVerdict() {
        Manifest scorecard = SampleRecordings.scorecard(recordings);
        Manifest sweep = SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        select(sweep);
        model.compare();
        assertNull(model.sideBySideProperty().get());

        select(scorecard, sweep);
        model.compare();

        SideBySide both = model.sideBySideProperty().get();
        assertEquals(both.a().figures().size() + both.b().figures().size(), both.rows().size());
        select(sweep);
        assertNull(model.sideBySideProperty().get());
    }

    @Test
    void retentionSaysHowMuchRoomIsTakenAndWhatIsRemoved() {
        SampleRecordings.sweep(recordings, VALUES);
        model.refresh();
        assertTrue(
                model.retentionProperty().get().matches("1 recording, [\\d.]+ KiB of at most 1 GiB\\. The oldest that "
                        + "are not pinned are removed when a new one needs the room\\."),
                model.retentionProperty().get());

        limit = 0;
        model.refresh();
        assertTrue(
                model.retentionProperty().get().endsWith("New runs are not recorded, since load.recordings_mib is 0."));
    }
}
