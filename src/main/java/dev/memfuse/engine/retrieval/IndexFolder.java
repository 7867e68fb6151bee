package dev.memfuse.engine.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.ErasureStore;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderRemoval;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Folder of a user's index. While the index is closed its files are deleted as soon as they hold an erased text.
///
/// @param path created when the index is opened
record IndexFolder(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);

    /// Returns whether the files may hold texts of a deletion.
    ///
    /// @param time of the user's last deletion; see [ErasureStore]
    boolean isOlderThan(long time) {
        return Files.exists(path) && !isErased(time);
    }

    private boolean isErased(long time) {
        try {
            return IndexFiles.erased(path) >= time;
        } catch (IOException e) {
            LOG.debug("Index: {} cannot be read", path, e);
            return false;
        }
    }

    /// Deletes the folder. Does nothing when it is missing.
    void delete() {
        try {
            FolderRemoval.remove(path);
        } catch (IOException e) {
            throw new EngineException("The index for queries could not be deleted: " + FileFailures.reason(e)
                    + ". Delete the folder " + path + " yourself.", "", e);
        }
    }
}
