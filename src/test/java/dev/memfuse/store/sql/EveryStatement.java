package dev.memfuse.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.Facts;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.MessageChange;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.ApiKeyStore;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.Creations;
import dev.memfuse.engine.spi.DirectoryStore;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.IndexVisitor;
import dev.memfuse.engine.spi.InspectionStore;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.LayerStore;
import dev.memfuse.engine.spi.RefusedRound;
import dev.memfuse.engine.spi.SharedAgentStore;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.store.DatabaseId;
import dev.memfuse.store.DatabaseSize;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.Migrations;
import dev.memfuse.store.PgStore;
import dev.memfuse.store.baseline.CopyBaseline;
import dev.memfuse.store.baseline.InsertBaseline;
import dev.memfuse.store.baseline.StorageStats;
import dev.memfuse.store.search.PgSearch;

/// Runs each statement of the program at least once.
final class EveryStatement {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String MODEL = "model@1";

    private final EngineFixture fixture;
    private final PgStore store;
    private final SessionKey session;
    private final SessionKey other;
    private final UUID user;

    private EveryStatement(EngineFixture fixture) {
        this.fixture = fixture;
        store = fixture.store();
        session = fixture.newSession("alice");
        other = fixture.anotherSession(session);
        user = session.userId();
    }

    /// Runs them on the database of a fixture whose engine has no layers.
    static void run(EngineFixture fixture) {
        EveryStatement all = new EveryStatement(fixture);
        StoredRound round = round(all.session);
        all.layers(round);
        all.read(round);
        all.search();
        all.transfer();
        all.creations();
        all.loads();
        all.directories();
        all.baselines();
        all.layersAgain();
        all.delete(round);
    }

    /// Removes the facts, which the others read.
    private void layersAgain() {
        assertEquals(1, store.layerBuilds().queueMadeByRules(user, DerivedLayer.M2, Instant.now().plusSeconds(60), 1));
    }

    private static UUID id() {
        return UuidCreator.getTimeOrderedEpochPlus1();
    }

    private static StoredRound round(SessionKey session) {
        List<NewMessage> messages = List.of(NewMessage.of(Role.USER, "I love the light in Lisbon."),
                NewMessage.of(Role.USER, "My sister does too."));
        Chunk chunk = new Chunk(id(), List.of(messages.getFirst().id()), "light", "message", 1, new float[]{1, 0},
                MODEL);
        return new StoredRound(id(), session, Instant.now(), messages, List.of(3, 4), List.of(chunk),
                Set.of(DerivedLayer.M1, DerivedLayer.M2));
    }

    private static List<UUID> ids(StoredRound round) {
        return round.messages().stream().map(NewMessage::id).toList();
    }

    private WorkItem claim() {
        return store.work().claim(user, id(), LEASE).orElseThrow();
    }

    private void loads() {
        store.loads().create(new User(id(), "made by a load", Instant.now()), "run");
        store.loads().users();
        store.loadRuns().hold("run", LEASE);
        store.loadRuns().running();
        store.loadRuns().end("run");
        store.loads().markedSize();
        store.loads().messageCount(user, Set.of(id()));
        store.loads().size();
    }

