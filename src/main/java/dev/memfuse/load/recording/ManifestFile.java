package dev.memfuse.load.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import dev.memfuse.file.FileFailures;
import dev.memfuse.file.ParserMessages;
import dev.memfuse.file.PrivateFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes `manifest.json`.
final class ManifestFile {
    static final String NAME = "manifest.json";
    private static final long MAX_BYTES = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).enable(SerializationFeature.INDENT_OUTPUT)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private ManifestFile() {}

    /// The file as it is: any component may be missing.
    private record Content(int formatVersion, @Nullable String kind, @Nullable String name, @Nullable String note,
            @Nullable List<String> tags, boolean pinned, @Nullable Instant startedAt, @Nullable Instant endedAt,
            @Nullable String programVersion, long seed, @Nullable String outcome, @Nullable String sentence,
            @Nullable List<Figure> figures, @Nullable Map<String, Long> files) {

        Manifest manifest(String id) {
            String label = require(kind, "kind");
            return new Manifest(formatVersion, id, RecordingKind.of(label).orElseThrow(() -> new RecordingException(
                    "manifest.json has the kind \"" + label + "\", which this version does not know.")),
                    require(name, "name"), Objects.requireNonNullElse(note, ""),
                    Objects.requireNonNullElse(tags, List.of()), pinned, require(startedAt, "started_at"),
                    require(endedAt, "ended_at"), Objects.requireNonNullElse(programVersion, ""), seed,
                    require(outcome, "outcome"), require(sentence, "sentence"),
                    Objects.requireNonNullElse(figures, List.of()), require(files, "files"));
        }

        private static <T> T require(@Nullable T value, String key) {
            if (value == null) {
                throw new RecordingException("manifest.json has no " + key + ".");
            }
            return value;
        }
    }

    /// Reads the manifest of a folder, whose name is the id.
    ///
    /// @throws RecordingException when it is missing, damaged or of a newer version
    static Manifest read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new RecordingException("manifest.json is larger than 1 MiB.");
            }
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            int version = tree.path("format_version").asInt(0);
            if (version > Manifest.FORMAT_VERSION) {
                throw new RecordingException(String.format(Locale.ROOT, "It was written by a newer version of the "
                        + "program: its format is %d, and this version reads %d and older.", version,
                        Manifest.FORMAT_VERSION));
            }
            if (version < 1) {
                throw new RecordingException("manifest.json has no format_version.");
            }
            return MAPPER.treeToValue(tree, Content.class).manifest(folder.getFileName().toString());
        } catch (NoSuchFileException e) {
            throw new RecordingException("manifest.json is missing.", e);
        } catch (JacksonException e) {
            throw new RecordingException("manifest.json is not readable: "
                    + ParserMessages.withoutSource(e.getOriginalMessage()) + ".", e);
        } catch (IOException e) {
            throw new RecordingException("manifest.json cannot be read: " + FileFailures.reason(e) + ".", e);
        } catch (NullPointerException e) {
            throw new RecordingException("manifest.json cannot be read: a value is missing.", e);
        }
    }

    /// Writes a manifest into its folder, as a whole or not at all.
    static void write(Path folder, Manifest manifest) throws IOException {
        Path _ = PrivateFiles.replace(folder.resolve(NAME), MAPPER.writeValueAsString(manifest) + "\n");
    }
}
