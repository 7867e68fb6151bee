package dev.memfuse.lab.layers;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.config.section.LlmConfig;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.EpisodeQuery;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.SessionKey;
import dev.memfuse.load.labelled.LabelledDialogue;
import dev.memfuse.load.labelled.LabelledDialogue.Turn;
import dev.memfuse.metrics.EnvironmentInfo;
import dev.memfuse.metrics.ExtractionStats;
import dev.memfuse.progress.Progress;

/// Measures the quality of facts and episodes: stores every dialogue as a user, waits until the layers are built, and
/// compares them with the labels.
///
/// One thread runs it; [#stop] is thread-safe. The users that it created are deleted at the end.
public final class LayersMeasurement {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration BETWEEN_TURNS = Duration.ofSeconds(30);
    private static final int MAX_ROUND = 10;
    private static final int MAX_RESULTS = 10_000;

    private final MemoryEngine engine;
    private final ExtractionStats stats;
    private final Supplier<LlmConfig> prices;
    private final Map<String, String> properties;
    private volatile boolean stopped;
    private long turns;
    private long rounds;

    /// A dialogue that is stored as a user.
    ///
    /// @param numbers turn numbers by message
    private record Stored(LabelledDialogue dialogue, UUID userId, Map<UUID, Integer> numbers) {}

    /// @param engine the engine that is measured
    /// @param stats counters of extraction of the engine
    /// @param prices configuration of the language model, read at the end
    /// @param properties settings and versions for the report
    public LayersMeasurement(MemoryEngine engine, ExtractionStats stats, Supplier<LlmConfig> prices,
            Map<String, String> properties) {
        this.engine = engine;
        this.stats = stats;
        this.prices = prices;
        this.properties = Map.copyOf(properties);
    }

    /// Ends the measurement after the current call of the engine; the report holds the results so far.
    public void stop() {
        stopped = true;
    }

    /// Runs the measurement; blocks until it has ended.
    ///
    /// @param results receives the results of each dialogue
    /// @param progress called on the calling thread
    public LayersReport run(LayersDataset set, Optional<Consumer<DialogueResult>> results,
            Consumer<Progress> progress) {
        List<Stored> users = new ArrayList<>();
        try {
            ExtractionStats.Counts before = stats.counts();
            long started = System.nanoTime();
            for (LabelledDialogue dialogue : set.dialogues()) {
                if (!stopped) {
                    users.add(store(dialogue));
                    progress.accept(Progress.of("Adding", users.size(), set.dialogues().size()));
                }
            }
            engine.flush();
            while (!stopped && !engine.awaitExtraction(POLL_INTERVAL)) {
                progress.accept(Progress.of("Extracting", 0, 0));
            }
            double seconds = (System.nanoTime() - started) / 1e9;
            return report(set, users, results, new LayersReport.Speed(turns, rounds, seconds, turns / seconds),
                    ExtractionUse.of(stats.counts().since(before), prices.get()));
        } finally {
            users.forEach(stored -> engine.deleteUser(stored.userId()));
        }
    }

    private Stored store(LabelledDialogue dialogue) {
        UUID userId = engine.createUser("layers-" + dialogue.id() + "-" + UuidCreator.getTimeOrderedEpochPlus1()).id();
        Agent agent = engine.createAgent(userId, "layers");
        SessionKey session = engine.createSession(userId, agent.id(), null).key();
        Map<UUID, Integer> numbers = new HashMap<>();
        List<NewMessage> round = new ArrayList<>();
        String day = "";
        for (Turn turn : dialogue.turns()) {
            if (!round.isEmpty() && (round.size() == MAX_ROUND || !turn.at().substring(0, 10).equals(day))) {
                add(session, round);
            }
            day = turn.at().substring(0, 10);
            NewMessage message = new NewMessage(UuidCreator.getTimeOrderedEpochPlus1(), turn.author(), turn.text(),
                    time(turn, numbers.size()));
            numbers.put(message.id(), numbers.size() + 1);
            round.add(message);
        }
        add(session, round);
        return new Stored(dialogue, userId, numbers);
    }

    /// Turns of which only the day is known follow each other.
    private static Instant time(Turn turn, int before) {
        return turn.at().length() == 10 ? turn.time().plus(BETWEEN_TURNS.multipliedBy(before)) : turn.time();
    }

    private void add(SessionKey session, List<NewMessage> round) {
        if (!round.isEmpty()) {
            engine.addBatch(session, List.copyOf(round));
            turns += round.size();
            rounds++;
            round.clear();
        }
    }

    private LayersReport report(LayersDataset set, List<Stored> users, Optional<Consumer<DialogueResult>> results,
            LayersReport.Speed speed, ExtractionUse use) {
        FactTally overall = new FactTally();
        Map<String, FactTally> groups = new TreeMap<>();
        EpisodeTally episodes = new EpisodeTally();
        for (Stored stored : users) {
            LabelledDialogue dialogue = stored.dialogue();
            List<MadeFact> facts = facts(stored);
            overall.add(dialogue, facts);
            groups.computeIfAbsent(dialogue.language(), _ -> new FactTally()).add(dialogue, facts);
            if (!dialogue.category().isEmpty() && dialogue.language().equals("en")) {
                groups.computeIfAbsent("en " + dialogue.category(), _ -> new FactTally()).add(dialogue, facts);
            }
            List<Episode> made = engine.episodes(stored.userId(), EpisodeQuery.newest(MAX_RESULTS));
            made.forEach(episode -> episodes.add(episode, text(stored, episode.messageIds())));
            results.ifPresent(consumer -> consumer.accept(DialogueResult.of(dialogue, facts, made)));
        }
        Map<String, String> environment = new LinkedHashMap<>(EnvironmentInfo.ofThisProcess());
        environment.putAll(properties);
        Map<String, FactScores> scores = new LinkedHashMap<>();
        groups.forEach((group, tally) -> scores.put(group, tally.scores()));
        return new LayersReport(set.name(), !stopped, set.labelled(), overall.scores(), scores, episodes.scores(),
                speed, use, environment);
    }

    private List<MadeFact> facts(Stored stored) {
        return engine.facts(stored.userId(), FactQuery.history(MAX_RESULTS)).reversed().stream()
                .map(fact -> MadeFact.of(fact, stored.numbers())).toList();
    }

    private static String text(Stored stored, List<UUID> messageIds) {
        return messageIds.stream().map(id -> stored.numbers().getOrDefault(id, 0)).filter(number -> number > 0)
                .map(number -> stored.dialogue().turns().get(number - 1).text()).collect(Collectors.joining("\n"));
    }
}
