package dev.memfuse.store.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// A data folder for the servers of one test, deleted when closed. The unpacked programs are shared with the other
/// tests by a link, since unpacking is tested once and takes seconds.
record TestFolder(Path path) implements AutoCloseable {
    static TestFolder create() throws IOException {
        Path parent = TestServer.folder();
        Files.createDirectories(parent.resolve("programs"));
        Path path = Files.createTempDirectory(parent, "data-");
        Files.createSymbolicLink(path.resolve("programs"), parent.resolve("programs"));
        return new TestFolder(path);
    }

    ServerOptions options() {
        return ServerOptions.keptIn(path).withExitGrace(Duration.ZERO);
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
}
