package dev.memfuse.cli.option;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

import picocli.CommandLine.ITypeConverter;

/// Parses moments in ISO 8601: `2026-11-26`, `2026-11-26T10:15`, with or without an offset. UTC is the default.
public final class InstantConverter implements ITypeConverter<Instant> {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
            "uuuu-MM-dd['T'HH:mm[:ss[.SSSSSSSSS][.SSSSSS][.SSS]][XXX]]", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    @Override
    public Instant convert(String text) {
        try {
            TemporalAccessor parsed = FORM.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from,
                    LocalDate::from);
            return switch (parsed) {
                case OffsetDateTime moment -> moment.toInstant();
                case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
                default -> LocalDate.from(parsed).atStartOfDay(ZoneOffset.UTC).toInstant();
            };
        } catch (DateTimeException _) {
            throw ValueConverters.wrong(text,
                    "is not a time; examples are 2026-11-26, 2026-11-26T10:15 (UTC) and 2026-11-26T10:15:00+01:00");
        }
    }
}
