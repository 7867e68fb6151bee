package dev.memfuse.engine.service;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactTime;
import dev.memfuse.engine.Knowledge;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.spi.KnowledgeStore.Removed;
import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.metrics.SteadyClock;

/// Stores facts by hand, and updates the index of their user and its cached answers. Thread-safe.
final class KnowledgeByHand implements Knowledge {
    private final EngineRuntime runtime;

    KnowledgeByHand(EngineRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public List<Fact> add(UUID userId, List<String> contents) {
        List<String> checked = BatchCheck.contents("contents", contents, runtime.tunables.get().buffer());
        return stored(userId, owner -> {
            List<float[]> vectors = runtime.encoder.embed(checked);
            Instant now = now();
            List<Fact> facts = new ArrayList<>();
            for (int i = 0; i < checked.size(); i++) {
                facts.add(fact(owner, UuidCreator.getTimeOrderedEpochPlus1(), checked.get(i), now, now,
                        vectors.get(i)));
            }
            return runtime.locks.shared(owner, () -> {
                runtime.store.knowledge().add(owner, facts);
                changed(owner, state -> state.index().addFacts(facts));
                return facts;
            });
        });
    }

    @Override
    public List<Fact> read(UUID userId, Collection<UUID> factIds) {
        List<UUID> ids = ValueCheck.ids("factIds", factIds);
        return runtime.calls.read(ValueCheck.present("userId", userId),
                owner -> inOrder(ids, runtime.store.replicas().reading(owner, () -> found(owner, ids))),
                List::isEmpty);
    }

    @Override
    public List<Fact> update(UUID userId, List<Change> changes) {
        List<Change> all = ValueCheck.elements("changes", changes);
        List<UUID> ids = ValueCheck.ids("changes", all.stream().map(Change::factId).toList());
        List<String> contents = BatchCheck.contents("changes", all.stream().map(Change::content).toList(),
                runtime.tunables.get().buffer());
        if (ids.stream().distinct().count() < ids.size()) {
            throw new InvalidValueException("changes", "changes names a fact twice. Remove the repetition.");
        }
        return stored(userId, owner -> {
            List<float[]> vectors = runtime.encoder.embed(contents);
            return runtime.locks.exclusive(owner, () -> {
                Map<UUID, Fact> known = found(owner, ids);
                Instant now = now();
                List<Fact> facts = new ArrayList<>();
                for (int i = 0; i < ids.size(); i++) {
                    Fact before = known.get(ids.get(i));
                    if (before != null) {
                        facts.add(fact(owner, before.id(), contents.get(i), created(before), now, vectors.get(i)));
                    }
                }
                Removed removed = runtime.store.knowledge().remove(owner, ids, facts);
                List<Fact> kept = facts.stream().filter(fact -> removed.factIds().contains(fact.id())).toList();
                changed(owner, state -> {
                    state.index().removeFacts(removed.factIds(), removed.erasure());
                    state.index().addFacts(kept);
                });
                return kept;
            });
        });
    }

    @Override
    public List<UUID> delete(UUID userId, Collection<UUID> factIds) {
        List<UUID> ids = ValueCheck.ids("factIds", factIds);
        return stored(userId, owner -> runtime.locks.exclusive(owner, () -> {
            Removed removed = runtime.store.knowledge().remove(owner, ids, List.of());
            changed(owner, state -> state.index().removeFacts(removed.factIds(), removed.erasure()));
            return ids.stream().distinct().filter(removed.factIds()::contains).toList();
        }));
    }

    private <T> T stored(UUID userId, Function<UUID, T> call) {
        ValueCheck.present("userId", userId);
        runtime.health.require("Knowledge cannot be changed");
        return runtime.calls.stored(userId, owner -> runtime.gate.whileOpen(() -> call.apply(owner)));
    }

    private void changed(UUID userId, Consumer<UserState> index) {
        runtime.states.find(userId).ifPresent(state -> {
            index.accept(state);
            state.clearQueries();
        });
    }

    private Map<UUID, Fact> found(UUID userId, List<UUID> ids) {
        return runtime.store.knowledge().read(userId, ids).stream().collect(Collectors.toMap(Fact::id, fact -> fact));
    }

    private static List<Fact> inOrder(List<UUID> ids, Map<UUID, Fact> found) {
        return ids.stream().distinct().flatMap(id -> Optional.ofNullable(found.get(id)).stream()).toList();
    }

    private Fact fact(UUID userId, UUID id, String content, Instant created, Instant changed, float[] vector) {
        // The clock may have been set back since the creation.
        Instant last = changed.isBefore(created) ? created : changed;
        return Fact.byHand(userId, id, content, new FactTime(last, Optional.empty(), created, Optional.empty(),
                Optional.empty()), vector, runtime.encoder.model().get().name());
    }

    private static Instant created(Fact fact) {
        return fact.isByHand() ? fact.time().validFrom() : fact.time().observedAt();
    }

    private static Instant now() {
        return SteadyClock.now().truncatedTo(ChronoUnit.MICROS);
    }
}
