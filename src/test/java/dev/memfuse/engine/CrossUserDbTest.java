package dev.memfuse.engine;

import static dev.memfuse.store.EngineFixture.messages;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.engine.ApiKeys.CreatedKey;
import dev.memfuse.engine.Directories.SessionFilter;
import dev.memfuse.engine.SharedAgents.SharedAgent;
import dev.memfuse.engine.exception.DuplicateNameException;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.engine.record.RecordKind;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.spi.Chunk;
import dev.memfuse.engine.spi.Creations;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.FactChanges.Conflict;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.spi.MessageVectorStore.Unembedded;
import dev.memfuse.engine.spi.RoundVectors;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.store.EngineFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Calls every method of the engine and of its store for one user with the ids of another. A new method needs a case
/// here, or [#everyMethodHasACase] fails.
@Tag("db")
class CrossUserDbTest {
    private static final String SECRET = "Zanzibar vault";

    /// Two users of one engine: an intruder attempts to access a victim.
    private static final class Scene {
        final EngineFixture fixture;
        final MemoryEngine engine;
        final MemoryStore store;
        final String victimName;
        final SessionKey victim;
        final List<UUID> victimMessages;
        final UUID victimRound;
        final UUID victimAgent;
        final SessionKey intruder;
        /// The intruder's id with the victim's session.
        final SessionKey forged;

        Scene(EngineFixture fixture) {
            this.fixture = fixture;
            engine = fixture.engine();
            store = fixture.store();
            int number = SCENES.incrementAndGet();
            victimName = "victim " + number;
            victim = fixture.newSession(victimName);
            victimAgent = engine.agent(victim.userId(), "agent").orElseThrow().id();
            AddResult added = engine.addBatch(victim,
                    messages("I work at Zanzibar Vault.", "I live in Zanzibar."));
            victimMessages = added.messageIds();
            victimRound = added.roundId();
            intruder = fixture.newSession("intruder " + number);
            engine.addBatch(intruder, messages("nothing special here"));
            forged = new SessionKey(intruder.userId(), victim.sessionId());
        }

        UUID me() {
            return intruder.userId();
        }

        StoredRound round(SessionKey session, UUID id, NewMessage message) {
            return new StoredRound(id, session, Instant.now(), List.of(message), List.of(), List.of(), Set.of());
        }

        Chunk chunk() {
            return new Chunk(UUID.randomUUID(), victimMessages, "planted", "message", 1, new float[]{1}, "m");
        }

        Fact fact() {
            return new Fact(UUID.randomUUID(), forged, victimRound, victimMessages, "planted", "general", 1, List.of(),
                    Optional.empty(), FactTime.of(Instant.EPOCH, Optional.empty()), List.of(), new float[]{1}, "m");
        }

        List<UUID> victimFacts() {
            assertTrue(engine.awaitExtraction(Duration.ofSeconds(30)));
            return engine.facts(victim.userId(), FactQuery.history(10)).stream().map(Fact::id).toList();
        }

        /// A forged item of the victim's round.
        WorkItem item(DerivedLayer layer) {
            return new WorkItem(forged, victimRound, layer, UUID.randomUUID(), 1, "", Duration.ZERO);
        }

        Episode episode() {
            return new Episode(UUID.randomUUID(), forged, victimRound, victimMessages, "planted", "planted",
                    Episode.Method.EXTRACTIVE, Instant.EPOCH, Instant.EPOCH, new float[]{1}, "m");
        }
    }

    /// An attempt to access the victim's data. Returns its result, which is searched for the secret.
    @FunctionalInterface
    private interface Attempt {
        @Nullable
        Object by(Scene scene) throws Exception;
    }

    private static final Map<String, Attempt> ENGINE = new LinkedHashMap<>();
    private static final Map<String, Attempt> STORE = new LinkedHashMap<>();
    private static final Map<String, Attempt> DIRECTORIES = new LinkedHashMap<>();
    private static final AtomicInteger SCENES = new AtomicInteger();
    private static final DeleteResult NOTHING = new DeleteResult(0, 0, 0, 0, 0, 0);

