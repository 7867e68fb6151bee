package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import dev.memfuse.file.FolderLock;
import dev.memfuse.file.FolderRemoval;
import dev.memfuse.postgres.program.FolderInUseException;
import dev.memfuse.postgres.program.ServerAccount;
import dev.memfuse.postgres.program.ServerStartException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The locked folder of a server. Closing unlocks the folder, and deletes it when it is temporary.
final class ServerLocation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerLocation.class);
    private static final Object TAKING = new Object();

    private final ServerFolder folder;
    private final FolderLock lock;
    private final boolean temporary;

    private ServerLocation(ServerFolder folder, FolderLock lock, boolean temporary) {
        this.folder = folder;
        this.lock = lock;
        this.temporary = temporary;
    }

    ServerFolder folder() {
        return folder;
    }

    /// Creates and locks the folder of a server.
    ///
    /// @throws ServerStartException when another program uses it
    static ServerLocation take(ServerOptions options, ServerAccount account) throws IOException {
        Path root = options.dataDirectory();
        DataDirectories.create(root, account);
        if (options.ephemeral()) {
            return takeTemporary(root.resolve("ephemeral"), account);
        }
        var folder = new ServerFolder(root);
        FolderLock lock = FolderLock.tryLock(folder.lock()).orElseThrow(() -> inUse(folder));
        return new ServerLocation(folder, lock, false);
    }

    private static ServerStartException inUse(ServerFolder folder) {
        return new FolderInUseException(
                "MemFuse is already running (" + FolderLock.holder(folder.lock()) + ") with the data in "
                        + folder.root() + ".",
                "Close it first, or start this one with --ephemeral or with another folder (--data-dir).",
                FolderLock.holderPid(folder.lock()));
    }

    /// Creates a temporary folder and deletes abandoned ones. One process at a time does so: otherwise a new folder
    /// could be deleted before it is locked.
    private static ServerLocation takeTemporary(Path parent, ServerAccount account) throws IOException {
        DataDirectories.create(parent, account);
        synchronized (TAKING) {
            try (FileChannel channel = FileChannel.open(parent.resolve("take.lock"), StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE); var taking = channel.lock()) {
                if (taking.isValid()) {
                    deleteAbandoned(parent);
                }
                var folder = new ServerFolder(Files.createTempDirectory(parent, "run-"));
                DataDirectories.restrict(folder.root(), account);
                FolderLock lock = FolderLock.tryLock(folder.lock()).orElseThrow(() -> inUse(folder));
                return new ServerLocation(folder, lock, true);
            }
        }
    }

    /// Deletes the folders of killed programs, and stops the servers that still run in them.
    private static void deleteAbandoned(Path parent) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, "run-*")) {
            for (Path root : found) {
                var folder = new ServerFolder(root);
                Optional<FolderLock> lock = FolderLock.tryLock(folder.lock());
                if (lock.isPresent()) {
                    LOG.info("PostgreSQL: deleting {} of an earlier run", root);
                    new ServerLocation(folder, lock.get(), true).close();
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            PostmasterPid.read(folder.cluster()).ifPresent(PostmasterPid::kill);
        }
        lock.close();
        if (temporary) {
            FolderRemoval.remove(folder.root());
        }
    }
}
