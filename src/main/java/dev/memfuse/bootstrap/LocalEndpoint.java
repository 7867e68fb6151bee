package dev.memfuse.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.FolderLock;
import dev.memfuse.server.HttpServer;
import dev.memfuse.server.local.LocalAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server for clients of this account: listens on the loopback address, takes a random token only, and publishes
/// both in a file of the data folder that only this account can read. One program at a time publishes in a folder.
final class LocalEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEndpoint.class);
    private static final String LOCK = "server.lock";
    private static final int TOKEN_BYTES = 32;
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path dataFolder;
    private final Optional<FolderLock> lock;
    private final HttpServer server;
    private final LocalAddress address;

    private LocalEndpoint(Path dataFolder, Optional<FolderLock> lock, HttpServer server, LocalAddress address) {
        this.dataFolder = dataFolder;
        this.lock = lock;
        this.server = server;
        this.address = address;
    }

    /// Starts a server, and publishes it unless another program has published one.
    ///
    /// @throws EngineException when it cannot listen or cannot write into the folder
    static LocalEndpoint published(Path dataFolder, HttpServer.Dependencies dependencies) {
        try {
            return open(dataFolder, lock(dataFolder), dependencies);
        } catch (IOException e) {
            throw failure(dataFolder, e);
        }
    }

    /// A program that looks for an address holds the lock for a moment, so one attempt is not enough.
    private static Optional<FolderLock> lock(Path dataFolder) throws IOException {
        Optional<FolderLock> lock = FolderLock.tryLock(dataFolder.resolve(LOCK));
        for (int attempt = 1; attempt < ATTEMPTS && lock.isEmpty(); attempt++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            lock = FolderLock.tryLock(dataFolder.resolve(LOCK));
        }
        return lock;
    }

    /// Returns the address that a running program publishes in a folder. One that a killed program left is not used:
    /// its port may belong to a program of somebody else by now, which would get what clients send.
    static Optional<LocalAddress> find(Path dataFolder) {
        Optional<LocalAddress> found = LocalAddress.read(dataFolder);
        return found.isPresent() && isPublished(dataFolder) ? found : Optional.empty();
    }

    private static boolean isPublished(Path dataFolder) {
        try {
            Optional<FolderLock> lock = FolderLock.tryLock(dataFolder.resolve(LOCK));
            release(lock);
            return lock.isEmpty();
        } catch (IOException e) {
            LOG.warn("HTTP: whether a program publishes its address in {} is not known. {}", dataFolder, e.toString());
            return false;
        }
    }

    /// Starts a server that only this process knows.
    ///
    /// @throws EngineException when it cannot listen
    static LocalEndpoint hidden(Path dataFolder, HttpServer.Dependencies dependencies) {
        try {
            return open(dataFolder, Optional.empty(), dependencies);
        } catch (IOException e) {
            throw failure(dataFolder, e);
        }
    }

    private static EngineException failure(Path dataFolder, IOException e) {
        return new EngineException("Clients cannot find the program: " + dataFolder + " is not writable.",
                String.valueOf(e.getMessage()), e);
    }

    private static LocalEndpoint open(Path dataFolder, Optional<FolderLock> lock, HttpServer.Dependencies dependencies)
            throws IOException {
        HttpServer server = null;
        boolean opened = false;
        try {
            byte[] token = new byte[TOKEN_BYTES];
            new SecureRandom().nextBytes(token);
            String text = HexFormat.of().formatHex(token);
            server = HttpServer.startPrivate(text, dependencies);
            LocalAddress address = new LocalAddress(server.url(), text, ProcessHandle.current().pid());
            if (lock.isPresent()) {
                address.write(dataFolder);
            }
            opened = true;
            return new LocalEndpoint(dataFolder, lock, server, address);
        } finally {
            if (!opened) {
                if (server != null) {
                    server.close();
                }
                release(lock);
            }
        }
    }

    private static void release(Optional<FolderLock> lock) throws IOException {
        if (lock.isPresent()) {
            lock.get().close();
        }
    }

    LocalAddress address() {
        return address;
    }

    /// Answers the requests that run, and withdraws the address.
    @Override
    public void close() {
        try {
            if (lock.isPresent()) {
                address.delete(dataFolder);
            }
            server.close();
            release(lock);
        } catch (IOException e) {
            // The next program replaces the file; nothing listens at the address.
            LOG.warn("HTTP: the address in {} was not withdrawn. {}", dataFolder, e.toString());
        }
    }
}