    private void layers(StoredRound round) {
        store.rounds().store(user, List.of(round, round(other)), Duration.ofSeconds(10));
        StoredRound plain = round(session);
        store.rounds().store(user,
                List.of(new StoredRound(plain.id(), session, Instant.now(), plain.messages(), List.of(),
                        List.of(), Set.of())),
                Duration.ZERO);
        store.messageVectors().countMissing(MODEL);
        for (DerivedLayer layer : DerivedLayer.values()) {
            store.layerBuilds().resetFailed(layer);
            store.layerBuilds().unbuilt(layer);
            store.layerBuilds().madeByRules(layer);
            store.layerBuilds().queueUnbuilt(id(), layer, 1);
        }
        store.messageVectors().missing(user, MODEL, Optional.empty(), 10);
        store.messageVectors().missing(user, MODEL, ids(plain));
        store.messageVectors().store(user, MODEL,
                Map.of(store.messageVectors().missing(user, MODEL, ids(plain).subList(0, 1)).getFirst(),
                        new float[]{1, 0}));
        WorkItem first = claim();
        store.work().renew(first, LEASE);
        store.work().putBack(first, "later", Duration.ZERO);
        first = claim();
        store.work().postpone(first, "limited", Duration.ZERO);
        first = claim();
        Episode episode = new Episode(id(), session, first.roundId(), ids(round), "title", "summary",
                Episode.Method.EXTRACTIVE, Instant.now(), Instant.now(), new float[]{1, 0}, MODEL);
        assertEquals(LayerStore.Stored.DONE, store.layers().storeEpisode(first,
                List.of(new Chunk(id(), ids(round), "all", "message", 2, new float[]{1, 0}, MODEL)),
                Optional.of(episode), LayerOrigin.NONE));
        store.work().giveUp(claim(), LayerStatus.FAILED, "no");
        store.work().retryFailed();
        WorkItem facts = claim();
        assertEquals(DerivedLayer.M2, facts.layer());
        Fact old = Facts.of(session, facts.roundId(), ids(round), "Light is loved", MODEL, 1, 0);
        Fact fact = Facts.of(session, facts.roundId(), ids(round), "Light is loved a lot", MODEL, 1, 0);
        assertEquals(LayerStore.Stored.DONE,
                store.layers().storeFacts(facts, new FactChanges(store.facts().revision(user),
                        List.of(old, fact), List.of(new FactChanges.Merge(fact.id(), ids(round), 0.5)),
                        List.of(new FactChanges.Supersession(old.id(), fact.id(), Instant.now())),
                        List.of(new FactChanges.Conflict(fact.id(), old.id()))), LayerOrigin.NONE));
        store.work().waiting(Set.of(id()));
        store.work().unclaim(user, id());
        store.work().status();
        store.work().results(user, round.id());
        store.layers().vectors(user, round.id());
        for (DerivedLayer layer : DerivedLayer.values()) {
            store.vectors().stale(user, layer, "other@1", Optional.empty(), 10).forEach(stale -> store
                    .vectors().replace(user, layer, MODEL, Map.of(stale.id(), new float[]{0, 1})));
        }
        store.vectors().countStale("other@1", "other@1");
    }

    private void read(StoredRound round) {
        store.accounts().user("alice");
        store.accounts().user(user);
        UUID agent = store.accounts().agent(user, "agent").orElseThrow().id();
        store.accounts().session(session);
        store.accounts().sessions(user);
        for (Order order : Order.values()) {
            store.messages().ofSession(session, 10, order);
        }
        store.messages().read(user, ids(round));
        store.erasures().readCurrent(user, ids(round));
        store.messages().ofRound(user, round.id());
        store.messages().before(session, 2);
        inspect(round);
        store.erasures().erased(user);
        store.erasures().since(0);
        store.erasures().existing(Set.of(user));
        store.erasures().existingSessions(Set.of(session));
        Set<RefusedRound> refused = Set.of(new RefusedRound(user, round.id()));
        store.refusedRounds().note(refused);
        assertEquals(refused, store.refusedRounds().known(refused));
        store.refusedRounds().forget(refused);
        store.facts().known(user);
        store.facts().find(user, FactQuery.current(10));
        store.facts().conflicts(user, Set.of(id()));
        store.facts().find(user, FactQuery.history(10));
        store.layers().episodes(user, EpisodeQuery.newest(10));
        store.layers().episodes(user, new EpisodeQuery(Optional.of(session.sessionId()), 10));
        store.index().read(user, new EveryEntry());
        new DatabaseSize(fixture.database()).bytes();
        DatabaseId.of(fixture.database());
        assertEquals(agent, store.accounts().sessions(user).getFirst().agentId());
    }

    private void inspect(StoredRound round) {
        InspectionStore inspection = store.inspection();
        inspection.users("ali", Optional.empty(), 10);
        inspection.sessions(user, "s", Optional.empty(), 10);
        for (Order order : Order.values()) {
            inspection.messages(session, 1, order, 10);
        }
        assertEquals(Set.copyOf(ids(round)), inspection.layers(user, ids(round)).keySet());
    }

