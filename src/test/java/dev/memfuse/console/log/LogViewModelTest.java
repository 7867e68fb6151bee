package dev.memfuse.console.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import dev.memfuse.config.section.LogLevel;
import dev.memfuse.console.fx.DirectTaskRunner;
import dev.memfuse.console.fx.FileOpener;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.PageState;
import dev.memfuse.console.fx.PageTools;
import dev.memfuse.console.fx.TaskRunner;
import dev.memfuse.console.log.LogViewModel.Direction;
import dev.memfuse.log.LogEntry;
import dev.memfuse.log.LogLocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogViewModelTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path folder;
    private final List<Integer> revealed = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final List<LogViewModel> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (LogViewModel model : open) {
            model.close();
        }
    }

    private Path file() {
        return folder.resolve("logs").resolve("memfuse.log");
    }

    private SampleLog log() {
        return new SampleLog(file(), START);
    }

    private LogViewModel model() {
        return model(LogLocation.at(file()), new DirectTaskRunner(), _ -> false);
    }

    private LogViewModel model(LogLocation location, TaskRunner tasks, FileOpener opener) {
        LogViewModel model = new LogViewModel(location, new PageTools(tasks, said::add), opener,
                Clock.fixed(START, ZoneOffset.UTC));
        model.onReveal(revealed::add);
        open.add(model);
        return model;
    }

    /// Reads what was added; the newest entry is held back at first.
    private static void read(LogViewModel model) {
        model.tick();
        model.tick();
    }

    private static List<String> texts(LogViewModel model) {
        return model.entries().stream().map(LogEntry::text).toList();
    }

    @Test
    void showsTheEndOfTheFileAndFollowsWhatIsAdded() {
        SampleLog log = log().add("one").add("two");
        LogViewModel model = model();
        model.shown();
        assertEquals(List.of("one", "two"), texts(model));
        assertEquals(1, revealed.getLast());

        log.add("three");
        read(model);

        assertEquals(List.of("one", "two", "three"), texts(model));
        assertEquals(2, revealed.getLast());
        assertEquals("3 of 3 entries", model.countsProperty().get());
    }

    @Test
    void standsStillWhileItDoesNotFollowAndGoesToTheEndWhenItDoesAgain() {
        SampleLog log = log().add("one");
        LogViewModel model = model();
        model.shown();
        model.followProperty().set(false);
        revealed.clear();
        log.add("two");
        read(model);
        assertEquals(List.of(), revealed);
        assertEquals(2, model.entries().size());

        model.followProperty().set(true);

        assertEquals(List.of(1), revealed);
    }

    @Test
    void readsTheEndAnewWhenThePageIsShownAgain() {
        SampleLog log = log().add("one");
        LogViewModel model = model();
        model.shown();
        for (int i = 0; i < 5; i++) {
            log.add("more " + i);
        }

        model.shown();

        assertEquals(6, model.entries().size());
        assertEquals(5, revealed.getLast());
    }

    @Test
    void saysThatThereIsNoFile() {
        LogViewModel model = model(LogLocation.none("The disk is read-only."), new DirectTaskRunner(), _ -> true);
        model.shown();
        model.showMoment(START);

        assertEquals(new PageState.Failed("This process has no log file", "The disk is read-only.", "", null),
                model.stateProperty().get());
    }

    @Test
    void anEmptyFileIsNotALoadingOne() {
        List<Runnable> tasks = new ArrayList<>();
        log();
        LogViewModel model = model(LogLocation.at(file()), later(tasks), _ -> true);
        model.shown();
        assertInstanceOf(PageState.Loading.class, model.stateProperty().get());

        tasks.removeFirst().run();

        assertInstanceOf(PageState.Empty.class, model.stateProperty().get());
    }

    private static TaskRunner later(List<Runnable> tasks) {
        TaskRunner direct = new DirectTaskRunner();
        return new TaskRunner() {
            @Override
            public <T> Task<T> call(String name, Callable<T> work) {
                Task<T> task = direct.call(name, work);
                return new Task<>() {
                    @Override
                    public Task<T> onSuccess(Consumer<T> consumer) {
                        task.onSuccess(consumer);
                        return this;
                    }

                    @Override
                    public Task<T> onFailure(Consumer<Throwable> consumer) {
                        task.onFailure(consumer);
                        return this;
                    }

                    @Override
                    public void start() {
                        tasks.add(task::start);
                    }
                };
            }
        };
    }

    @Test
    void aFileThatCannotBeReadIsTriedAgain() {
        LogViewModel model = model();
        model.shown();
        PageState.Failed failed = assertInstanceOf(PageState.Failed.class, model.stateProperty().get());
        assertEquals(file() + ": the file does not exist. The page keeps trying.", failed.advice());

        log().add("one");
        model.tick();

        assertEquals(PageState.READY, model.stateProperty().get());
    }

    @Test
    void whatWasReadStaysWhenTheFileIsGoneAndSaysSinceWhen() throws IOException {
        log().add("one");
        LogViewModel model = model();
        model.shown();
        Files.delete(file());
        model.tick();

        assertEquals(new PageState.Stale("Not read since " + Formats.timeOfDay(START) + ": the file does not exist."),
                model.stateProperty().get());

        log().add("two");
        read(model);

        assertEquals(PageState.READY, model.stateProperty().get());
        assertEquals(List.of("one", "two"), texts(model));
    }

    @Test
    void filtersByLevelAndByComponent() {
        log().add("plain").add(LogLevel.WARN, "main", "Pool", "small", "")
                .add(LogLevel.ERROR, "main", "Engine", "failed", "").add(LogLevel.DEBUG, "main", "Pool", "fine", "");
        LogViewModel model = model();
        model.shown();

        model.levelProperty().set(LogLevel.WARN);
        assertEquals(List.of("small", "failed"), texts(model));
        model.componentProperty().set("Pool");
        assertEquals(List.of("small"), texts(model));
        assertEquals("1 of 4 entries", model.countsProperty().get());
        assertEquals(List.of("Engine", "Pool"), model.components());
        model.levelProperty().set(LogLevel.ERROR);
        assertEquals(List.of(), texts(model));
        model.clearFilter();

        assertEquals(4, model.entries().size());
        assertEquals(PageState.READY, model.stateProperty().get());
    }

    @Test
    void searchesForwardAndBackwardAndGoesOnAtTheOtherEnd() {
        log().add("Alpha").add("beta").add("ALPHA beta").add("gamma");
        LogViewModel model = model();
        model.shown();
        model.searchProperty().set("alpha");
        assertEquals("2 matches", model.matchesProperty().get());

        revealed.clear();
        model.searchFrom(-1, Direction.NEXT);
        model.searchFrom(0, Direction.NEXT);
        assertEquals("2 of 2", model.matchesProperty().get());
        model.searchFrom(2, Direction.NEXT);
        model.searchFrom(0, Direction.PREVIOUS);

        assertEquals(List.of(0, 2, 0, 2), revealed);
        assertFalse(model.followProperty().get());
        model.searchProperty().set("nowhere");
        assertEquals("No match", model.matchesProperty().get());
        model.searchFrom(0, Direction.NEXT);
        assertEquals(4, revealed.size());
    }

    @Test
    void searchesInStackTracesAndInTheShownEntriesAlone() {
        log().add(LogLevel.ERROR, "main", "Engine", "failed", "java.lang.Error: Quorvexil").add("Quorvexil")
                .add(LogLevel.ERROR, "main", "Pool", "failed", "");
        LogViewModel model = model();
        model.shown();
        model.levelProperty().set(LogLevel.ERROR);

        model.searchProperty().set("quorvexil");

        assertEquals("1 match", model.matchesProperty().get());
    }

    @Test
    void jumpsToTheLastEntryBeforeAMoment() {
        SampleLog log = log();
        for (int i = 0; i < 10; i++) {
            log.add("line " + i);
        }
        LogViewModel model = model();
        model.shown();

        model.showMoment(START.plusMillis(4_500));

        assertEquals(4, revealed.getLast());
        assertFalse(model.followProperty().get());
        assertEquals("", model.partProperty().get());
    }

    @Test
    void aMomentAskedForBeforeTheFileIsReadIsShownThen() {
        log().add("one").add("two").add("three");
        LogViewModel model = model();

        model.showMoment(START.plusSeconds(1));

        assertEquals(List.of(1), revealed);
    }

    @Test
    void readsAnOlderMomentFromTheRolledFileAndReturnsToTheEnd() throws IOException {
        SampleLog log = log();
        for (int i = 0; i < 3; i++) {
            log.add("old " + i);
        }
        Files.move(file(), file().resolveSibling("memfuse.2026-03-01.0.log"));
        new SampleLog(file(), START.plusSeconds(3600)).add("x".repeat(5 << 20)).add("new");
        LogViewModel model = model();
        model.shown();
        assertEquals(List.of("new"), texts(model));

        model.showMoment(START.plusSeconds(1));
        assertEquals(List.of("old 0", "old 1", "old 2"), texts(model));
        assertEquals(1, revealed.getLast());
        assertTrue(model.partProperty().get().startsWith("Older part of the log"), model.partProperty().get());
        read(model);
        assertEquals(3, model.entries().size());

        model.followProperty().set(true);

        assertEquals(List.of("new"), texts(model));
        assertEquals("", model.partProperty().get());
    }

    @Test
    void keepsABoundedNumberOfEntriesAndStandsStillWhenTheyAreReadOver() {
        List<LogEntry> many = new ArrayList<>();
        for (int i = 0; i < LogViewModel.MOST_ENTRIES + 500; i++) {
            many.add(new LogEntry(START, LogLevel.INFO, "main", "Engine", "line " + i, ""));
        }
        SampleLog log = log();
        write(many);
        LogViewModel model = model();
        model.shown();
        assertEquals(LogViewModel.MOST_ENTRIES, model.entries().size());
        log.add("one more").add("and another");
        read(model);
        assertEquals(LogViewModel.MOST_ENTRIES, model.entries().size());
        assertEquals("and another", model.entries().getLast().text());

        model.followProperty().set(false);
        log.add("unread");
        read(model);

        assertEquals("and another", model.entries().getLast().text());
        assertEquals(new PageState.Stale("The list is full and stands still. Follow reads on."),
                model.stateProperty().get());
        model.followProperty().set(true);
        read(model);
        assertEquals(PageState.READY, model.stateProperty().get());
        assertEquals("unread", model.entries().getLast().text());
    }

    private void write(List<LogEntry> entries) {
        try {
            Files.writeString(file(), LogViewModel.text(entries) + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void saysWhereTheFileIsWhenThereIsNoDesktop() {
        log().add("one");
        model().openFile();

        assertEquals(List.of("There is no desktop to open it with. The log is " + file()), said);
    }

    @Test
    void opensTheFileWithTheDesktop() {
        log().add("one");
        List<Path> opened = new ArrayList<>();
        model(LogLocation.at(file()), new DirectTaskRunner(), opened::add).openFile();

        assertEquals(List.of(file()), opened);
        assertEquals(List.of(), said);
    }

    @Test
    void copiesEntriesAsTheyStandInTheFile() throws IOException {
        log().add("one").add(LogLevel.ERROR, "main", "Engine", "failed", "java.lang.Error: x\n\tat y");
        LogViewModel model = model();
        model.shown();

        assertEquals(Files.readString(file()).strip(), LogViewModel.text(model.entries()));
    }
}
