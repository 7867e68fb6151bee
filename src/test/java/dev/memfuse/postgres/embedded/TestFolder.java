package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import dev.memfuse.file.FolderRemoval;
import dev.memfuse.postgres.program.ServerAccount;

/// A data folder for the servers of one test, deleted when closed. The unpacked programs are shared with the other
/// tests by a link, since unpacking is tested once and takes seconds. Nothing here survives the machine, so the
/// servers run without `fsync`.
record TestFolder(Path path) implements AutoCloseable {
    private static final String PROGRAMS = "programs";

    /// An empty folder.
    static TestFolder create() throws IOException {
        Path parent = TestServer.folder();
        Files.createDirectories(parent.resolve(PROGRAMS));
        Path path = Files.createTempDirectory(parent, "data-");
        ServerAccount account = ServerAccount.ofThisProcess();
        if (account.isForeign()) {
            account.handOver(path);
        }
        Files.createSymbolicLink(path.resolve(PROGRAMS), parent.resolve(PROGRAMS));
        return new TestFolder(path);
    }

    /// A folder as a server leaves it that was started once and closed: a copy of one that was made for all.
    static TestFolder withCluster() throws IOException {
        TestFolder folder = create();
        Path original = Original.FOLDER;
        ServerAccount account = ServerAccount.ofThisProcess();
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : files.filter(file -> !file.equals(original) && !file.endsWith(PROGRAMS)).toList()) {
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
        FolderRemoval.remove(path);
    }

    private static final class Original {
        static final Path FOLDER = make();

        private static Path make() {
            try {
                TestFolder original = create();
                original.start().close();
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