    static {
        ENGINE.put("createUser(String)",
                s -> assertThrows(DuplicateNameException.class, () -> s.engine.createUser(s.victimName)).getMessage());
        // The directory of names is shared by design, for administration. It returns the id only.
        ENGINE.put("user(String)", s -> s.engine.user(s.victimName));
        ENGINE.put("user(UUID)", s -> s.engine.user(s.me()));
        ENGINE.put("createAgent(UUID,String)", s -> {
            Agent own = s.engine.createAgent(s.me(), "spy");
            assertTrue(s.engine.agent(s.victim.userId(), "spy").isEmpty());
            return own;
        });
        ENGINE.put("agent(UUID,String)", s -> {
            s.engine.createAgent(s.victim.userId(), "only the victim's");
            return checked(List.of(), s.engine.agent(s.me(), "only the victim's").stream().toList());
        });
        ENGINE.put("createSession(UUID,UUID,String)", s -> assertThrows(NotFoundException.class,
                () -> s.engine.createSession(s.me(), s.victimAgent, null)).getMessage());
        ENGINE.put("sessions(UUID)",
                s -> checked(List.of(s.intruder), s.engine.sessions(s.me()).stream().map(Session::key).toList()));
        ENGINE.put("addBatch(SessionKey,List)", s -> {
            assertThrows(NotFoundException.class, () -> s.engine.addBatch(s.forged, messages("planted")));
            // The victim's ids in a session of the intruder denote other messages.
            s.engine.addBatch(s.intruder,
                    List.of(new NewMessage(s.victimMessages.getFirst(), Role.USER, "planted", Instant.now())));
            return s.engine.read(s.me(), s.victimMessages);
        });
        ENGINE.put("query(UUID,QueryRequest)",
                s -> s.engine.query(s.me(),
                        QueryRequest.of(SECRET, 100).within(new QueryFilter(Set.of(s.victim.sessionId()),
                                Set.of(), Optional.empty(), Optional.empty(), EnumSet.allOf(MemoryLayer.class)))));
        ENGINE.put("query(UUID,String,int)", s -> {
            QueryResult mine = s.engine.query(s.me(), SECRET, 100);
            assertEquals(1, mine.searched());
            s.engine.query(s.victim.userId(), SECRET, 100);
            return List.of(mine, s.engine.query(s.me(), SECRET, 100));
        });
        ENGINE.put("prepareQueries(UUID)", s -> {
            s.engine.prepareQueries(s.me());
            s.engine.prepareQueries(s.victim.userId());
            return s.engine.query(s.me(), SECRET, 100);
        });
        ENGINE.put("facts(UUID,FactQuery)", s -> s.engine.facts(s.me(), FactQuery.history(100)));
        ENGINE.put("episodes(UUID,EpisodeQuery)", s -> s.engine.episodes(s.me(),
                new EpisodeQuery(Optional.of(s.victim.sessionId()), 100)));
        ENGINE.put("layerResults(UUID,UUID)",
                s -> assertThrows(NotFoundException.class, () -> s.engine.layerResults(s.me(), s.victimRound))
                        .getMessage());
        // These and the job below span all users by design; they return numbers and reasons only.
        ENGINE.put("deadLetters()", s -> s.engine.deadLetters().count());
        ENGINE.put("extractionStatus()", s -> s.engine.extractionStatus());
        ENGINE.put("retryFailed()", s -> s.engine.retryFailed());
        ENGINE.put("reembedding()", s -> s.engine.reembedding().status());
        ENGINE.put("vectorBacklog()", s -> s.engine.vectorBacklog());
        ENGINE.put("readOnly()", s -> s.engine.readOnly());
        ENGINE.put("layerBuild()", s -> List.of(s.engine.layerBuild().cost(DerivedLayer.M1),
                s.engine.layerBuild().status()));
        ENGINE.put("loadData()", s -> {
            User made = s.engine.loadData().createUser("made by a load", "run");
            List<Object> answers = List.of(s.engine.loadData().users(), s.engine.loadData().size(),
                    s.engine.loadData().storedMessages(s.me(), s.victimMessages), s.engine.loadData().database());
            s.engine.deleteUser(made.id());
            return answers;
        });
        ENGINE.put("directories()", s -> {
            Directories directories = s.engine.directories();
            directories.createAgent(s.me(), s.victimAgent, "spy");
            assertTrue(s.engine.agent(s.victim.userId(), "spy").isEmpty());
            assertThrows(NotFoundException.class, () -> directories.renameSession(s.forged, "planted"));
            assertThrows(DuplicateNameException.class,
                    () -> directories.updateUser(s.me(), Optional.of(s.victimName), Optional.empty()));
            assertEquals(Optional.empty(), directories.session(s.forged));
            assertEquals(List.of(), directories.clientSessions(s.me(), List.of(s.victim.sessionId())));
            // The listings read across users by design; they return names and times only.
            return List.of(directories.users(Optional.empty(), 10_000), directories.sessionsById(s.victim.sessionId()),
                    checked(List.of(s.intruder), directories.sessions(sessionsOf(s.me())).stream()
                            .map(entry -> entry.session().key()).toList()));
        });
        ENGINE.put("knowledge()", s -> {
            List<UUID> theirs = s.victimFacts();
            Knowledge knowledge = s.engine.knowledge();
            assertEquals(1, knowledge.add(s.me(), List.of("Mine")).size());
            assertThrows(NotFoundException.class, () -> knowledge.add(UUID.randomUUID(), List.of("planted")));
            assertEquals(List.of(), knowledge.update(s.me(), theirs.stream()
                    .map(id -> new Knowledge.Change(id, "planted")).toList()));
            return List.of(knowledge.read(s.me(), theirs), checked(List.of(), knowledge.delete(s.me(), theirs)));
        });
        ENGINE.put("inspection()", s -> {
            Inspection inspection = s.engine.inspection();
            QueryRequest all = QueryRequest.of(SECRET, 100).within(new QueryFilter(Set.of(), Set.of(),
                    Optional.empty(), Optional.empty(), EnumSet.allOf(MemoryLayer.class)));
            checked(List.of(), inspection.buffered(s.me(), 100).stream()
                    .filter(message -> !message.session().equals(s.intruder)).toList());
            assertThrows(NotFoundException.class, () -> inspection.agentOf(s.forged));
            // The lists of users and of buffers span users by design; they return names and numbers only.
            return List.of(inspection.users("VICTIM", Optional.empty(), 100).size(), inspection.buffered(100).size(),
                    checked(List.of(s.intruder), inspection.sessions(s.me(), "", Optional.empty(), 100).stream()
                            .map(Session::key).toList()),
                    checked(List.of(), inspection.stored(s.forged, 0, Order.OLDEST_FIRST, 100)),
                    checked(List.of(), inspection.stored(s.forged, 100, Order.NEWEST_FIRST, 100)),
                    checked(Map.of(), inspection.layers(s.me(), s.victimMessages)),
                    inspection.query(s.me(), all, s.fixture.tunables().get().retrieval()));
        });
        // Shared agents belong to nobody and own no data.
        ENGINE.put("sharedAgents()", s -> {
            SharedAgent made = s.engine.sharedAgents().create("spy of " + s.me(), Optional.of("planted"));
            return List.of(s.engine.sharedAgents().list(), checked(true, s.engine.sharedAgents().delete(made.id())));
        });
        ENGINE.put("apiKeys()", s -> {
            CreatedKey theirs = s.engine.apiKeys().create(Optional.of(s.victim.userId()), Optional.empty(),
                    Optional.empty());
            checked(List.of(), s.engine.apiKeys().list(Optional.of(s.me())));
            checked(false, s.engine.apiKeys().revoke(Optional.of(s.me()), theirs.key().id()));
            return checked(Optional.of(theirs.key()), s.engine.apiKeys().find(theirs.text()));
        });
        ENGINE.put("messages(SessionKey,int,Order)", s -> assertThrows(NotFoundException.class,
                () -> s.engine.messages(s.forged, 100, Order.NEWEST_FIRST)).getMessage());
        ENGINE.put("buffered(SessionKey)", s -> s.engine.buffered(s.forged));
        ENGINE.put("read(UUID,Collection)", s -> checked(List.of(), s.engine.read(s.me(), s.victimMessages)));
        ENGINE.put("updateMessages(SessionKey,List)", s -> {
            List<MessageChange> planted = s.victimMessages.stream()
                    .map(id -> new MessageChange(id, Role.USER, "planted")).toList();
            assertThrows(NotFoundException.class, () -> s.engine.updateMessages(s.intruder, planted));
            return assertThrows(NotFoundException.class, () -> s.engine.updateMessages(s.forged, planted))
                    .getMessage();
        });
        ENGINE.put("deleteMessages(SessionKey,Collection)", s -> {
            assertEquals(NOTHING, s.engine.deleteMessages(s.intruder, s.victimMessages));
            return checked(NOTHING, s.engine.deleteMessages(s.forged, s.victimMessages));
        });
        ENGINE.put("deleteSession(SessionKey)", s -> checked(NOTHING, s.engine.deleteSession(s.forged)));
        ENGINE.put("deleteUser(UUID)", s -> {
            DeleteResult own = s.engine.deleteUser(s.me());
            return checked(1, own.messages() + own.buffered());
        });
        ENGINE.put("exportUser(UUID,Consumer)", s -> lines(s.engine, s.me()));
        ENGINE.put("importUser(String,Supplier)", s -> {
            // An import with the victim's id creates another user.
            List<UserRecord> mine = new ArrayList<>(lines(s.engine, s.me()));
            mine.set(0, new UserRecord(RecordKind.USER,
                    Arrays.asList(s.victim.userId(), "copy of " + s.victimName, null, Instant.EPOCH)));
            assertThrows(DuplicateNameException.class, () -> s.engine.importUser(s.victimName, mine::stream));
            User copy = s.engine.importUser(null, mine::stream);
            assertFalse(copy.id().equals(s.victim.userId()));
            return lines(s.engine, copy.id());
        });
        ENGINE.put("flush()", s -> {
            s.engine.flush();
            return "";
        });
        ENGINE.put("awaitExtraction(Duration)", s -> s.engine.awaitExtraction(Duration.ofSeconds(30)));

        STORE.put("accounts.create(User)", s -> assertThrows(DuplicateNameException.class,
                () -> s.store.accounts().create(new User(UUID.randomUUID(), s.victimName, Instant.EPOCH)))
                .getMessage());
        STORE.put("accounts.user(String)", s -> s.store.accounts().user(s.victimName));
        STORE.put("accounts.user(UUID)", s -> s.store.accounts().user(s.me()));
        STORE.put("accounts.create(Agent)", s -> {
            s.store.accounts().create(new Agent(s.me(), UUID.randomUUID(), "spy", Instant.EPOCH));
            return "";
        });
        STORE.put("accounts.agent(UUID,String)", s -> {
            s.store.accounts()
                    .create(new Agent(s.victim.userId(), UUID.randomUUID(), "only the victim's", Instant.EPOCH));
            return checked(List.of(), s.store.accounts().agent(s.me(), "only the victim's").stream().toList());
        });
        STORE.put("accounts.create(Session)", s -> assertThrows(NotFoundException.class,
                () -> s.store.accounts()
                        .create(new Session(new SessionKey(s.me(), UUID.randomUUID()), s.victimAgent, "spy",
                                Instant.EPOCH)))
                .getMessage());
        STORE.put("aliases.settle(Creations)", s -> s.store.aliases().settle(new Creations(s.me(), Optional.empty(),
                List.of(new Agent(s.me(), UUID.randomUUID(), "only the victim's", Instant.EPOCH)), List.of())));
        STORE.put("aliases.all()", s -> s.store.aliases().all());
        STORE.put("aliases.of(Collection)", s -> s.store.aliases().of(List.of(s.me())));
        STORE.put("accounts.session(SessionKey)",
                s -> checked(List.of(), s.store.accounts().session(s.forged).stream().toList()));
        STORE.put("accounts.sessions(UUID)", s -> s.store.accounts().sessions(s.me()));
        STORE.put("rounds.store(UUID,List,Duration)", s -> {
            NewMessage sameId = new NewMessage(s.victimMessages.getFirst(), Role.USER, "planted", Instant.now());
            assertEquals(Set.of(s.forged),
                    s.store.rounds().store(s.me(), List.of(s.round(s.forged, UUID.randomUUID(), sameId)),
                            Duration.ZERO));
            return s.store.rounds().store(s.me(), List.of(s.round(s.intruder, s.victimRound, sameId)), Duration.ZERO);
        });
        STORE.put("messages.ofSession(SessionKey,int,Order)", s -> assertThrows(NotFoundException.class,
                () -> s.store.messages().ofSession(s.forged, 100, Order.OLDEST_FIRST)).getMessage());
        STORE.put("replicas.reading(UUID,Supplier)", s -> checked(List.of(),
                s.store.replicas().reading(s.me(), () -> s.store.messages().read(s.me(), s.victimMessages))));
        STORE.put("messages.read(UUID,Collection)",
                s -> checked(List.of(), s.store.messages().read(s.me(), s.victimMessages)));
        STORE.put("knowledge.add(UUID,List)", s -> {
            Fact sameId = Fact.byHand(s.me(), s.victimFacts().getFirst(), "planted",
                    FactTime.of(Instant.EPOCH, Optional.empty()), new float[]{1}, "m");
            s.store.knowledge().add(s.me(), List.of(sameId));
            return s.store.facts().find(s.me(), FactQuery.history(100));
        });
        STORE.put("knowledge.read(UUID,Collection)",
                s -> checked(List.of(), s.store.knowledge().read(s.me(), s.victimFacts())));
        STORE.put("knowledge.remove(UUID,Collection,List)",
                s -> checked(Set.of(), s.store.knowledge().remove(s.me(), s.victimFacts(), List.of()).factIds()));
        STORE.put("messageChanges.replace(SessionKey,List)", s -> {
            List<MessageChange> planted = s.victimMessages.stream()
                    .map(id -> new MessageChange(id, Role.USER, "planted")).toList();
            assertEquals(List.of(), s.store.messageChanges().replace(s.intruder, planted).messages());
            return checked(List.of(), s.store.messageChanges().replace(s.forged, planted).messages());
        });
        STORE.put("deletions.deleteMessages(SessionKey,Collection)", s -> {
            assertEquals(NOTHING, s.store.deletions().deleteMessages(s.intruder, s.victimMessages).result());
            return checked(NOTHING, s.store.deletions().deleteMessages(s.forged, s.victimMessages).result());
        });
        STORE.put("deletions.deleteSession(SessionKey)",
                s -> checked(NOTHING, s.store.deletions().deleteSession(s.forged).result()));
        STORE.put("deletions.deleteUser(UUID)", s -> s.store.deletions().deleteUser(s.me()));
        STORE.put("messages.ofRound(UUID,UUID)",
                s -> checked(List.of(), s.store.messages().ofRound(s.me(), s.victimRound)));
        STORE.put("work.claim(UUID,UUID,Duration)",
                s -> checked(List.of(), s.store.work().claim(s.me(), UUID.randomUUID(), Duration.ofMillis(1)).stream()
                        .filter(item -> item.roundId().equals(s.victimRound)).toList()));
        STORE.put("work.unclaim(UUID,UUID)", s -> {
            s.store.work().unclaim(s.me(), UUID.randomUUID());
            return "";
        });
        STORE.put("work.renew(WorkItem,Duration)",
                s -> checked(false, s.store.work().renew(s.item(DerivedLayer.M1), Duration.ofMillis(1))));
        STORE.put("work.putBack(WorkItem,String,Duration)", s -> {
            s.store.work().putBack(s.item(DerivedLayer.M1), "planted", Duration.ofMinutes(1));
            return "";
        });
        STORE.put("work.giveUp(WorkItem,LayerStatus,String)", s -> {
            s.store.work().giveUp(s.item(DerivedLayer.M1), AddResult.LayerStatus.FAILED, "planted");
            return "";
        });
        // These span users by design, for the engine itself; they return ids and numbers only.
        STORE.put("work.postpone(WorkItem,String,Duration)", s -> {
            s.store.work().postpone(s.item(DerivedLayer.M1), "x", Duration.ZERO);
            return "";
        });
        STORE.put("work.waiting(Collection)", s -> s.store.work().waiting(List.of()));
        STORE.put("work.status()", s -> s.store.work().status());
        STORE.put("work.retryFailed()", s -> s.store.work().retryFailed());
        STORE.put("work.results(UUID,UUID)", s -> checked(List.of(), s.store.work().results(s.me(), s.victimRound)));
        STORE.put("layers.vectors(UUID,UUID)",
                s -> checked(new RoundVectors(List.of(), List.of()),
                        s.store.layers().vectors(s.me(), s.victimRound)));
        STORE.put("layers.storeEpisode(WorkItem,List,Optional,LayerOrigin)",
                s -> s.store.layers().storeEpisode(s.item(DerivedLayer.M1),
                        List.of(s.chunk()), Optional.of(s.episode()), LayerOrigin.NONE));
        STORE.put("facts.known(UUID)", s -> s.store.facts().known(s.me()));
        STORE.put("facts.revision(UUID)", s -> s.store.facts().revision(s.me()));
        STORE.put("layers.storeFacts(WorkItem,FactChanges,LayerOrigin)",
                s -> s.store.layers().storeFacts(s.item(DerivedLayer.M2),
                        new FactChanges(s.store.facts().revision(s.me()), List.of(s.fact()), List.of(), List.of(),
                                s.victimFacts().stream().map(id -> new Conflict(id, UUID.randomUUID())).toList()),
                        LayerOrigin.NONE));
        STORE.put("facts.conflicts(UUID,Collection)", s -> s.store.facts().conflicts(s.me(), s.victimFacts()));
        STORE.put("facts.find(UUID,FactQuery)", s -> s.store.facts().find(s.me(), FactQuery.history(100)));
        STORE.put("layers.episodes(UUID,EpisodeQuery)", s -> s.store.layers().episodes(s.me(),
                new EpisodeQuery(Optional.of(s.victim.sessionId()), 100)));
        STORE.put("messages.before(SessionKey,long)",
                s -> checked(Optional.empty(), s.store.messages().before(s.forged, 100)));
        // Spans users by design, for the start of the engine; it returns ids and numbers only.
        STORE.put("vectors.countStale(String,String)", s -> s.store.vectors().countStale("another", "another"));
        STORE.put("vectors.stale(UUID,DerivedLayer,String,Optional,int)",
                s -> s.store.vectors().stale(s.me(), DerivedLayer.M1, "another", Optional.empty(), 100));
        STORE.put("vectors.replace(UUID,DerivedLayer,String,Map)", s -> {
            List<UUID> chunks = Everything.of(s.store, s.victim.userId()).chunks.stream().map(Chunk::id).toList();
            Map<UUID, float[]> vectors = new LinkedHashMap<>();
            chunks.forEach(id -> vectors.put(id, new float[]{1}));
            s.store.vectors().replace(s.me(), DerivedLayer.M1, "planted", vectors);
            return "";
        });
        STORE.put("messageVectors.countMissing(String)", s -> s.store.messageVectors().countMissing("another").size());
        STORE.put("messageVectors.missing(UUID,String,Optional,int)",
                s -> s.store.messageVectors().missing(s.me(), "another", Optional.empty(), 100));
        STORE.put("messageVectors.missing(UUID,String,Collection)",
                s -> s.store.messageVectors().missing(s.me(), "another", s.victimMessages));
        STORE.put("messageVectors.store(UUID,String,Map)", s -> {
            Map<Unembedded, float[]> vectors = new LinkedHashMap<>();
            s.store.messages().read(s.victim.userId(), s.victimMessages).forEach(message -> vectors
                    .put(new Unembedded(message.id(), message.content(), ""), new float[]{1}));
            return checked(Set.of(), s.store.messageVectors().store(s.me(), "planted", vectors));
        });
        STORE.put("layerBuilds.resetFailed(DerivedLayer)", s -> s.store.layerBuilds().resetFailed(DerivedLayer.M1));
        STORE.put("layerBuilds.madeByRules(DerivedLayer)", s -> s.store.layerBuilds().madeByRules(DerivedLayer.M2));
        STORE.put("layerBuilds.queueMadeByRules(UUID,DerivedLayer,Instant,int)",
                s -> s.store.layerBuilds().queueMadeByRules(s.me(), DerivedLayer.M2, Instant.now(), 10));
        STORE.put("layerBuilds.unbuilt(DerivedLayer)", s -> s.store.layerBuilds().unbuilt(DerivedLayer.M1).size());
        STORE.put("layerBuilds.queueUnbuilt(UUID,DerivedLayer,int)",
                s -> s.store.layerBuilds().queueUnbuilt(s.me(), DerivedLayer.M1, 100));
        STORE.put("availability.timeline()", s -> s.store.availability().timeline());
        STORE.put("index.read(UUID,IndexVisitor)", s -> {
            Everything read = Everything.of(s.store, s.me());
            return List.of(read.messages, read.chunks, read.facts);
        });
        STORE.put("availability.needsProbe()", s -> s.store.availability().needsProbe());
        STORE.put("availability.whyAway()", s -> s.store.availability().whyAway());
        STORE.put("availability.suspend(String)", s -> {
            // A suspended extraction is repeated, but only after its lease.
            s.engine.flush();
            assertTrue(s.engine.awaitExtraction(Duration.ofSeconds(30)));
            s.store.availability().suspend("a test");
            s.store.availability().resume();
            return "";
        });
        STORE.put("availability.resume()", s -> {
            s.store.availability().resume();
            return "";
        });
        STORE.put("exports.read(UUID,Consumer)", s -> {
            List<UserRecord> read = new ArrayList<>();
            s.store.exports().read(s.me(), read::add);
            return read;
        });
        STORE.put("imports.run(String,Supplier)",
                s -> assertThrows(DuplicateNameException.class,
                        () -> s.store.imports().run(s.victimName, lines(s.engine, s.me())::stream)).getMessage());
        STORE.put("loads.create(User,String)", s -> assertThrows(DuplicateNameException.class,
                () -> s.store.loads().create(new User(UUID.randomUUID(), s.victimName, Instant.EPOCH), "run"))
                .getMessage());
        // These span users by design: the users of loads only, and numbers.
        STORE.put("loads.users()", s -> checked(List.of(), s.store.loads().users()));
        STORE.put("loadRuns.running()", s -> s.store.loadRuns().running());
        STORE.put("loadRuns.hold(String,Duration)", s -> {
            s.store.loadRuns().hold("run", Duration.ofMinutes(1));
            return "";
        });
        STORE.put("loadRuns.end(String)", s -> {
            s.store.loadRuns().end("run");
            return "";
        });
        STORE.put("loads.markedSize()", s -> s.store.loads().markedSize());
        STORE.put("loads.size()", s -> s.store.loads().size());
        STORE.put("loads.work()", s -> s.store.loads().work().walBytes() > 0);
        STORE.put("loads.messageCount(UUID,Collection)",
                s -> s.store.loads().messageCount(s.me(), s.victimMessages));
        STORE.put("erasures.erased(UUID)", s -> s.store.erasures().erased(s.me()));
        STORE.put("erasures.readCurrent(UUID,Collection)",
                s -> checked(List.of(), s.store.erasures().readCurrent(s.me(), s.victimMessages).messages()));
        // These span users by design, for the engine itself; they return ids and times only.
        STORE.put("erasures.since(long)", s -> s.store.erasures().since(0));
        STORE.put("erasures.existing(Collection)", s -> s.store.erasures().existing(List.of(s.me())));
        STORE.put("refusedRounds.note(Collection)", s -> {
            s.store.refusedRounds().note(List.of());
            return "";
        });
        STORE.put("refusedRounds.known(Collection)", s -> s.store.refusedRounds().known(List.of()));
        STORE.put("refusedRounds.forget(Collection)", s -> {
            s.store.refusedRounds().forget(List.of());
            return "";
        });
        STORE.put("inspection.users(String,Optional,int)",
                s -> s.store.inspection().users(s.victimName, Optional.empty(), 10).size());
        STORE.put("inspection.sessions(UUID,String,Optional,int)", s -> checked(List.of(s.intruder), s.store
                .inspection().sessions(s.me(), "", Optional.empty(), 10).stream().map(Session::key).toList()));
        STORE.put("inspection.messages(SessionKey,long,Order,int)", s -> checked(List.of(),
                s.store.inspection().messages(s.forged, 0, Order.OLDEST_FIRST, 10)));
        STORE.put("inspection.layers(UUID,Collection)", s -> checked(Map.of(),
                s.store.inspection().layers(s.me(), s.victimMessages)));
        STORE.put("erasures.existingSessions(Collection)", s -> s.store.erasures().existingSessions(List.of()));
        putDirectories();
        putKeys();
    }

