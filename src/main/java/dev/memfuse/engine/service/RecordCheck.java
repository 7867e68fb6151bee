package dev.memfuse.engine.service;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.engine.Role;
import dev.memfuse.engine.exception.InvalidValueException;
import dev.memfuse.engine.exception.RecordRefusedException;
import dev.memfuse.engine.model.EmbeddingModels;
import dev.memfuse.engine.record.RecordField;
import dev.memfuse.engine.record.UserRecord;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.engine.validation.ValueCheck;
import dev.memfuse.metrics.SteadyClock;
import org.jspecify.annotations.Nullable;

/// Checks the values of imported records, each by itself, before they reach storage; storage checks them against each
/// other. Counts the records, so that a refusal names the record. Not thread-safe: one instance for each reading.
final class RecordCheck {
    /// Leaves room for as many further messages as a client can add.
    private static final long MAX_SEQUENCE = 1L << 62;
    /// Maximum dimension of a vector of a model that is not included: the limit of pgvector.
    private static final int MAX_DIMENSION = 16_000;
    /// The squared length of a normalised vector differs from 1 by rounding only.
    private static final double LENGTH_TOLERANCE = 0.01;
    private static final Set<String> NAMES = Set.of("name", "embedding_model");
    /// Lowest and highest value of the numbers.
    private static final Map<String, long[]> RANGES = Map.of("last_sequence", new long[]{0, MAX_SEQUENCE}, "sequence",
            new long[]{1, MAX_SEQUENCE}, "token_count", new long[]{0, Integer.MAX_VALUE});
    private static final Set<String> STATES = Set.of("off", "pending", "done", "failed", "timed_out");
    private static final Map<String, Set<String>> WORDS = Map.of("m1_state", STATES, "m2_state", STATES, "role",
            Arrays.stream(Role.values()).map(Role::label).collect(Collectors.toUnmodifiableSet()), "chunking_strategy",
            Set.of("message", "token_based"), "method", Set.of("extractive", "language_model"), "fact_type",
            Set.of("personal", "preference", "decision", "temporal", "general"));
    /// Difference of two clocks that is no error.
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

    private final long maxTextBytes;
    /// Latest time that a clock can have given to a record.
    private final Instant latestStamp = SteadyClock.now().plus(CLOCK_TOLERANCE);
    private final Set<UUID> facts = new HashSet<>();
    /// Numbers of the facts that a later fact must supersede, by its id.
    private final Map<UUID, Long> expectedFacts = new LinkedHashMap<>();
    private final ConflictCheck conflicts = new ConflictCheck();
    private long number;

    /// @param maxTextBytes maximum length of a text, in bytes of UTF-8
    RecordCheck(long maxTextBytes) {
        this.maxTextBytes = maxTextBytes;
    }

    /// Returns the records, names in their canonical form; reading one that cannot be stored throws a
    /// [RecordRefusedException].
    Stream<UserRecord> of(Stream<UserRecord> records) {
        return Stream.concat(records.map(this::checked), Stream.of(this).flatMap(RecordCheck::ended));
    }

    /// Returns no record; called when all were read.
    private Stream<UserRecord> ended() {
        expectedFacts.values().stream().min(Long::compare).ifPresent(superseded -> {
            throw new RecordRefusedException(superseded,
                    "The fact is superseded by a fact that is not there: superseded_by names none.", "", null);
        });
        conflicts.oneSided().ifPresent(fact -> {
            throw new RecordRefusedException(fact, "The fact contradicts a fact that is not there or does not name it: "
                    + "correct conflicts_with.", "", null);
        });
        return Stream.empty();
    }

    private UserRecord checked(UserRecord row) {
        number++;
        try {
            List<RecordField> fields = row.kind().fields();
            for (int i = 0; i < fields.size(); i++) {
                Object value = row.values().get(i);
                if (value != null) {
                    check(row, fields.get(i), row.kind().label() + "." + fields.get(i).name(), value);
                }
            }
            switch (row.kind()) {
                case MESSAGE -> {
                    // The client of the engine chooses the time of a message.
                }
                case FACT -> fact(row);
                case EPISODE -> {
                    stamp(row);
                    notBefore("episode.ended_at", time(row, "ended_at"), "episode.started_at",
                            time(row, "started_at"));
                }
                default -> stamp(row);
            }
            return named(row);
        } catch (InvalidValueException e) {
            throw new RecordRefusedException(number, String.valueOf(e.getMessage()), e.detail(), e);
        }
    }

