package dev.memfuse.store.plan;

import static dev.memfuse.store.plan.Explainable.write;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.Creations;
import dev.memfuse.engine.spi.RefusedRound;

/// Calls that write users, sessions, messages and facts.
final class WriteCalls {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private WriteCalls() {}

    static List<Explainable> all() {
        return List.of(write("store-messages", "Store a round of messages",
                of -> of.store().rounds().store(of.id(), List.of(of.newRound()), TIMEOUT)),
                write("store-rounds", "Store rounds of two sessions without layers", WriteCalls::storeRounds),
                write("create-user", "Create a user with an agent and a session", WriteCalls::createUser),
                write("settle-names", "Store what was created while the database was away", WriteCalls::settle),
                write("change-message", "Change the text of a message", WriteCalls::changeMessage),
                write("facts-by-hand", "Enter, replace and remove a fact by hand", WriteCalls::factsByHand),
                write("refused-rounds", "Note a round that the database refused", WriteCalls::refusedRounds),
                write("import-user", "Import an exported user", WriteCalls::importUser),
                write("delete-messages", "Delete messages from all layers",
                        of -> of.store().deletions().deleteMessages(of.session(), of.ids())),
                write("delete-session", "Delete a session from all layers",
                        of -> of.store().deletions().deleteSession(of.session())),
                write("delete-user", "Delete a user with all data",
                        of -> of.store().deletions().deleteUser(of.id())));
    }

    private static void storeRounds(Subject of) {
        Session other = new Session(new SessionKey(of.id(), Subject.newId()), of.agent(),
                Subject.newName(), Instant.EPOCH);
        of.store().accounts().create(other);
        of.store().rounds().store(of.id(),
                List.of(of.newRound(of.session(), Set.of()), of.newRound(other.key(), Set.of())), TIMEOUT);
    }

    private static void createUser(Subject of) {
        User user = new User(Subject.newId(), Subject.newName(), Instant.EPOCH);
        of.store().accounts().create(user);
        Agent agent = new Agent(user.id(), Subject.newId(), "agent", Instant.EPOCH);
        of.store().accounts().create(agent);
        of.store().accounts().create(new Session(new SessionKey(user.id(), Subject.newId()), agent.id(), "session",
                Instant.EPOCH));
    }

    /// A name that is new, one that exists, and a session of a user that exists.
    private static void settle(Subject of) {
        String name = Subject.newName();
        of.store().aliases().settle(creations(name));
        Creations again = creations(name);
        of.store().aliases().settle(again);
        of.store().aliases().settle(new Creations(again.userId(), Optional.empty(), List.of(), List.of()));
        of.store().aliases().settle(new Creations(of.id(), Optional.empty(), List.of(),
                List.of(new Session(new SessionKey(of.id(), Subject.newId()), of.agent(),
                        Subject.newName(), Instant.EPOCH))));
    }

    private static Creations creations(String name) {
        User user = new User(Subject.newId(), name, Instant.EPOCH);
        Agent agent = new Agent(user.id(), Subject.newId(), "agent", Instant.EPOCH);
        return new Creations(user.id(), Optional.of(user), List.of(agent), List.of(
                new Session(new SessionKey(user.id(), Subject.newId()), agent.id(), "session", Instant.EPOCH)));
    }

    private static void changeMessage(Subject of) {
        var message = of.messages().getFirst();
        of.store().messageChanges().replace(of.session(),
                List.of(new MessageChange(message.id(), message.role(), message.content() + " changed")));
    }

    private static void factsByHand(Subject of) {
        Fact first = byHand(of);
        of.store().knowledge().add(of.id(), List.of(first));
        // A replacement has the same id.
        of.store().knowledge().remove(of.id(), List.of(first.id()), List.of(first));
    }

    private static Fact byHand(Subject of) {
        UUID id = Subject.newId();
        return Fact.byHand(of.id(), id, of.messages().getFirst().content(),
                FactTime.of(Instant.EPOCH, Optional.empty()), of.vector().values(), of.vector().model());
    }

    private static void refusedRounds(Subject of) {
        Set<RefusedRound> refused = Set.of(new RefusedRound(of.id(), Subject.newId()));
        of.store().refusedRounds().note(refused);
        of.store().refusedRounds().known(refused);
        of.store().refusedRounds().forget(refused);
    }

    /// Imports a new user with one session, as an exported one: the statements do not depend on its size.
    private static void importUser(Subject of) {
        of.store().imports().run(Subject.newName(), () -> new SampleRecords(of).all());
    }
}
