package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.file.FolderLock;
import dev.memfuse.file.FolderRemoval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folder with the indexes of all users of one database. At most one engine uses it at a time.
public final class IndexRoot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexRoot.class);

    private final Path folder;
    private final AutoCloseable end;

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
            Files.createDirectories(folder);
            Optional<FolderLock> lock = FolderLock.tryLock(folder.resolve("lock"));
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
            Path folder = Files.createTempDirectory("memfuse-index-");
            return new IndexRoot(folder, () -> FolderRemoval.remove(folder));
        } catch (IOException e) {
            throw unusable(Path.of(System.getProperty("java.io.tmpdir", "")), e);
        }
    }

    private static EngineException unusable(Path folder, IOException cause) {
        return new EngineException("The folder " + folder + " for the indexes of queries cannot be used: "
                + cause.getMessage() + ". Give this account the right to write there.", "", cause);
    }

    /// Returns a new, closed index of a user.
    ///
    /// @param source stored and buffered entries of the user
    /// @param onOpening called each time the index starts to open
    public MemoryIndex index(UUID userId, IndexSource source, Consumer<MemoryIndex> onOpening) {
        return new MemoryIndex(folder.resolve(userId.toString()), source, onOpening);
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (Exception e) {
            LOG.warn("Index: {} could not be released", folder, e);
        }
    }
}
