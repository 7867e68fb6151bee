package dev.memfuse.config.yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.connection.SavedConnection;
import dev.memfuse.config.connection.SavedConnections;
import dev.memfuse.file.DamagedFile;
import dev.memfuse.file.FileFailures;
import dev.memfuse.file.MalformedUtf8Exception;
import dev.memfuse.file.PrivateFiles;
import dev.memfuse.file.SmallFiles;
import dev.memfuse.file.Utf8;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps connections in one YAML file, which each change replaces completely or not at all. A damaged file is moved
/// aside; what can be read of it stays. Thread-safe.
public final class FileConnections implements SavedConnections {
    private static final Logger LOG = LoggerFactory.getLogger(FileConnections.class);
    private static final int MAX_BYTES = 1_000_000;
    private static final int LIMIT = 500;
    private static final int SHOWN_PROBLEMS = 3;

    private final Path file;
    private String problem = "";
    /// Text of the file after a damaged one was moved aside; empty without one.
    private String afterDamage = "";

    /// @param file file of the connections; it and its folder are created when the first one is saved
    public FileConnections(Path file) {
        this.file = file;
    }

    @Override
    public synchronized Saved list() {
        List<SavedConnection> all = new ArrayList<>(read());
        all.sort(Comparator.comparing(SavedConnection::name, String.CASE_INSENSITIVE_ORDER));
        return new Saved(all, problem);
    }

    @Override
    public synchronized void add(SavedConnection connection) {
        List<SavedConnection> all = read();
        requireUsable(connection);
        requireFree(connection.name(), all);
        if (all.size() >= LIMIT) {
            throw refused("There are " + LIMIT + " saved connections already: remove one first.");
        }
        all.add(connection);
        write(all);
    }

    @Override
    public synchronized void replace(String name, SavedConnection connection) {
        List<SavedConnection> all = read();
        requireUsable(connection);
        if (!all.removeIf(other -> other.isNamed(name))) {
            throw refused("There is no saved connection " + name + " any more.");
        }
        requireFree(connection.name(), all);
        all.add(connection);
        write(all);
    }

    @Override
    public synchronized void remove(String name) {
        List<SavedConnection> all = read();
        if (all.removeIf(other -> other.isNamed(name))) {
            write(all);
        }
    }

    private static void requireUsable(SavedConnection connection) {
        connection.problem().ifPresent(sentence -> {
            throw refused(sentence);
        });
    }

    private static void requireFree(String name, List<SavedConnection> others) {
        if (others.stream().anyMatch(other -> other.isNamed(name))) {
            throw refused("There is a connection " + name + " already: choose another name.");
        }
    }

    private List<SavedConnection> read() {
        try {
            String text = Utf8.decode(SmallFiles.read(file, MAX_BYTES));
            ConnectionsYaml.Content content = ConnectionsYaml.read(text);
            if (!content.problems().isEmpty()) {
                keepDamaged(reason(content.problems()), content.usable());
            } else if (!text.equals(afterDamage)) {
                // Somebody mended the file, or saved another one in its place.
                problem = "";
            }
            return new ArrayList<>(content.usable());
        } catch (NoSuchFileException _) {
            return new ArrayList<>();
        } catch (MalformedUtf8Exception | SmallFiles.TooLargeException e) {
            keepDamaged(String.valueOf(e.getMessage()), List.of());
            return new ArrayList<>();
        } catch (IOException e) {
            throw refused("The saved connections in " + file + " cannot be read: " + FileFailures.reason(e) + ".");
        }
    }

    private static String reason(List<String> problems) {
        int hidden = problems.size() - SHOWN_PROBLEMS;
        return String.join(" ", problems.stream().limit(SHOWN_PROBLEMS).toList())
                + (hidden > 0 ? " And " + hidden + " more." : "");
    }

    /// Moves the file aside and writes what can be used of it.
    private void keepDamaged(String reason, List<SavedConnection> usable) {
        LOG.warn("Database: the saved connections in {} are damaged: {}", file, reason);
        Optional<Path> kept = DamagedFile.keep(file);
        String found = "The saved connections in " + file + " are damaged: " + reason
                + (reason.endsWith(".") ? "" : ".");
        if (kept.isEmpty()) {
            throw refused(found + " The file cannot be moved aside: mend or remove it.");
        }
        problem = found + " The damaged file is kept as " + kept.get().getFileName() + ".";
        afterDamage = usable.isEmpty() ? "" : ConnectionsYaml.write(usable);
        if (!usable.isEmpty()) {
            write(usable);
        }
    }

    private void write(List<SavedConnection> all) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            PrivateFiles.replace(file, ConnectionsYaml.write(all));
        } catch (IOException e) {
            throw refused("The connections cannot be saved in " + file + ": " + FileFailures.reason(e) + ".");
        }
    }

    private static ConfigException refused(String sentence) {
        return new ConfigException(List.of(new ConfigProblem("", sentence, Optional.empty())));
    }
}
