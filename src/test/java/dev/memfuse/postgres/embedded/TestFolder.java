package dev.memfuse.postgres.embedded;

import static dev.memfuse.store.EngineFixture.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import dev.memfuse.file.FolderRemoval;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.store.Migrations;

/// A data folder for the servers of one test, deleted on close. The unpacked programs are a link to those of the other
/// tests, since unpacking takes seconds and has its own test. The servers run without `fsync`, since no data needs to
/// survive a crash of the machine.
record TestFolder(Path path) implements AutoCloseable {
    /// Creates an empty folder.
    static TestFolder create() throws IOException {
        Path parent = TestServer.folder();
        Files.createDirectories(parent.resolve(TestServer.PROGRAMS));
        Path path = Files.createTempDirectory(parent, "data-");
        ServerAccount account = ServerAccount.ofThisProcess();
        if (account.isForeign()) {
            account.handOver(path);
        }
        Files.createSymbolicLink(path.resolve(TestServer.PROGRAMS), parent.resolve(TestServer.PROGRAMS));
        return new TestFolder(path);
    }

    /// Creates a folder with the cluster of a server that was started once, got the schema of this version and was
    /// closed: a copy of one that all tests share.
    static TestFolder withCluster() throws IOException {
        TestFolder folder = create();
        Path original = Original.FOLDER;
        ServerAccount account = ServerAccount.ofThisProcess();
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(file -> !file.equals(original) && !file.endsWith(TestServer.PROGRAMS))
                    .toList()) {
                Path copy = folder.path().resolve(original.relativize(file));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
                if (copy.startsWith(folder.cluster())) {
                    account.handOver(copy);
                }
            }
        }
        return folder;
    }

    ServerOptions options() {
        return ServerOptions.keptIn(path).withSettings(Map.of("fsync", "off")).withExitGrace(Duration.ZERO);
    }

    EmbeddedServer start() {
        return EmbeddedServer.start(options(), progress -> {});
    }

    Path cluster() {
        return new ServerFolder(path).cluster();
    }

    @Override
    public void close() throws IOException {
        PostmasterPid.read(cluster()).ifPresent(PostmasterPid::kill);
        await("the end of the processes that write in " + path, this::isRemoved);
    }

    /// Killed processes may still create a file between the deletion of the others and that of their folder.
    private boolean isRemoved() {
        try {
            FolderRemoval.remove(path);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Original {
        static final Path FOLDER = create();

        private static Path create() {
            try {
                TestFolder original = TestFolder.create();
                try (EmbeddedServer server = original.start()) {
                    TestServer.simplifyPassword(server);
                    Migrations.apply(server.target());
                }
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(original)));
                return original.path();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void remove(TestFolder original) {
            try {
                original.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