    /// Needs the types of pgvector, not its functions: the statements are parsed and run on a few rows.
    private void search() {
        fixture.database().inTransaction("make a stand-in for pgvector", connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE DOMAIN vector AS real[]");
                statement.execute("CREATE FUNCTION distance(real[], real[]) RETURNS float8 LANGUAGE sql IMMUTABLE "
                        + "RETURN (SELECT 1 - sum(a * b) FROM unnest($1, $2) AS v(a, b))");
                statement.execute("CREATE OPERATOR <=> (FUNCTION = distance, LEFTARG = real[], RIGHTARG = real[])");
            }
            return true;
        });
        Migrations.applySearch(fixture.database().target());
        PgSearch search = new PgSearch(fixture.database());
        UUID agent = store.accounts().agent(user, "agent").orElseThrow().id();
        QueryFilter all = new QueryFilter(Set.of(session.sessionId()), Set.of(agent),
                Optional.of(Instant.now().minusSeconds(60)), Optional.of(Instant.now()),
                EnumSet.allOf(MemoryLayer.class));
        QueryFilter none = new QueryFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), all.layers());
        for (QueryFilter filter : List.of(all, none)) {
            search.dense(user, filter, MODEL, new float[]{1, 0}, 10);
            search.lexical(user, filter, "light", 10);
        }
    }

    private void transfer() {
        List<UserRecord> records = new ArrayList<>();
        store.exports().read(user, records::add);
        store.imports().run("imported", records::stream);
    }

    private void creations() {
        User created = new User(id(), "carol", Instant.now());
        store.aliases().settle(creations(created));
        store.aliases().settle(creations(new User(id(), "carol", Instant.now())));
        UUID alias = store.aliases().all().getFirst().alias();
        store.aliases().of(Set.of(alias));
        store.aliases().settle(new Creations(alias, Optional.empty(), List.of(), List.of()));
        SessionKey later = new SessionKey(user, id());
        store.aliases().settle(new Creations(user, Optional.empty(), List.of(),
                List.of(new Session(later, store.accounts().sessions(user).getFirst().agentId(), "later",
                        Instant.now()))));
    }

    private static Creations creations(User user) {
        Agent agent = new Agent(user.id(), id(), "agent", Instant.now());
        return new Creations(user.id(), Optional.of(user), List.of(agent), List.of(
                new Session(new SessionKey(user.id(), id()), agent.id(), "session", Instant.now())));
    }

    private void directories() {
        DirectoryStore names = store.directories();
        names.create(new User(id(), "described", Instant.now()), "a user");
        names.users(Optional.empty(), 10);
        names.userEntry(user);
        names.updateUser(user, Optional.of("alice"), Optional.of("the first"));
        UUID agent = store.accounts().agent(user, "agent").orElseThrow().id();
        names.agent(user, agent);
        for (Optional<UUID> owner : List.of(Optional.<UUID>empty(), Optional.of(user))) {
            names.sessions(new SessionFilter(owner, Optional.of(agent), Optional.of("agent"), Optional.of("session"),
                    10));
        }
        names.sessionsById(session.sessionId());
        names.sessionEntry(session);
        names.clientSessions(user, List.of(session.sessionId()));
        names.renameSession(other, "renamed");
        SharedAgentStore agents = store.sharedAgents();
        UUID shared = id();
        agents.create(shared, "shared", Optional.empty());
        agents.all();
        agents.find(shared);
        agents.find("shared");
        agents.update(shared, Optional.of("other"), Optional.of("an agent"));
        agents.delete(shared);
        ApiKeyStore keys = store.apiKeys();
        byte[] hash = {1, 2, 3};
        for (Optional<UUID> owner : List.of(Optional.<UUID>empty(), Optional.of(user))) {
            UUID key = keys.create(id(), owner, hash, Optional.of("key"), Optional.empty()).id();
            keys.list(owner);
            keys.find(key, owner, hash);
            keys.delete(key, owner);
        }
        keys.any();
    }

    private void baselines() {
        try (InsertBaseline insert = InsertBaseline.open(fixture.database().target());
                CopyBaseline copy = CopyBaseline.open(fixture.database().target());
                StorageStats stats = StorageStats.open(fixture.database().target())) {
            insert.store(round(session));
            copy.store(round(session));
            stats.messages(Set.of(user));
            stats.places(Set.of(user));
            stats.bytes();
        }
    }

    private void delete(StoredRound round) {
        Fact byHand = Fact.byHand(user, UUID.randomUUID(), "by hand", FactTime.of(Instant.EPOCH, Optional.empty()),
                new float[]{1, 0}, MODEL);
        store.knowledge().add(user, List.of(byHand));
        store.knowledge().read(user, List.of(byHand.id()));
        store.knowledge().remove(user, List.of(byHand.id()), List.of(byHand));
        store.deletions().deleteMessages(session, ids(round).subList(0, 1));
        store.messageChanges().replace(session, List.of(new MessageChange(ids(round).getLast(), Role.USER, "changed")));
        store.deletions().deleteSession(other);
        store.deletions().deleteUser(user);
    }

    /// Needs each entry of an index.
    private static final class EveryEntry implements IndexVisitor {
        @Override
        public void erased(long time) {}

        @Override
        public boolean needs(MemoryLayer layer, UUID id, long edited) {
            return true;
        }

        @Override
        public void message(Message message) {}

        @Override
        public boolean needsVector(UUID messageId) {
            return true;
        }

        @Override
        public void vector(UUID messageId, float[] vector, String model) {}

        @Override
        public void chunk(Chunk chunk) {}

        @Override
        public void fact(Fact fact) {}
    }
}
