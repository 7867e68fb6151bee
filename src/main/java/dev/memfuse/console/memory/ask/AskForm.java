package dev.memfuse.console.memory.ask;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import dev.memfuse.config.schema.TypedText;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.exception.InvalidValueException;

/// What is typed into the Ask box. FX thread only.
final class AskForm {
    final StringProperty text = new SimpleStringProperty("");
    final StringProperty topK = new SimpleStringProperty("10");
    /// Maximum number of tokens; blank for none.
    final StringProperty maxTokens = new SimpleStringProperty("");
    final BooleanProperty m0 = new SimpleBooleanProperty(true);
    final BooleanProperty m1 = new SimpleBooleanProperty();
    final BooleanProperty m2 = new SimpleBooleanProperty(true);
    /// Whether to restrict the question to the chosen session.
    final BooleanProperty sessionOnly = new SimpleBooleanProperty();
    /// Dates or times in UTC; blank for no bound.
    final StringProperty from = new SimpleStringProperty("");
    final StringProperty until = new SimpleStringProperty("");

    /// Returns a condition that holds while what is typed stays as it is now.
    BooleanSupplier unchanged() {
        List<Object> now = typed();
        return () -> typed().equals(now);
    }

    private List<Object> typed() {
        return List.of(text.get(), topK.get(), maxTokens.get(), m0.get(), m1.get(), m2.get(), sessionOnly.get(),
                from.get(), until.get());
    }

    /// Returns the request.
    ///
    /// @param session the chosen session
    /// @throws InvalidValueException with a sentence that says which value to correct
    QueryRequest request(Optional<UUID> session) {
        Set<MemoryLayer> layers = EnumSet.noneOf(MemoryLayer.class);
        add(m0, MemoryLayer.M0, layers);
        add(m1, MemoryLayer.M1, layers);
        add(m2, MemoryLayer.M2, layers);
        if (layers.isEmpty()) {
            throw new InvalidValueException("layers", "No layer is selected. Select at least one.");
        }
        Set<UUID> sessions = sessionOnly.get() ? session.map(Set::of).orElse(Set.of()) : Set.of();
        return QueryRequest.of(text.get().strip(), number("Hits", topK.get(), 10, 1_000))
                .withMaxTokens(number("Tokens", maxTokens.get(), 0, Integer.MAX_VALUE))
                .within(new QueryFilter(sessions, Set.of(), time("From", from.get()), time("Until", until.get()),
                        layers));
    }

    private static void add(BooleanProperty selected, MemoryLayer layer, Set<MemoryLayer> into) {
        if (selected.get()) {
            into.add(layer);
        }
    }

    private static int number(String field, String typed, int blank, int most) {
        if (typed.isBlank()) {
            return blank;
        }
        String number = typed.strip();
        // ASCII digits alone: other fields accept no others either.
        if (number.matches("[0-9]{1,10}") && Long.parseLong(number) <= most) {
            return Integer.parseInt(number);
        }
        throw new InvalidValueException(field, field + " is " + TypedText.excerpt(number) + String.format(Locale.ROOT,
                ". Type a whole number from 0 to %,d.", most));
    }

    private static Optional<Instant> time(String field, String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (text.endsWith("Z")) {
                return Optional.of(Instant.parse(text));
            }
            return Optional.of((text.contains("T")
                    ? LocalDateTime.parse(text)
                    : LocalDate.parse(text).atStartOfDay()).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new InvalidValueException(field,
                    field + " is " + TypedText.excerpt(text)
                            + ". Type a date such as 2026-11-26, or a time such as 2026-11-26T10:15.");
        }
    }
}
