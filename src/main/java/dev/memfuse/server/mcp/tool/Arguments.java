package dev.memfuse.server.mcp.tool;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.config.schema.TypedText;

/// The checked arguments of a call.
final class Arguments {
    private static final DateTimeFormatter TIME = DateTimeFormatter
            .ofPattern("uuuu-MM-dd['T'HH:mm[:ss][.SSSSSS][.SSS][XXX]]", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /// Checks the arguments of a call. Null stands for absence.
    ///
    /// @throws ArgumentException with a sentence at the first wrong one
    static Arguments check(List<Parameter> parameters, Map<String, Object> given) {
        Map<String, Object> present = new LinkedHashMap<>(given);
        present.values().removeIf(value -> value == null);
        for (String name : present.keySet()) {
            if (parameters.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                throw new ArgumentException("There is no argument '" + TypedText.excerpt(name, 60)
                        + "'. The arguments are: " + (parameters.isEmpty()
                                ? "none"
                                : parameters.stream().map(Parameter::name).collect(Collectors.joining(", ")))
                        + ".");
            }
        }
        for (Parameter parameter : parameters) {
            Object value = present.get(parameter.name());
            if (value != null) {
                parameter.check(value);
            } else if (parameter.required()) {
                throw new ArgumentException("The argument '" + parameter.name() + "' is missing. "
                        + parameter.description());
            }
        }
        return new Arguments(present);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).map(String::valueOf);
    }

    /// Returns a required text.
    String required(String name) {
        return text(name).orElseThrow();
    }

    int whole(String name, int otherwise) {
        return values.get(name) instanceof Number number ? number.intValue() : otherwise;
    }

    double number(String name, double otherwise) {
        return values.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    /// Returns the messages of a list.
    List<Map<?, ?>> messages(String name) {
        return list(name).stream().<Map<?, ?>>map(element -> (Map<?, ?>) element).toList();
    }

    private List<?> list(String name) {
        return values.get(name) instanceof List<?> list ? list : List.of();
    }

    /// Returns a time; a day begins at midnight, and UTC is the default.
    ///
    /// @throws ArgumentException when the text is no time
    Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                return switch (TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from,
                        LocalDate::from)) {
                    case OffsetDateTime moment -> moment.toInstant();
                    case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
                    case LocalDate day -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
                    default -> throw new DateTimeException("no time");
                };
            } catch (DateTimeException e) {
                throw new ArgumentException(name + " must be a time in ISO 8601, for instance 2026-11-26 or "
                        + "2026-11-26T10:15:00Z.");
            }
        });
    }

    /// Returns an id of a required text.
    ///
    /// @throws ArgumentException when the text is no id
    UUID id(String name) {
        return id(name, required(name));
    }

    /// Returns the id in a text.
    ///
    /// @param name name of the argument, for the sentence
    /// @throws ArgumentException when the text is no id
    static UUID id(String name, String text) {
        return idIn(text).orElseThrow(() -> new ArgumentException("'" + TypedText.excerpt(text, 60) + "' in " + name
                + " is no id. An id looks like 0198c7a2-5b1e-7c33-8f10-2d6d0c1f4a55; other tools show ids."));
    }

    /// Returns the id in a text; empty when there is none.
    static Optional<UUID> idIn(String text) {
        try {
            String stripped = text.strip();
            return Optional.of(UUID.fromString(stripped)).filter(id -> id.toString().equalsIgnoreCase(stripped));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