    private static void putDirectories() {
        DIRECTORIES.put("directories.clientSessions(UUID,Collection)", s -> checked(List.of(),
                s.store.directories().clientSessions(s.me(), List.of(s.victim.sessionId()))));
        DIRECTORIES.put("directories.create(User,String)", s -> assertThrows(DuplicateNameException.class,
                () -> s.store.directories().create(new User(UUID.randomUUID(), s.victimName, Instant.EPOCH), "planted"))
                .getMessage());
        // These read across users by design; they return names and times only.
        DIRECTORIES.put("directories.users(Optional,int)", s -> s.store.directories().users(Optional.empty(), 10_000));
        DIRECTORIES.put("directories.sessionsById(UUID)",
                s -> s.store.directories().sessionsById(s.victim.sessionId()));
        DIRECTORIES.put("directories.sessions(SessionFilter)", s -> checked(List.of(s.intruder),
                s.store.directories().sessions(sessionsOf(s.me())).stream().map(entry -> entry.session().key())
                        .toList()));
        DIRECTORIES.put("directories.userEntry(UUID)", s -> s.store.directories().userEntry(s.me()));
        DIRECTORIES.put("directories.updateUser(UUID,Optional,Optional)",
                s -> assertThrows(DuplicateNameException.class,
                        () -> s.store.directories().updateUser(s.me(), Optional.of(s.victimName),
                                Optional.of("planted")))
                        .getMessage());
        DIRECTORIES.put("directories.agent(UUID,UUID)",
                s -> checked(Optional.empty(), s.store.directories().agent(s.me(), s.victimAgent)));
        DIRECTORIES.put("directories.sessionEntry(SessionKey)",
                s -> checked(Optional.empty(), s.store.directories().sessionEntry(s.forged)));
        DIRECTORIES.put("directories.renameSession(SessionKey,String)", s -> assertThrows(NotFoundException.class,
                () -> s.store.directories().renameSession(s.forged, "planted")).getMessage());
        // Shared agents belong to nobody and own no data.
        DIRECTORIES.put("sharedAgents.create(UUID,String,Optional)", s -> {
            s.store.sharedAgents().create(s.victimAgent, "shared by " + s.me(), Optional.of("planted"));
            return s.store.sharedAgents().delete(s.victimAgent);
        });
        DIRECTORIES.put("sharedAgents.all()", s -> s.store.sharedAgents().all());
        DIRECTORIES.put("sharedAgents.find(UUID)",
                s -> checked(Optional.empty(), s.store.sharedAgents().find(s.victimAgent)));
        DIRECTORIES.put("sharedAgents.find(String)",
                s -> checked(Optional.empty(), s.store.sharedAgents().find("agent")));
        DIRECTORIES.put("sharedAgents.update(UUID,Optional,Optional)", s -> assertThrows(NotFoundException.class,
                () -> s.store.sharedAgents().update(s.victimAgent, Optional.of("planted"), Optional.empty()))
                .getMessage());
        DIRECTORIES.put("sharedAgents.delete(UUID)",
                s -> checked(false, s.store.sharedAgents().delete(s.victimAgent)));
    }