    /// Returns a user, agent or session with the canonical form of its name.
    private static UserRecord named(UserRecord row) {
        List<RecordField> fields = row.kind().fields();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals("name") && row.values().get(i) instanceof String name) {
                List<@Nullable Object> values = new ArrayList<>(row.values());
                values.set(i, TextCheck.canonicalName(name));
                return new UserRecord(row.kind(), values);
            }
        }
        return row;
    }

    /// Checks the time that a clock gave to a record when it was created.
    private void stamp(UserRecord row) {
        Instant stamp = time(row, "created_at");
        if (stamp.isBefore(Instant.EPOCH) || stamp.isAfter(latestStamp)) {
            String name = row.kind().label() + ".created_at";
            throw new InvalidValueException(name, name + " is " + stamp + ". No clock can have given it: choose a time "
                    + "between " + Instant.EPOCH + " and now, or set the clock of this machine.");
        }
    }

    private void fact(UserRecord row) {
        stamp(row);
        notBefore("fact.observed_at", time(row, "observed_at"), "fact.valid_from", time(row, "valid_from"));
        if (row.value("valid_to") instanceof Instant end) {
            notBefore("fact.valid_to", end, "fact.valid_from", time(row, "valid_from"));
        }
        UUID id = (UUID) Objects.requireNonNull(row.value("fact_id"));
        facts.add(id);
        expectedFacts.remove(id);
        if (row.value("conflicts_with") instanceof List<?> others) {
            conflicts.add(number, id, others);
        }
        if (row.value("superseded_by") instanceof UUID newer) {
            if (newer.equals(id)) {
                throw new InvalidValueException("fact.superseded_by",
                        "fact.superseded_by names the fact itself. Name the newer fact.");
            }
            if (!facts.contains(newer)) {
                expectedFacts.putIfAbsent(newer, number);
            }
        }
    }

    private static Instant time(UserRecord row, String field) {
        return (Instant) Objects.requireNonNull(row.value(field));
    }

    private static void notBefore(String later, Instant time, String earlier, Instant bound) {
        if (time.isBefore(bound)) {
            throw new InvalidValueException(later,
                    later + " is " + time + ", before " + earlier + ", which is " + bound + ". Correct one of them.");
        }
    }

    private void check(UserRecord row, RecordField field, String name, Object value) {
        switch (value) {
            case String text -> text(field.name(), name, text);
            case Instant time -> ValueCheck.time(name, time);
            case Long count -> ValueCheck.range(name, count, range(field)[0], range(field)[1]);
            case Float share -> ValueCheck.range(name, share.doubleValue(), 0, 1);
            case float[] vector -> vector(name, vector, row.value("embedding_model"));
            case List<?> list -> list(field.type(), name, list);
            default -> {
                // Every id and every flag can be stored.
            }
        }
    }

    private static long[] range(RecordField field) {
        return RANGES.getOrDefault(field.name(), new long[]{0, Long.MAX_VALUE});
    }

    private void text(String field, String name, String text) {
        if (NAMES.contains(field)) {
            TextCheck.name(name, text);
            return;
        }
        TextCheck.atMost(maxTextBytes, name, text, "Raise buffer.max_message_bytes.");
        Set<String> words = WORDS.get(field);
        if (words != null && !words.contains(text)) {
            throw new InvalidValueException(name, name + " must be one of " + String.join(", ", words.stream().sorted()
                    .toList()) + ". Correct it.");
        }
    }

    private static void vector(String name, float[] vector, @Nullable Object model) {
        OptionalInt dimension = EmbeddingModels.dimension(String.valueOf(model));
        if (dimension.isEmpty()) {
            // A vector of another model is never ranked: the engine replaces it.
            ValueCheck.range(name + ".size", vector.length, 1, MAX_DIMENSION);
            ValueCheck.finite(name, vector);
            return;
        }
        ValueCheck.vector(name, vector, dimension.getAsInt());
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        if (Math.abs(squares - 1) > LENGTH_TOLERANCE) {
            throw new InvalidValueException(name, name + " is not normalised: the sum of its squares is "
                    + (float) squares + ", and it must be 1. Divide it by its length.");
        }
    }

    private void list(RecordField.Type type, String name, List<?> list) {
        List<?> elements = ValueCheck.ids(name, list);
        if (type == RecordField.Type.IDS) {
            ValueCheck.range(name + ".size", elements.size(), 1, ValueCheck.MAX_IDS);
            if (Set.copyOf(elements).size() < elements.size()) {
                throw new InvalidValueException(name, name + " names an id twice. Remove the repetition.");
            }
        }
        for (Object element : elements) {
            if (!(type == RecordField.Type.IDS ? element instanceof UUID : element instanceof String)) {
                throw new InvalidValueException(name, name + " has an element of another type. Correct it.");
            }
            if (element instanceof String text) {
                TextCheck.atMost(maxTextBytes, name, text, "Raise buffer.max_message_bytes.");
            }
        }
    }
}
