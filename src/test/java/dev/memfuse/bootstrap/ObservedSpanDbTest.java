package dev.memfuse.bootstrap;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.console.context.Lab;
import dev.memfuse.engine.host.EngineState;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.load.recording.Manifest;
import dev.memfuse.load.recording.RecordingKind;
import dev.memfuse.log.ProgramLog;
import dev.memfuse.metrics.span.TimeSpan;
import dev.memfuse.postgres.embedded.TestServer;
import dev.memfuse.postgres.probe.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A span is recorded whatever happens to engine, database and folder meanwhile: it is of the past.
@Tag("db")
class ObservedSpanDbTest {
    @TempDir
    private Path folder;
    private TestServer.TestDatabase place;
    private AppGraph graph;
    private Lab lab;

    @BeforeEach
    void start() throws Exception {
        place = TestServer.newDatabase();
        graph = new AppGraph(
                new LaunchOptions(Optional.empty(), Optional.empty(), Map.of("postgres.url", place.jdbcUrl()),
                        Optional.empty(), Optional.of(folder), false, List.of()),
                new ProgramLog(),
                () -> new Credentials(Optional.of(place.user()), Optional.of(place.password())));
        graph.host().start();
        await("the engine is ready", () -> graph.host().state() instanceof EngineState.Ready);
        graph.host().engine().orElseThrow().createUser("alice");
        await("a second was measured", () -> !graph.metrics().slices().all().isEmpty());
        lab = graph.lab().services();
    }

    @AfterEach
    void close() {
        graph.close();
    }

    private Manifest record() {
        Instant from = graph.metrics().slices().all().getFirst().from();
        return lab.observe().apply(new TimeSpan(from, graph.metrics().slices().all().getLast().to()));
    }

    @Test
    void severalAtOnceWhileTheEngineMovesToAnotherDatabase() throws Exception {
        TestServer.TestDatabase other = TestServer.newDatabase();

        CompletableFuture<Void> moved = graph.host().connect(other.jdbcUrl());
        List<CompletableFuture<Manifest>> made = Stream.generate(
                () -> CompletableFuture.supplyAsync(this::record, Thread::startVirtualThread)).limit(3).toList();
        moved.get(60, TimeUnit.SECONDS);

        Set<String> ids = made.stream().map(CompletableFuture::join).map(Manifest::id).collect(Collectors.toSet());
        assertEquals(3, ids.size());
        for (String id : ids) {
            assertEquals(RecordingKind.OBSERVATION, lab.recordings().open(id).kind());
        }
    }

    @Test
    void whenTheDatabaseIsGoneAndTheFolderDeleted() throws Exception {
        Manifest before = record();
        TestServer.TestDatabase other = TestServer.newDatabase();
        try (Connection connection = other.connect(); Statement statement = connection.createStatement()) {
            String name = place.jdbcUrl().substring(place.jdbcUrl().lastIndexOf('/') + 1);
            statement.execute("DROP DATABASE \"" + name + "\" WITH (FORCE)");
        }
        FolderRemoval.remove(lab.recordings().folder());

        Manifest after = record();

        assertEquals(List.of(after.id()), lab.recordings().list().stream().map(entry -> entry.id()).toList());
        assertTrue(!after.id().equals(before.id()), after.id());
    }
}