    private static void putKeys() {
        byte[] hash = new byte[32];
        DIRECTORIES.put("apiKeys.create(UUID,Optional,byte[],Optional,Optional)", s -> {
            UUID key = UUID.randomUUID();
            s.store.apiKeys().create(key, Optional.of(s.me()), hash, Optional.empty(), Optional.empty());
            return checked(Optional.empty(), s.store.apiKeys().find(key, Optional.of(s.victim.userId()), hash));
        });
        DIRECTORIES.put("apiKeys.list(Optional)", s -> {
            victimKey(s, hash);
            return checked(List.of(), s.store.apiKeys().list(Optional.of(s.me())));
        });
        DIRECTORIES.put("apiKeys.find(UUID,Optional,byte[])", s -> checked(Optional.empty(),
                s.store.apiKeys().find(victimKey(s, hash), Optional.of(s.me()), hash)));
        DIRECTORIES.put("apiKeys.delete(UUID,Optional)", s -> {
            UUID key = victimKey(s, hash);
            checked(false, s.store.apiKeys().delete(key, Optional.of(s.me())));
            return checked(1, s.store.apiKeys().list(Optional.of(s.victim.userId())).size());
        });
        DIRECTORIES.put("apiKeys.any()", s -> s.store.apiKeys().any());
    }

