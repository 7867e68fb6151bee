package dev.memfuse.store.plan;

import static dev.memfuse.store.plan.Explainable.read;
import static dev.memfuse.store.plan.Explainable.write;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.User;
import dev.memfuse.engine.spi.ApiKeyStore;
import dev.memfuse.engine.spi.DirectoryStore;
import dev.memfuse.engine.spi.SharedAgentStore;

/// Calls of clients over HTTP, and those of loads.
final class ClientCalls {
    private static final int PAGE = 50;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private ClientCalls() {}

    static List<Explainable> all() {
        return List.of(read("http-users", "HTTP: read users and sessions", ClientCalls::readDirectory),
                write("http-changes", "HTTP: describe and rename users and sessions", ClientCalls::changeDirectory),
                write("http-agents", "HTTP: create, read, change and delete a shared agent", ClientCalls::agents),
                write("http-keys", "HTTP: create, find and delete API keys", ClientCalls::keys),
                write("loads", "Loads: mark their users, count and release them", ClientCalls::loads));
    }

    private static void readDirectory(Subject of) {
        DirectoryStore names = of.store().directories();
        names.users(Optional.empty(), PAGE);
        names.userEntry(of.id());
        names.sessionEntry(of.session());
        names.sessionsById(of.session().sessionId());
        names.clientSessions(of.id(), List.of(of.session().sessionId()));
        names.agent(of.id(), of.agent());
        for (Optional<UUID> owner : List.of(Optional.<UUID>empty(), Optional.of(of.id()))) {
            names.sessions(new SessionFilter(owner, Optional.of(of.agent()), Optional.of("agent"),
                    Optional.of("session"), PAGE));
        }
    }

    private static void changeDirectory(Subject of) {
        DirectoryStore names = of.store().directories();
        names.create(new User(Subject.newId(), Subject.newName(), Instant.EPOCH), "explained");
        names.updateUser(of.id(), Optional.of(Subject.newName()), Optional.of("explained"));
        names.renameSession(of.session(), Subject.newName());
    }

    private static void agents(Subject of) {
        SharedAgentStore agents = of.store().sharedAgents();
        UUID id = Subject.newId();
        String name = Subject.newName();
        agents.create(id, name, Optional.empty());
        agents.all();
        agents.find(id);
        agents.find(name);
        agents.update(id, Optional.of(Subject.newName()), Optional.of("explained"));
        agents.delete(id);
    }

    private static void keys(Subject of) {
        ApiKeyStore keys = of.store().apiKeys();
        // Of the length of a real one; it opens nothing.
        byte[] hash = new byte[32];
        for (Optional<UUID> owner : List.of(Optional.<UUID>empty(), Optional.of(of.id()))) {
            UUID key = keys.create(Subject.newId(), owner, hash, Optional.of("explained"), Optional.empty()).id();
            keys.list(owner);
            keys.find(key, owner, hash);
            keys.delete(key, owner);
        }
        keys.any();
    }

    private static void loads(Subject of) {
        String run = Subject.newName();
        of.store().loads().create(new User(Subject.newId(), Subject.newName(), Instant.EPOCH), run);
        of.store().loadRuns().hold(run, LEASE);
        of.store().loadRuns().running();
        of.store().loadRuns().end(run);
        of.store().loads().users();
        of.store().loads().markedSize();
        of.store().loads().messageCount(of.id(), Set.of(Subject.newId()));
        of.store().loads().size();
    }
}
