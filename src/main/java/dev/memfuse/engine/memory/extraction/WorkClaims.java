package dev.memfuse.engine.memory.extraction;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import dev.memfuse.background.LogLimiter;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.engine.spi.WorkStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The claims of this engine in the work list. Replies and ends of items that were lost while the database was away are
/// repaired before the next claim of the user: without it the items would wait for the end of their lease. Thread-safe.
final class WorkClaims {
    private static final Logger LOG = LoggerFactory.getLogger(WorkClaims.class);
    private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

    private final WorkStore store;
    /// Ids of the claims of this engine whose items run or are unreported.
    private final Set<UUID> claims = ConcurrentHashMap.newKeySet();
    /// Items that ended and whose end could not be noted in the work list, which takes them as running.
    private final Set<WorkItem> unreported = ConcurrentHashMap.newKeySet();
    /// Claims whose reply was lost, which may have taken an item, with their users.
    private final Map<UUID, UUID> lost = new ConcurrentHashMap<>();
    private final LogLimiter failures = new LogLimiter(LOG_INTERVAL, System::nanoTime, WorkClaims::log);

    WorkClaims(WorkStore store) {
        this.store = store;
    }

    /// Leases the next item of a user, after lost replies and ends of the user were repaired.
    ///
    /// @param claim id of this claim alone
    Optional<WorkItem> claim(UUID userId, UUID claim, Duration lease) {
        unreported.removeIf(item -> item.session().userId().equals(userId) && putBack(item));
        lost.entrySet().removeIf(other -> other.getValue().equals(userId) && unclaim(userId, other.getKey()));
        claims.add(claim);
        try {
            return store.claim(userId, claim, lease);
        } catch (Throwable e) {
            lost.put(claim, userId);
            throw e;
        }
    }

    private boolean putBack(WorkItem item) {
        store.putBack(item, "The database could not be reached when it ended.", Duration.ZERO);
        claims.remove(item.owner());
        return true;
    }

    private boolean unclaim(UUID userId, UUID claim) {
        store.unclaim(userId, claim);
        return true;
    }

    /// Remembers an item whose end could not be noted in the work list.
    void addUnreported(WorkItem item) {
        unreported.add(item);
    }

    /// Ends a claim, unless the end of its item is unreported.
    ///
    /// @param item its item; empty when there was none
    void end(UUID claim, Optional<WorkItem> item) {
        if (item.isEmpty() || !unreported.contains(item.get())) {
            claims.remove(claim);
        }
    }

    /// Returns users with unfinished items that this engine has not claimed. Blocks for the database.
    List<WorkStore.Waiting> waiting() {
        return store.waiting(claims);
    }

    /// Returns whether the work list has the end of each item.
    boolean allReported() {
        return unreported.isEmpty();
    }

    /// Logs a failed access to the work list; many of them as one line per interval.
    void logFailure(EngineException failure) {
        failures.event(String.valueOf(failure.getMessage()));
    }

    /// Logs the failures that were held back, once per interval.
    void tick() {
        failures.tick();
    }

    private static void log(int events, boolean summary, String reason) {
        if (summary) {
            LOG.warn("Extraction: {} more accesses to the work list failed in {} s. The last one: {}", events,
                    LOG_INTERVAL.toSeconds(), reason);
        } else {
            LOG.warn("Extraction: {} The items remain in the work list.", reason);
        }
    }
}