    private static UUID victimKey(Scene scene, byte[] hash) {
        UUID key = UUID.randomUUID();
        scene.store.apiKeys().create(key, Optional.of(scene.victim.userId()), hash, Optional.empty(),
                Optional.empty());
        return key;
    }

    private static SessionFilter sessionsOf(UUID userId) {
        return new SessionFilter(Optional.of(userId), Optional.empty(), Optional.empty(), Optional.empty(), 100);
    }

    private static EngineFixture fixture;

    @BeforeAll
    static void start() throws SQLException {
        fixture = EngineFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static <T> T checked(T expected, T actual) {
        assertEquals(expected, actual);
        return actual;
    }

    private static List<UserRecord> lines(MemoryEngine engine, UUID userId) {
        List<UserRecord> lines = new ArrayList<>();
        engine.exportUser(userId, lines::add);
        return lines;
    }

    private static Set<String> signatures(Class<?> type) {
        return Arrays.stream(type.getMethods()).filter(method -> !method.isSynthetic()).map(CrossUserDbTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    @Test
    void everyMethodHasACase() {
        assertEquals(signatures(MemoryEngine.class), new TreeSet<>(ENGINE.keySet()));
        Set<String> ofStore = Arrays.stream(MemoryStore.class.getMethods())
                .flatMap(port -> signatures(port.getReturnType()).stream().map(method -> port.getName() + "." + method))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tried = new TreeSet<>(STORE.keySet());
        tried.addAll(DIRECTORIES.keySet());
        assertEquals(ofStore, tried);
    }

    static Stream<Arguments> attemptsOnTheEngine() {
        return Stream.of(true, false)
                .flatMap(bypass -> ENGINE.keySet().stream().map(method -> Arguments.of(method, bypass)));
    }

    @ParameterizedTest
    @MethodSource("attemptsOnTheEngine")
    void noCallOfTheEngineReachesAnotherUser(String method, boolean bypass) throws Exception {
        attempt(ENGINE.get(method), method, "buffer.bypass_mode=" + bypass, "queries.consolidated=true",
                "layers.m1.enabled=true",
                "layers.m2.enabled=true");
    }

    static Stream<Arguments> attemptsOnTheStore() {
        return Stream.of(true, false)
                .flatMap(at -> STORE.keySet().stream().map(method -> Arguments.of(method, at)));
    }

    @ParameterizedTest
    @MethodSource("attemptsOnTheStore")
    void noCallOfTheStoreReachesAnotherUser(String method, boolean consolidated) throws Exception {
        attempt(STORE.get(method), method, "buffer.bypass_mode=true", "queries.consolidated=" + consolidated,
                "layers.m1.enabled=true",
                "layers.m2.enabled=true");
    }

    @ParameterizedTest
    @MethodSource("attemptsOnTheDirectories")
    void noCallOfTheDirectoriesReachesAnotherUser(String method) throws Exception {
        attempt(DIRECTORIES.get(method), method, "buffer.bypass_mode=true", "layers.m1.enabled=true",
                "layers.m2.enabled=true");
    }

    static Stream<String> attemptsOnTheDirectories() {
        return DIRECTORIES.keySet().stream();
    }

    private static void attempt(@Nullable Attempt attempt, String method, String... settings)
            throws Exception {
        fixture.set(settings);
        Scene scene = new Scene(fixture);
        List<Message> before = scene.engine.messages(scene.victim, 100, Order.OLDEST_FIRST);

        @Nullable
        Object got = Objects.requireNonNull(attempt).by(scene);

        assertFalse(String.valueOf(got).contains("Zanzibar"), () -> method + " gave " + got);
        assertEquals(contents(before), contents(scene.engine.messages(scene.victim, 100, Order.OLDEST_FIRST)));
        assertUntouched(scene, method);
    }

    private static List<String> contents(List<Message> messages) {
        return messages.stream().map(message -> message.id() + message.content()).toList();
    }

    /// Asserts that the victim's data are complete and unchanged, in the index too: two messages with a chunk and a
    /// fact each.
    private static void assertUntouched(Scene scene, String method) throws SQLException {
        scene.engine.flush();
        assertTrue(scene.engine.awaitExtraction(Duration.ofSeconds(30)));
        List<UserRecord> all = lines(scene.engine, scene.victim.userId());
        Map<RecordKind, Long> counts = all.stream()
                .collect(Collectors.groupingBy(UserRecord::kind, Collectors.counting()));
        assertEquals(List.of(1L, 1L, 2L, 2L, 2L),
                Stream.of(RecordKind.SESSION, RecordKind.ROUND, RecordKind.MESSAGE, RecordKind.CHUNK, RecordKind.FACT)
                        .map(kind -> counts.getOrDefault(kind, 0L)).toList(),
                method);
        assertFalse(all.toString().contains("planted"), method);
        assertTrue(all.stream().filter(row -> row.kind() == RecordKind.ROUND)
                .allMatch(row -> "done".equals(row.value("m1_state")) && "done".equals(row.value("m2_state"))), method);
        assertEquals(2, scene.engine.query(scene.victim.userId(), SECRET, 100).hits().size(), method);
        assertEquals(0, scene.fixture.count("SELECT count(*) FROM m1_episodic WHERE content = 'planted' "
                + "AND message_ids && ?::uuid[] AND user_id = ?", "{" + scene.victimMessages.getFirst() + "}",
                scene.victim.userId()), method);
    }
}
