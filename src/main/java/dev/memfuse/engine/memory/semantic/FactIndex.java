package dev.memfuse.engine.memory.semantic;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.memfuse.engine.Claim;
import dev.memfuse.engine.Fact;
import org.jspecify.annotations.Nullable;

/// Current facts of a user, found by their words, by the property of their claim and by their vector, so that the cost
/// of merging a fact hardly depends on the number of facts. Results are in the order in which the facts were added. Not
/// thread-safe.
final class FactIndex {
    private final Map<UUID, Entry> entries = new HashMap<>();
    private final Map<String, Set<Entry>> byWords = new HashMap<>();
    private final Map<Property, Set<Entry>> byProperty = new HashMap<>();
    private final Map<Space, Vectors> byVector = new HashMap<>();
    private long added;

    private record Property(String subject, String attribute) {
        private static Property of(Claim claim) {
            return new Property(claim.subject(), claim.attribute());
        }
    }

    /// Vectors are comparable within one model.
    private record Space(String model, int dimensions) {
        private static Space of(Fact fact) {
            return new Space(fact.model(), fact.vector().length);
        }
    }

    /// Compared by identity.
    private static final class Entry {
        private final long order;
        private final int place;
        private Fact fact;

        private Entry(long order, int place, Fact fact) {
            this.order = order;
            this.place = place;
            this.fact = fact;
        }
    }

    private static final class Vectors {
        private final VectorSignatures signatures;
        private final List<@Nullable Entry> places = new ArrayList<>();
        private final List<Integer> free = new ArrayList<>();

        private Vectors(int dimensions) {
            signatures = new VectorSignatures(dimensions);
        }

        private int place(float[] vector) {
            int place = free.isEmpty() ? places.size() : free.removeLast();
            if (place == places.size()) {
                places.add(null);
            }
            signatures.put(place, vector);
            return place;
        }
    }

    FactIndex(Collection<Fact> facts) {
        facts.forEach(this::put);
    }

    /// Adds a fact, or replaces the one with its id, which keeps its place in the order.
    void put(Fact fact) {
        Entry known = entries.get(fact.id());
        if (known != null) {
            known.fact = fact;
            return;
        }
        Vectors vectors = byVector.computeIfAbsent(Space.of(fact), space -> new Vectors(space.dimensions()));
        Entry entry = new Entry(added++, vectors.place(fact.vector()), fact);
        vectors.places.set(entry.place, entry);
        entries.put(fact.id(), entry);
        byWords.computeIfAbsent(Evidence.wordKey(fact), _ -> new LinkedHashSet<>()).add(entry);
        fact.claim().ifPresent(claim -> byProperty.computeIfAbsent(Property.of(claim), _ -> new LinkedHashSet<>())
                .add(entry));
    }

    /// Removes a fact.
    void remove(Fact fact) {
        Entry entry = entries.remove(fact.id());
        if (entry == null) {
            return;
        }
        Vectors vectors = byVector.get(Space.of(entry.fact));
        if (vectors != null) {
            vectors.places.set(entry.place, null);
            vectors.free.add(entry.place);
        }
        drop(byWords, Evidence.wordKey(entry.fact), entry);
        entry.fact.claim().ifPresent(claim -> drop(byProperty, Property.of(claim), entry));
    }

    private static <K> void drop(Map<K, Set<Entry>> map, K key, Entry entry) {
        map.computeIfPresent(key, (_, found) -> {
            found.remove(entry);
            return found.isEmpty() ? null : found;
        });
    }

    int size() {
        return entries.size();
    }

    /// Returns the facts with the same words, or a vector with at least a cosine.
    List<Fact> sameWordsOrNear(Fact fact, double cosine) {
        return sorted(Stream.concat(byWords.getOrDefault(Evidence.wordKey(fact), Set.of()).stream(),
                near(fact, cosine)));
    }

    /// Returns the facts about the same property of the same thing.
    List<Fact> sameProperty(Fact fact) {
        return sorted(about(fact));
    }

    private Stream<Entry> about(Fact fact) {
        return fact.claim().stream()
                .flatMap(claim -> byProperty.getOrDefault(Property.of(claim), Set.of()).stream());
    }

    /// Returns the facts about the same property of the same thing, or with a vector with at least a cosine.
    List<Fact> samePropertyOrNear(Fact fact, double cosine) {
        return sorted(Stream.concat(about(fact), near(fact, cosine)));
    }

    private Stream<Entry> near(Fact fact, double cosine) {
        Vectors vectors = byVector.get(Space.of(fact));
        List<Entry> found = new ArrayList<>();
        if (vectors != null) {
            vectors.signatures.near(fact.vector(), cosine, vectors.places.size(), place -> {
                Entry entry = vectors.places.get(place);
                if (entry != null && FactMerger.cosine(fact, entry.fact) >= cosine) {
                    found.add(entry);
                }
            });
        }
        return found.stream();
    }

    private static List<Fact> sorted(Stream<Entry> found) {
        return found.distinct().sorted(Comparator.comparingLong(entry -> entry.order)).map(entry -> entry.fact)
                .toList();
    }
}
