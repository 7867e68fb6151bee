package dev.memfuse.config.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.memfuse.config.schema.ConfigSchema;

/// Reads one YAML file, or a folder laid out as the plan's: `database/default.yaml`, `buffer/default.yaml`,
/// `memory/default.yaml`, and likewise for any other section.
final class ConfigFiles {
    private static final long LARGEST_FILE = 1_000_000;
    private static final String FILE_IN_SECTION = "default.yaml";

    /// Folders whose files name their sections themselves, as in MemFuse.
    private static final Set<String> ROOT_FOLDERS = Set.of("database", "memory");

    private ConfigFiles() {}

    static void read(Path source, ParseResult findings) {
        if (Files.isDirectory(source)) {
            folder(source, findings);
        } else {
            file(source, "", findings);
        }
    }

    private static void folder(Path folder, ParseResult findings) {
        List<Path> files = yamlFiles(folder, findings);
        for (Path file : files) {
            Path place = folder.relativize(file);
            String section = place.getName(0).toString();
            boolean known = ROOT_FOLDERS.contains(section) || ConfigSchema.namesIn("").contains(section);
            if (place.getNameCount() == 2 && known && place.endsWith(FILE_IN_SECTION)) {
                file(file, ROOT_FOLDERS.contains(section) ? "" : section, findings);
            } else {
                findings.problem(file + " is not part of a configuration folder; expected files such as "
                        + "database/default.yaml, buffer/default.yaml, memory/default.yaml");
            }
        }
        if (files.isEmpty() && findings.problems().isEmpty()) {
            findings.problem("the folder " + folder + " holds no configuration; expected files such as "
                    + "database/default.yaml, buffer/default.yaml, memory/default.yaml");
        }
    }

    private static List<Path> yamlFiles(Path folder, ParseResult findings) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(ConfigFiles::isYaml).filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            findings.problem("the folder " + folder + " cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static void file(Path file, String section, ParseResult findings) {
        if (!Files.exists(file)) {
            findings.problem("the file " + file + " does not exist");
            return;
        }
        try {
            if (Files.size(file) > LARGEST_FILE) {
                findings.problem("the file " + file + " is larger than 1 MB, so it is no configuration");
            } else {
                YamlReader.read(file.toString(), Files.readString(file), section, findings);
            }
        } catch (CharacterCodingException _) {
            findings.problem("the file " + file + " is not a text in UTF-8");
        } catch (IOException e) {
            findings.problem("the file " + file + " cannot be read: " + e.getMessage());
        }
    }
}
