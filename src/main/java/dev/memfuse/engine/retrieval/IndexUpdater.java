package dev.memfuse.engine.retrieval;

import dev.memfuse.engine.exception.EngineException;
import org.jspecify.annotations.Nullable;

/// Opens a user's index, reconciles it with the database and applies pending changes. Openings and reconciliations run
/// on a thread for long computations, for which the caller waits. One thread at a time may call it, except for the
/// methods that say otherwise.
final class IndexUpdater {
    private final IndexFolder folder;
    private final IndexSource source;
    private final PendingChanges pending;
    private final IndexThreads threads;
    private volatile boolean shuttingDown;
    private volatile boolean broken;

    /// @param source stored and buffered entries of the user
    IndexUpdater(IndexFolder folder, IndexSource source, PendingChanges pending, IndexThreads threads) {
        this.folder = folder;
        this.source = source;
        this.pending = pending;
        this.threads = threads;
    }

    /// Ends a running opening or reconciliation with an exception, for good. Thread-safe.
    void shutDown() {
        shuttingDown = true;
    }

    /// Thread-safe.
    boolean isShuttingDown() {
        return shuttingDown;
    }

    /// Returns whether a change or a save failed halfway. Such an index is deleted; the next query rebuilds it from the
    /// database. Thread-safe.
    boolean isBroken() {
        return broken;
    }

    /// Called when the open index was changed or saved in part only. Thread-safe.
    void markBroken() {
        broken = true;
    }

    /// Called when the index is closed. Thread-safe.
    void markClosed() {
        broken = false;
    }

    /// Opens the index and reconciles it. Changes are accepted from the start.
    ///
    /// @param onOpening called on the thread that opens the index, before it reads anything
    UserIndex open(EmbeddingSpace required, Runnable onOpening) {
        return threads.build(() -> {
            pending.start();
            onOpening.run();
            UserIndex opened = null;
            try {
                opened = UserIndex.open(folder.path(), required);
                reconcile(opened);
                return opened;
            } catch (Throwable e) {
                abandon(opened, e);
                throw e;
            }
        });
    }

    /// Closes an index that could not be opened. Its files may hold texts whose removal was only pending.
    private void abandon(@Nullable UserIndex opened, Throwable cause) {
        boolean removal = pending.stop();
        broken = false;
        try {
            if (opened != null) {
                opened.close();
            }
            if (removal) {
                folder.delete();
            }
        } catch (Throwable e) {
            cause.addSuppressed(e);
        }
    }

    /// Applies pending changes, and reconciles the index while it is stale.
    void update(UserIndex current) {
        applyPending(current);
        while (pending.takeStale()) {
            threads.build(() -> reconcileAgain(current));
            applyPending(current);
        }
    }

    private boolean reconcileAgain(UserIndex current) {
        boolean done = false;
        try {
            reconcile(current);
            pending.reconciled();
            done = true;
            return done;
        } finally {
            if (!done) {
                pending.markStale();
            }
        }
    }

    private void reconcile(UserIndex target) {
        try {
            Reconciliation reconciliation = target.reconcile(() -> shuttingDown);
            source.load(reconciliation);
            reconciliation.finish();
        } catch (EngineException e) {
            // The database did not answer, or the engine closes: the index is stale, not damaged.
            throw e;
        } catch (Throwable e) {
            broken = true;
            throw e;
        }
    }

    void applyPending(UserIndex target) {
        try {
            pending.applyTo(target);
        } catch (Throwable e) {
            broken = true;
            throw e;
        }
    }
}
