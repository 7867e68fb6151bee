package dev.memfuse.store.plan;

import static dev.memfuse.store.plan.Explainable.read;
import static dev.memfuse.store.plan.Explainable.write;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import dev.memfuse.engine.AddResult.LayerStatus;
import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.Episode;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.spi.FactChanges;
import dev.memfuse.engine.spi.LayerOrigin;
import dev.memfuse.engine.spi.MessageVectorStore.Unembedded;
import dev.memfuse.engine.spi.StoredRound;
import dev.memfuse.engine.spi.WorkItem;
import dev.memfuse.metrics.SteadyClock;

/// Calls of the work behind the acknowledgement: extraction, vectors, and the build of layers.
final class BackgroundCalls {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int PAGE = 50;
    /// Items of the user before the one that is wanted.
    private static final int MOST_CLAIMED = 50;
    private static final String OTHER_MODEL = "another@1";

    private BackgroundCalls() {}

    static List<Explainable> all() {
        return List.of(read("extraction-status", "Read the work list of extraction", of -> {
            of.store().work().status();
            of.store().work().waiting(Set.of(Subject.newId()));
        }),
                write("claim-work", "Claim a round to build layers from, and put it back", BackgroundCalls::claimWork),
                write("give-up-work", "Give a round up, and retry what failed", BackgroundCalls::giveUp),
                write("build-episode", "Store the chunks and the episode of a round", BackgroundCalls::buildEpisode),
                write("build-facts", "Store the facts of a round, merged and superseded", BackgroundCalls::buildFacts),
                read("missing-vectors", "Find messages without a vector", of -> {
                    of.store().messageVectors().countMissing(of.vector().model());
                    of.store().messageVectors().missing(of.id(), of.vector().model(), Optional.empty(), PAGE);
                    of.store().messageVectors().missing(of.id(), of.vector().model(), of.ids());
                }),
                write("store-vectors", "Store the vectors of messages", BackgroundCalls::storeVectors),
                write("replace-vectors", "Replace the vectors of another model", BackgroundCalls::replaceVectors),
                read("unbuilt-layers", "Find what layers lack", of -> {
                    for (DerivedLayer layer : DerivedLayer.values()) {
                        of.store().layerBuilds().unbuilt(layer);
                        of.store().layerBuilds().madeByRules(layer);
                    }
                }),
                write("queue-layers", "Queue what a layer lacks", BackgroundCalls::queueLayers));
    }

    private static void store(Subject of) {
        of.store().rounds().store(of.id(), List.of(of.newRound()), TIMEOUT);
    }

    private static WorkItem claim(Subject of, UUID owner) {
        return of.store().work().claim(of.id(), owner, LEASE)
                .orElseThrow(() -> new EngineException("No round of the user could be claimed: others build its "
                        + "layers. Ask again."));
    }

    /// Claims items of a user until one is of a layer.
    private static WorkItem claim(Subject of, DerivedLayer layer) {
        for (int i = 0; i < MOST_CLAIMED; i++) {
            WorkItem item = claim(of, Subject.newId());
            if (item.layer() == layer) {
                return item;
            }
        }
        throw new EngineException("The user " + of.user().name() + " has many rounds in the work list: choose another "
                + "user, or wait until extraction is done.");
    }

    private static void claimWork(Subject of) {
        store(of);
        UUID owner = Subject.newId();
        WorkItem item = claim(of, owner);
        of.store().work().renew(item, LEASE);
        of.store().work().putBack(item, "explained", Duration.ZERO);
        of.store().work().postpone(claim(of, owner), "explained", Duration.ZERO);
        claim(of, owner);
        of.store().work().unclaim(of.id(), owner);
    }

    private static void giveUp(Subject of) {
        store(of);
        of.store().work().giveUp(claim(of, Subject.newId()), LayerStatus.FAILED, "explained");
        of.store().work().retryFailed();
    }

    private static void buildEpisode(Subject of) {
        store(of);
        WorkItem item = claim(of, DerivedLayer.M1);
        List<UUID> messages = messages(of, item);
        Episode episode = new Episode(Subject.newId(), item.session(), item.roundId(), messages, "title",
                of.messages().getFirst().content(), Episode.Method.EXTRACTIVE, Instant.EPOCH, Instant.EPOCH,
                of.vector().values(), of.vector().model());
        of.store().layers().storeEpisode(item, List.of(of.chunk(messages)), Optional.of(episode), LayerOrigin.NONE);
    }

    private static List<UUID> messages(Subject of, WorkItem item) {
        return of.store().messages().ofRound(of.id(), item.roundId()).stream().map(message -> message.id()).toList();
    }

    private static void buildFacts(Subject of) {
        store(of);
        WorkItem item = claim(of, DerivedLayer.M2);
        List<UUID> messages = messages(of, item);
        Fact old = fact(of, item, messages, "old");
        Fact fact = fact(of, item, messages, "new");
        of.store().layers().storeFacts(item, new FactChanges(of.store().facts().revision(of.id()),
                List.of(old, fact), List.of(new FactChanges.Merge(fact.id(), messages, 0.5)),
                List.of(new FactChanges.Supersession(old.id(), fact.id(), Instant.EPOCH)),
                List.of(new FactChanges.Conflict(fact.id(), old.id()))), LayerOrigin.NONE);
    }

    private static Fact fact(Subject of, WorkItem item, List<UUID> messages, String word) {
        String content = of.messages().getFirst().content() + " " + word;
        return new Fact(Subject.newId(), item.session(), item.roundId(), messages, content, "general", 1,
                List.of(word), Optional.empty(), FactTime.of(Instant.EPOCH, Optional.empty()), List.of(),
                of.vector().values(), of.vector().model());
    }

    /// Stores a round whose messages no layer covers, so that they lack vectors.
    private static void storeVectors(Subject of) {
        StoredRound round = of.newRound(of.session(), Set.of());
        StoredRound plain = new StoredRound(round.id(), round.session(), round.createdAt(), round.messages(),
                round.tokens(), List.of(), Set.of());
        of.store().rounds().store(of.id(), List.of(plain), TIMEOUT);
        List<Unembedded> missing = of.store().messageVectors().missing(of.id(), of.vector().model(),
                plain.messages().stream().map(NewMessage::id).toList());
        of.store().messageVectors().store(of.id(), of.vector().model(),
                Map.of(missing.getFirst(), of.vector().values()));
    }

    private static void replaceVectors(Subject of) {
        buildEpisode(of);
        buildFacts(of);
        of.store().vectors().countStale(OTHER_MODEL, OTHER_MODEL);
        for (DerivedLayer layer : DerivedLayer.values()) {
            of.store().vectors().stale(of.id(), layer, OTHER_MODEL, Optional.empty(), PAGE).stream().findFirst()
                    .ifPresent(stale -> of.store().vectors().replace(of.id(), layer, OTHER_MODEL,
                            Map.of(stale.id(), of.vector().values())));
        }
    }

    private static void queueLayers(Subject of) {
        for (DerivedLayer layer : DerivedLayer.values()) {
            of.store().layerBuilds().resetFailed(layer);
            of.store().layerBuilds().queueUnbuilt(of.id(), layer, PAGE);
            of.store().layerBuilds().queueMadeByRules(of.id(), layer, SteadyClock.now(), PAGE);
        }
    }
}
