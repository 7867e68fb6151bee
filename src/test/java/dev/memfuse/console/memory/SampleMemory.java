package dev.memfuse.console.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.memfuse.engine.AddResult;
import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.Inspection.BufferedUser;
import dev.memfuse.engine.Inspection.MessageLayers;
import dev.memfuse.engine.LayerBuild;
import dev.memfuse.engine.LayerResult;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.Reembedding;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.User;
import dev.memfuse.load.run.FakeEngine;

/// Fills a fake engine with a user, a conversation, facts and everything else that the Memory page shows.
public final class SampleMemory {
    static final Instant NOW = Instant.parse("2026-11-26T10:15:00Z");
    private static final String[] TALK = {"I moved to Lisbon in May, after five years in Vienna.",
            "How do you like it there?", "I love the light, and the sea is close. My sister visits next week.",
            "That sounds wonderful. What will you show her?",
            "The tram 28, the castle, and a small bakery in Alfama that nobody knows yet.",
            "Shall I remind you of the opening hours?"};

    public final FakeEngine engine = new FakeEngine();
    public final User alice;
    public final Session session;
    public final List<Message> messages = new ArrayList<>();

    /// @param users number of users beside alice
    public SampleMemory(int users) {
        alice = new User(new UUID(1, 0), "alice", NOW.minus(Duration.ofDays(40)));
        engine.inspection.users.add(alice);
        IntStream.rangeClosed(1, users).mapToObj(i -> new User(new UUID(1, i), "load-x-1-u" + i, NOW))
                .forEach(engine.inspection.users::add);
        session = new Session(new SessionKey(alice.id(), new UUID(2, 0)), new UUID(3, 0), "Moving house",
                NOW.minus(Duration.ofDays(3)));
        engine.inspection.sessions.add(session);
        engine.inspection.sessions.add(new Session(new SessionKey(alice.id(), new UUID(2, 1)), new UUID(3, 0),
                "Plans for the summer", NOW));
        for (int i = 0; i < TALK.length; i++) {
            messages.add(message(i + 1, TALK[i], Message.Origin.DATABASE));
        }
        engine.inspection.stored.addAll(messages);
        messages.forEach(one -> engine.inspection.layers.put(one.id(), new MessageLayers(one.sequence() > 4,
                one.sequence() > 4 ? 0 : 1, one.sequence() > 4 ? 0 : 1, one.sequence() == 1 ? 2 : 0)));
        answers();
        knowledge();
        work();
    }

    public Message message(long sequence, String text, Message.Origin origin) {
        return new Message(new UUID(4, sequence), session.key(), new UUID(5, (sequence + 1) / 2), sequence,
                sequence % 2 == 1 ? Role.USER : Role.ASSISTANT, text, NOW.plusSeconds(sequence * 60),
                Optional.empty(), origin);
    }

    private static Share share(Signal signal, double raw, double scaled, double weight) {
        return new Share(signal, raw, scaled, weight, scaled * weight);
    }

    public Hit hit(int message, MemoryLayer layer, double strength) {
        Message source = messages.get(message);
        List<Share> shares = List.of(share(Signal.BM25, 7.3 * strength, strength, 0.2),
                share(Signal.DENSE, 0.71 * strength, strength * 0.9, 0.2),
                share(Signal.PREVIOUS, 0.2, 0.2, 0.1), share(Signal.NEXT, 0.4, 0.4, 0.12),
                share(Signal.SESSION, 0.8, 0.8, 0.2), share(Signal.LENGTH, 0.6, 0.6, 0.1),
                share(Signal.STATEMENT, 1, 1, 0.05));
        return new Hit(layer, layer == MemoryLayer.M0 ? source.id() : new UUID(9, message),
                layer == MemoryLayer.M0 ? source.content() : "The user moved to Lisbon.", source,
                List.of(source.id()), List.of(), shares.stream().mapToDouble(Share::points).sum(), shares);
    }

    private void answers() {
        List<Hit> all = List.of(hit(0, MemoryLayer.M0, 1), hit(0, MemoryLayer.M2, 0.8), hit(2, MemoryLayer.M0, 0.6),
                hit(4, MemoryLayer.M0, 0.4), hit(1, MemoryLayer.M0, 0.1));
        engine.inspection.answers = (request, rules) -> {
            List<Hit> ranked = rules.denseWeight() == 0 ? all.reversed() : all;
            List<Hit> inScope = ranked.stream().filter(one -> request.filter().layers().contains(one.layer()))
                    .limit(request.topK()).toList();
            List<Hit> fitting = request.maxTokens() == 0
                    ? inScope
                    : inScope.stream().filter(one -> one.content().length() <= request.maxTokens()).toList();
            return new QueryResult(fitting, 1_204, 12, inScope.size() - fitting.size(), false, false);
        };
    }

