package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.FolderLock;
import dev.memfuse.file.FolderRemoval;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folder with the indexes of all users of one database. At most one engine uses it at a time.
public final class IndexRoot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexRoot.class);
    private static final String TEMPORARY = "memfuse-index-";
    private static final String LOCK = "lock";
    private static final Duration CREATION = Duration.ofSeconds(30);
    private static final String MARK = "erased-until";

    private final Path folder;
    private final AutoCloseable end;
    private @Nullable DirectoryStream<Path> listing;
    private Iterator<Path> names = Collections.emptyIterator();

    private IndexRoot(Path folder, AutoCloseable end) {
        this.folder = folder;
        this.end = end;
    }

    /// Opens a folder that is kept between runs. When another engine uses it, a temporary folder takes its place, whose
    /// indexes are built from the database.
    ///
    /// @throws EngineException when the folder cannot be used
    public static IndexRoot keptIn(Path folder) {
        try {
            removeAbandoned();
            Files.createDirectories(folder);
            Optional<FolderLock> lock = FolderLock.tryLock(folder.resolve(LOCK));
            if (lock.isPresent()) {
                return new IndexRoot(folder, lock.get());
            }
            LOG.info("Index: another process uses {}; this process builds its own indexes", folder);
            return temporary();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /// Creates a temporary folder, which [#close] deletes.
    ///
    /// @throws EngineException when it cannot be created
    public static IndexRoot temporary() {
        try {
            removeAbandoned();
            Path folder = Files.createTempDirectory(TEMPORARY);
            FolderLock lock = FolderLock.tryLock(folder.resolve(LOCK))
                    .orElseThrow(() -> new IOException("a new folder is locked already"));
            return new IndexRoot(folder, () -> {
                lock.close();
                FolderRemoval.remove(folder);
            });
        } catch (IOException e) {
            throw unusable(temporaryFiles(), e);
        }
    }

    /// Deletes the temporary folders of processes that were killed: they hold texts.
    private static void removeAbandoned() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporaryFiles(), TEMPORARY + "*")) {
            for (Path folder : folders) {
                removeIfAbandoned(folder);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("Index: temporary folders cannot be listed", e);
        }
    }

    private static void removeIfAbandoned(Path folder) {
        try {
            // A process that creates the folder now has not locked it yet.
            if (Files.getLastModifiedTime(folder).toInstant().isAfter(Instant.now().minus(CREATION))) {
                return;
            }
            Optional<FolderLock> lock = FolderLock.tryLock(folder.resolve(LOCK));
            if (lock.isPresent()) {
                lock.get().close();
                FolderRemoval.remove(folder);
                LOG.info("Index: removed {}, which a process left behind", folder);
            }
        } catch (IOException e) {
            LOG.debug("Index: {} cannot be removed", folder, e);
        }
    }

    private static Path temporaryFiles() {
        return Path.of(System.getProperty("java.io.tmpdir", ""));
    }

    private static EngineException unusable(Path folder, IOException cause) {
        return new EngineException("The folder " + folder + " for the indexes of queries cannot be used: "
                + cause.getMessage() + ". Give this account the right to write there.", "", cause);
    }

    /// Returns whether there are files of a user's index.
    public boolean exists(UUID userId) {
        return Files.exists(folder.resolve(userId.toString()));
    }

    /// Returns the users whose indexes were written last, the latest first.
    ///
    /// @param limit maximum number of users
    public List<UUID> latestUsers(int limit) {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(found -> userOf(found).isPresent())
                    .map(found -> Map.entry(found, found.resolve("texts").toFile().lastModified()))
                    .sorted(Map.Entry.<Path, Long>comparingByValue().reversed()).limit(limit)
                    .map(Map.Entry::getKey).map(IndexRoot::userOf).flatMap(Optional::stream).toList();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Index: {} cannot be listed", folder, e);
            return List.of();
        }
    }

    /// Returns the users with an index on disk, a portion at a call: after the last portion the next call returns an
    /// empty list, and the call after it the first portion again.
    ///
    /// @param limit maximum number of users
    @SuppressWarnings("StreamResourceLeak") // the listing goes on at the next call; close() ends it
    public synchronized List<UUID> nextUsers(int limit) {
        try {
            if (listing == null) {
                listing = Files.newDirectoryStream(folder, Files::isDirectory);
                names = listing.iterator();
            }
            List<UUID> users = new ArrayList<>();
            while (users.size() < limit && names.hasNext()) {
                userOf(names.next()).ifPresent(users::add);
            }
            if (users.isEmpty()) {
                endListing();
            }
            return users;
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Index: {} cannot be listed", folder, e);
            endListing();
            return List.of();
        }
    }

    private static Optional<UUID> userOf(Path folder) {
        try {
            return Optional.of(UUID.fromString(String.valueOf(folder.getFileName())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private synchronized void endListing() {
        try (DirectoryStream<Path> _ = listing) {
            listing = null;
            names = Collections.emptyIterator();
        } catch (IOException e) {
            LOG.debug("Index: the listing of {} could not be closed", folder, e);
        }
    }

    /// Returns the number that [#mark(long)] stored; 0 when there is none.
    public long mark() {
        try {
            return Long.parseLong(Files.readString(folder.resolve(MARK)).strip());
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    /// Stores a number beside the indexes, for the next process that uses them.
    public void mark(long number) {
        try {
            Path next = Files.writeString(folder.resolve(MARK + ".next"), Long.toString(number));
            Files.move(next, folder.resolve(MARK), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("Index: {} cannot be written", folder.resolve(MARK), e);
        }
    }

    /// Returns a new, closed index of a user.
    ///
    /// @param source stored and buffered entries of the user
    /// @param open cares for the index while it is open
    public MemoryIndex index(UUID userId, IndexSource source, OpenIndexes open) {
        return open.index(folder.resolve(userId.toString()), source);
    }

    @Override
    public void close() {
        endListing();
        try {
            end.close();
        } catch (Exception e) {
            LOG.warn("Index: {} could not be released", folder, e);
        }
    }
}
