package dev.memfuse.config.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.memfuse.config.ConfigProblem.Position;
import dev.memfuse.config.memfuse.MemFuseTree;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderFiles;
import dev.memfuse.file.MalformedUtf8Exception;
import dev.memfuse.file.SmallFiles;
import dev.memfuse.file.Utf8;

/// Reads one YAML file, or a folder with the layout of the plan: `database/default.yaml`, `buffer/default.yaml`,
/// `memory/default.yaml`, and likewise for any other section.
final class ConfigFiles {
    private static final int MAX_FILE_BYTES = 1_000_000;
    private static final int SHOWN_STRAYS = 3;
    /// Folders below it are not searched: a wrong folder may hold the whole disk.
    private static final int DEPTH = 3;
    private static final String SECTION_FILE = "default.yaml";

    /// Folders whose files contain the section names, as in MemFuse.
    private static final Set<String> ROOT_FOLDERS = Set.of("database", "memory");

    private ConfigFiles() {}

    /// Reads a file or a folder; problems of the file system become problems of the result.
    static void read(Path source, ParseResult result) {
        if (MemFuseTree.isOne(source)) {
            result.addProblem(source + " is a configuration of MemFuse; convert it once, and use the result: memfuse "
                    + "config convert " + source + " --out memfuse.yaml");
        } else if (Files.isDirectory(source)) {
            readFolder(source, result);
        } else {
            readFile(source, "", result);
        }
    }

    private static void readFolder(Path folder, ParseResult result) {
        List<Path> files = yamlFiles(folder, result);
        int strays = 0;
        for (Path file : files) {
            Path relative = folder.relativize(file);
            String section = relative.getName(0).toString();
            boolean known = ROOT_FOLDERS.contains(section) || ConfigSchema.namesIn("").contains(section);
            if (relative.getNameCount() == 2 && known && relative.endsWith(SECTION_FILE)) {
                readFile(file, ROOT_FOLDERS.contains(section) ? "" : section, result);
            } else if (strays++ < SHOWN_STRAYS) {
                result.addProblem(file + " is not part of a configuration folder; expected files such as "
                        + "database/default.yaml, buffer/default.yaml, memory/default.yaml");
            }
        }
        if (strays > SHOWN_STRAYS) {
            result.addProblem((strays - SHOWN_STRAYS) + " more files of " + folder + " are not part of one either");
        }
        if (files.isEmpty() && result.problems().isEmpty()) {
            result.addProblem("the folder " + folder + " contains no configuration; expected files such as "
                    + "database/default.yaml, buffer/default.yaml, memory/default.yaml");
        }
    }

    private static List<Path> yamlFiles(Path folder, ParseResult result) {
        try {
            return FolderFiles.list(folder, DEPTH, ConfigFiles::isYaml);
        } catch (IOException e) {
            result.addProblem("the folder " + folder + " cannot be read: " + FileFailures.clause(e));
            return List.of();
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static void readFile(Path file, String section, ParseResult result) {
        if (!Files.exists(file)) {
            result.addProblem("the file " + file + " does not exist");
            return;
        }
        try {
            YamlReader.read(file.toString(), Utf8.decode(SmallFiles.read(file, MAX_FILE_BYTES)), section, result);
        } catch (SmallFiles.TooLargeException _) {
            result.addProblem("the file " + file + " is larger than 1 MB, so it is not a configuration");
        } catch (MalformedUtf8Exception e) {
            result.addProblem("", "a byte that is not UTF-8", new Position(file.toString(), e.line(), e.column()));
        } catch (IOException e) {
            result.addProblem("the file " + file + " cannot be read: " + FileFailures.clause(e));
        }
    }
}
