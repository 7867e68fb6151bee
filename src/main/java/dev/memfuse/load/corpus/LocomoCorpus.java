package dev.memfuse.load.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.memfuse.engine.exception.InvalidValueException;
import tools.jackson.databind.JsonNode;

/// Reads conversations in the format of the LoCoMo data set: one sample or an array of samples in each file.
public final class LocomoCorpus {
    private LocomoCorpus() {}

    /// Reads a file, or all `*.json` files of a folder in the order of their names. Blocks.
    ///
    /// @throws CorpusException when there is no file or a file has another form
    /// @throws InvalidValueException when a text, name or time is one that the engine refuses
    public static Corpus read(Path path) {
        List<Conversation> conversations = new ArrayList<>();
        for (Path file : files(path)) {
            conversations.addAll(readFile(file));
        }
        return new Corpus("LoCoMo, " + path, conversations);
    }

    private static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        if (!Files.isDirectory(path)) {
            throw new CorpusException(String.format(Locale.ROOT, "The data set %s does not exist.", path));
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> files = entries.filter(file -> file.getFileName().toString().endsWith(".json")).sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new CorpusException(String.format(Locale.ROOT, "The folder %s holds no .json file.", path));
            }
            return files;
        } catch (IOException e) {
            throw new CorpusException(
                    String.format(Locale.ROOT, "The folder %s cannot be read: %s", path, e.getMessage()), e);
        }
    }

    private static List<Conversation> readFile(Path file) {
        JsonNode root = JsonFile.read(file);
        List<Conversation> conversations = new ArrayList<>();
        if (root.isArray()) {
            if (root.isEmpty()) {
                throw new CorpusException(file + " holds no conversation.");
            }
            for (int i = 0; i < root.size(); i++) {
                conversations.add(new LocomoSample(file + ", sample " + (i + 1), root.get(i)).read());
            }
        } else {
            conversations.add(new LocomoSample(file.toString(), root).read());
        }
        return conversations;
    }
}
