package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import dev.memfuse.file.FolderRemoval;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerStartException;
import dev.memfuse.postgres.program.SharedFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of one server, held for us alone until closed. A throw-away folder is deleted then.
final class ServerLocation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLocation.class);
    private static final Object TAKING = new Object();

    private final ServerFolder folder;
    private final InstanceLock lock;
    private final boolean throwAway;

    private ServerLocation(ServerFolder folder, InstanceLock lock, boolean throwAway) {
        this.folder = folder;
        this.lock = lock;
        this.throwAway = throwAway;
    }

    ServerFolder folder() {
        return folder;
    }

    /// @throws ServerStartException when another program uses the folder
    static ServerLocation take(ServerOptions options, ServerAccount account) throws IOException {
        Path root = options.dataDirectory();
        DataDirectories.create(root, account);
        if (options.ephemeral()) {
            return takeThrowAway(root.resolve("ephemeral"), account);
        }
        var folder = new ServerFolder(root);
        InstanceLock lock = InstanceLock.tryTake(folder.lock()).orElseThrow(() -> inUse(folder));
        return new ServerLocation(folder, lock, false);
    }

    private static ServerStartException inUse(ServerFolder folder) {
        return new ServerStartException(
                "MemFuse is already running (" + InstanceLock.holder(folder.lock()) + ") with the data in "
                        + folder.root()
                        + ".",
                "Close it first, or start this one with --ephemeral or with another folder (--data-dir).");
    }

    /// One process at a time makes or sweeps throw-away folders: none is swept before its maker has locked it.
    private static ServerLocation takeThrowAway(Path parent, ServerAccount account) throws IOException {
        DataDirectories.create(parent, account);
        synchronized (TAKING) {
            try (FileChannel channel = FileChannel.open(parent.resolve("take.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); var taking = channel.lock()) {
                if (taking.isValid()) {
                    sweep(parent);
                }
                var folder = new ServerFolder(Files.createTempDirectory(parent, "run-"));
                DataDirectories.openTo(folder.root(), account);
                InstanceLock lock = InstanceLock.tryTake(folder.lock()).orElseThrow(() -> inUse(folder));
                return new ServerLocation(folder, lock, true);
            }
        }
    }

    /// Removes folders of programs that were killed, and the servers that run in them still.
    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "run-*")) {
            for (Path root : found) {
                var folder = new ServerFolder(root);
                Optional<InstanceLock> lock = InstanceLock.tryTake(folder.lock());
                if (lock.isPresent()) {
                    LOG.info("PostgreSQL: removing {}, left behind by an earlier run", root);
                    new ServerLocation(folder, lock.get(), true).close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (throwAway) {
            PostmasterPid.read(folder.cluster()).ifPresent(PostmasterPid::kill);
        }
        lock.close();
        if (throwAway) {
            FolderRemoval.remove(folder.root());
        }
    }
}
