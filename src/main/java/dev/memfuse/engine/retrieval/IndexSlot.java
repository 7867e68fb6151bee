package dev.memfuse.engine.retrieval;

import dev.memfuse.background.BackgroundHealth;
import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The open index of a user, if there is one, and how it ends: its files remain, or are deleted when they are unusable
/// or hold texts that were removed too late. Thread-safe; only [#open] and [#isOpen] may be called while a query uses
/// the index.
final class IndexSlot {
    private static final Logger LOG = LoggerFactory.getLogger(IndexSlot.class);

    private final IndexFolder folder;
    private final PendingChanges pending;
    private final IndexUpdater updater;
    private volatile @Nullable UserIndex index;

    IndexSlot(IndexFolder folder, PendingChanges pending, IndexUpdater updater) {
        this.folder = folder;
        this.pending = pending;
        this.updater = updater;
    }

    /// Returns the open index; null when it is closed.
    @Nullable
    UserIndex open() {
        return index;
    }

    /// Returns whether the index is open, after a release in progress.
    synchronized boolean isOpen() {
        return index != null;
    }

    /// Returns the open index; opens it when it is closed. One thread at a time may call it.
    ///
    /// @param onOpening called on the thread that opens the index, before it reads anything
    UserIndex openIfClosed(EmbeddingSpace required, Runnable onOpening) {
        UserIndex current = index;
        if (current == null) {
            current = updater.open(required, onOpening);
            index = current;
        }
        return current;
    }

    /// Closes the index. Deletes its files when a removal arrived too late to be applied.
    synchronized void release() {
        UserIndex open = index;
        index = null;
        boolean removal = pending.stop();
        updater.markClosed();
        if (open != null) {
            open.close();
        }
        if (removal) {
            folder.delete();
        }
    }

    /// Closes the index and deletes its files.
    void discard() {
        try {
            release();
        } catch (EngineException e) {
            LOG.warn("Index: {} could not be closed", folder.path(), e);
        } finally {
            folder.delete();
        }
    }

    /// Reports a failure of any kind: after a lack of memory Lucene's writer stays closed, so that no later save would
    /// succeed either.
    void reportUnusable(Throwable failure) {
        updater.markBroken();
        BackgroundHealth.report("engine-index", failure);
        LOG.warn("Index: {} cannot be written and is deleted; the next query rebuilds it", folder.path());
    }
}
