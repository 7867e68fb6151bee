package dev.memfuse.load;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.memfuse.engine.DeleteResult;
import dev.memfuse.engine.LoadData;
import dev.memfuse.engine.LoadData.MarkedUser;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.exception.StorageUnavailableException;
import dev.memfuse.progress.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes users that loads made, one after the other, with everything that belongs to them. Other users are never
/// touched.
///
/// @param data tells which users they are
/// @param deletion deletes a user
public record LoadDataRemoval(LoadData data, Function<UUID, DeleteResult> deletion) {
    private static final Logger LOG = LoggerFactory.getLogger(LoadDataRemoval.class);
    private static final String PHASE = "Removing load data";

    /// @param engine the engine that holds them
    public LoadDataRemoval(MemoryEngine engine) {
        this(engine.loadData(), engine::deleteUser);
    }

    /// Result of a removal.
    ///
    /// @param users number of removed users
    /// @param messages number of their messages, stored or buffered
    /// @param left number of users that were not removed
    /// @param running number of users of running loads, which were skipped
    /// @param problem the first failure; empty when nothing failed
    public record Outcome(int users, long messages, int left, int running, Optional<String> problem) {
        /// Returns one sentence for the user.
        public String sentence() {
            String removed = String.format(Locale.ROOT, "Removed %,d load %s with %,d %s.", users,
                    users == 1 ? "user" : "users", messages, messages == 1 ? "message" : "messages");
            return removed + leftSentence() + runningSentence();
        }

        private String leftSentence() {
            return left == 0
                    ? ""
                    : String.format(Locale.ROOT, " %,d %s left%s. 'load-data remove' removes %s.", left,
                            left == 1 ? "is" : "are", problem.map(text -> ": " + stripStop(text)).orElse(""),
                            left == 1 ? "it" : "them");
        }

        private String runningSentence() {
            return running == 0
                    ? ""
                    : String.format(Locale.ROOT, " %,d %s of running loads %s kept.", running,
                            running == 1 ? "user" : "users", running == 1 ? "is" : "are");
        }

        private Outcome withRunning(int skipped) {
            return new Outcome(users, messages, left, skipped, problem);
        }

        private static String stripStop(String text) {
            return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /// Removes all users that loads made, also those of runs that were killed, but not those of loads that run now, in
    /// any process. Blocks.
    ///
    /// @param progress receives the number of removed users, on this thread
    /// @param cancelled read before each user; true ends the removal, as an interrupt does
    /// @throws EngineException when the database does not answer
    public Outcome removeAll(Consumer<Progress> progress, BooleanSupplier cancelled) {
        // Users first: a run has its lease before its first user.
        List<MarkedUser> marked = data.users();
        Set<String> running = data.running();
        List<UUID> removable = marked.stream().filter(user -> !running.contains(user.run())).map(MarkedUser::id)
                .toList();
        return remove(removable, progress, cancelled).withRunning(marked.size() - removable.size());
    }

    /// Removes users that a load of this process made. Blocks.
    ///
    /// @param users ids that [dev.memfuse.engine.LoadData#createUser] returned
    /// @param progress receives the number of removed users, on this thread
    /// @param cancelled read before each user; true ends the removal, as an interrupt does
    public Outcome remove(Collection<UUID> users, Consumer<Progress> progress, BooleanSupplier cancelled) {
        int removed = 0;
        int tried = 0;
        long messages = 0;
        String problem = null;
        progress.accept(Progress.of(PHASE, 0, users.size()));
        for (UUID user : users) {
            if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                break;
            }
            try {
                DeleteResult result = deletion.apply(user);
                messages += (long) result.messages() + result.buffered();
                removed++;
            } catch (StorageUnavailableException e) {
                problem = e.getMessage();
                break;
            } catch (EngineException e) {
                problem = problem == null ? e.getMessage() : problem;
                LOG.warn("Load: user {} was not removed", user, e);
            }
            progress.accept(Progress.of(PHASE, ++tried, users.size()));
        }
        LOG.info("Load: {} of {} users removed, {} messages", removed, users.size(), messages);
        return new Outcome(removed, messages, users.size() - removed, 0, Optional.ofNullable(problem));
    }
}