    private void knowledge() {
        Fact vienna = fact(1, "The user lives in Vienna.", 900, FactTime.of(NOW.minus(Duration.ofDays(900)),
                Optional.empty()).supersededBy(new UUID(6, 2), NOW.minus(Duration.ofDays(180))));
        Fact lisbon = fact(2, "The user lives in Lisbon.", 180,
                FactTime.of(NOW.minus(Duration.ofDays(180)), Optional.empty()));
        Fact tea = fact(3, "The user prefers tea to coffee.", 100,
                FactTime.of(NOW.minus(Duration.ofDays(100)), Optional.empty()))
                .inConflictWith(List.of(new UUID(6, 4)));
        Fact coffee = fact(4, "The user drinks coffee every morning.", 20,
                FactTime.of(NOW.minus(Duration.ofDays(20)), Optional.empty()))
                .inConflictWith(List.of(new UUID(6, 3)));
        engine.facts.addAll(List.of(coffee, tea, lisbon, vienna));
        engine.episodes.add(new Episode(new UUID(7, 1), session.key(), new UUID(5, 1),
                messages.stream().limit(4).map(Message::id).toList(), "Moving to Lisbon",
                "The user moved to Lisbon in May. The sister visits next week.", Episode.Method.EXTRACTIVE,
                NOW, NOW.plusSeconds(240), new float[]{1}, "all-minilm-l6-v2-q@1"));
    }

    private Fact fact(int id, String text, int days, FactTime time) {
        return new Fact(new UUID(6, id), session.key(), new UUID(5, 1), List.of(messages.getFirst().id()), text,
                days > 500 ? "personal" : "preference", 0.9, List.of("Lisbon"), Optional.empty(), time, List.of(),
                new float[]{1}, "all-minilm-l6-v2-q@1");
    }

    private void work() {
        engine.inspection.bufferedUsers.add(new BufferedUser(alice.id(), "alice", 3, 120, 40, 2));
        engine.inspection.bufferedUsers.add(new BufferedUser(new UUID(1, 1), "load-x-1-u1", 1, 12, 0, 1));
        engine.inspection.bufferedMessages.add(message(Message.UNASSIGNED, "Just typed.", Message.Origin.ROUND_BUFFER));
        engine.deadLetters.add(new DeadLetter(new UUID(8, 1), session.key(), NOW,
                "The text contains a character that the encoding of the database does not have.", NOW,
                List.of(NewMessage.of(Role.USER, "smile \uD83D\uDE00")), 231));
        engine.extraction = () -> new ExtractionStatus(
                Map.of(DerivedLayer.M1, new ExtractionStatus.LayerBacklog(12, 2, Optional.of(NOW), 1)),
                List.of(new ExtractionStatus.DeadLetter(alice.id(), new UUID(5, 1),
                        new LayerResult(DerivedLayer.M1, AddResult.LayerStatus.FAILED, 3, "The model did not answer."),
                        NOW)));
        engine.reembedding = new SampleReembedding();
        engine.layerBuild = new SampleLayerBuild();
    }

    /// A replacement that runs until it is paused or cancelled.
    static final class SampleReembedding implements Reembedding {
        Reembedding.State state = Reembedding.State.RUNNING;

        @Override
        public Reembedding.Status status() {
            return new Reembedding.Status(state, "bge-small-en-v15-q@1", 1_200, 4_800, 40,
                    Optional.of(Duration.ofSeconds(90)), "");
        }

        @Override
        public void start() {
            state = Reembedding.State.RUNNING;
        }

        @Override
        public void pause() {
            state = Reembedding.State.PAUSED;
        }

        @Override
        public void cancel() {
            state = Reembedding.State.CANCELLED;
        }
    }

    /// A build that runs until it is cancelled.
    static final class SampleLayerBuild implements LayerBuild {
        LayerBuild.State state = LayerBuild.State.RUNNING;

        @Override
        public Cost cost(DerivedLayer layer, Scope scope) {
            return new Cost(1, 1, 1, 0);
        }

        @Override
        public void start(DerivedLayer layer, Scope scope) {
            state = LayerBuild.State.RUNNING;
        }

        @Override
        public void cancel() {
            state = LayerBuild.State.CANCELLED;
        }

        @Override
        public LayerBuild.Status status() {
            return new LayerBuild.Status(state, 30, 120, 60, 0, "");
        }
    }
}
