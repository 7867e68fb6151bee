package dev.memfuse.store.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.StoredRound;

/// The calls of the store that can be explained, with parameters from the data of a user.
final class StoreCalls {
    private static final int PAGE = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private StoreCalls() {}

    /// Data of a user from which parameters come.
    ///
    /// @param session one of the user's sessions
    /// @param messages messages of the session, at least one
    record Sample(User user, SessionKey session, List<Message> messages) {
        private UUID id() {
            return user.id();
        }

        private List<UUID> ids() {
            return messages.stream().map(Message::id).toList();
        }
    }

    /// Calls the store.
    @FunctionalInterface
    interface Run {
        void on(MemoryStore store, Sample sample);
    }

    /// A call and how to make it.
    record Explainable(StatementPlans.Call call, Run run) {}

    /// Returns the calls: reads, then writes.
    static List<Explainable> all() {
        return List.of(
                read("find-user", "Find a user by name", (store, of) -> store.accounts().user(of.user().name())),
                read("list-sessions", "List the sessions of a user",
                        (store, of) -> store.inspection().sessions(of.id(), "", Optional.empty(), PAGE)),
                read("list-messages", "List the newest messages of a session",
                        (store, of) -> store.messages().ofSession(of.session(), PAGE, Order.NEWEST_FIRST)),
                read("page-messages", "Page through the messages of a session",
                        (store, of) -> store.inspection().messages(of.session(), Long.MAX_VALUE, Order.NEWEST_FIRST,
                                PAGE)),
                read("read-messages", "Read messages by id", (store, of) -> store.messages().read(of.id(), of.ids())),
                read("message-layers", "Find the layers of messages",
                        (store, of) -> store.inspection().layers(of.id(), of.ids())),
                read("list-facts", "List the facts of a user",
                        (store, of) -> store.facts().find(of.id(), FactQuery.current(PAGE))),
                read("list-episodes", "List the episodes of a user",
                        (store, of) -> store.layers().episodes(of.id(), new EpisodeQuery(Optional.empty(), PAGE))),
                read("known-facts", "Read what extraction knows of a user",
                        (store, of) -> store.facts().known(of.id())),
                write("store-messages", "Store a round of messages",
                        (store, of) -> store.rounds().store(of.id(), List.of(round(of)), TIMEOUT)),
                write("claim-work", "Claim a round to build layers from",
                        (store, of) -> store.work().claim(of.id(), UuidCreator.getTimeOrderedEpochPlus1(), TIMEOUT)),
                write("delete-messages", "Delete messages from all layers",
                        (store, of) -> store.deletions().deleteMessages(of.session(), of.ids())),
                write("delete-session", "Delete a session from all layers",
                        (store, of) -> store.deletions().deleteSession(of.session())),
                write("delete-user", "Delete a user with all data",
                        (store, of) -> store.deletions().deleteUser(of.id())));
    }

    private static Explainable read(String name, String title, Run run) {
        return new Explainable(new StatementPlans.Call(name, title, false), run);
    }

    private static Explainable write(String name, String title, Run run) {
        return new Explainable(new StatementPlans.Call(name, title, true), run);
    }

    /// Returns a round with the texts of the sample: of their usual length.
    private static StoredRound round(Sample of) {
        List<NewMessage> messages = new ArrayList<>();
        of.messages().forEach(message -> messages.add(NewMessage.of(message.role(), message.content())));
        return new StoredRound(UuidCreator.getTimeOrderedEpochPlus1(), of.session(), Instant.EPOCH, messages,
                List.of(), List.of(), Set.of(DerivedLayer.M1, DerivedLayer.M2));
    }
}
