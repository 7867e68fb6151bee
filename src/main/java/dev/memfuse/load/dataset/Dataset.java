package dev.memfuse.load.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.memfuse.file.FileFailures;
import dev.memfuse.file.FolderFiles;
import dev.memfuse.load.corpus.Conversation;
import dev.memfuse.load.corpus.CorpusException;
import tools.jackson.databind.node.ObjectNode;

/// A file of conversations, or a folder of them. The first object of a file determines its form. Reading needs memory
/// for one object of a file: a sample, an instance or a line.
final class Dataset {
    private final Path path;
    private final List<Path> files;
    private final Set<DatasetForm> forms = EnumSet.noneOf(DatasetForm.class);

    /// Receives conversations.
    interface Visitor {
        /// @param part a conversation; of the forms without questions a part of one, and parts with the same id belong
        /// together
        /// @return false to end the reading
        boolean visit(DatasetForm form, Conversation part);
    }

    private Dataset(Path path, List<Path> files) {
        this.path = path;
        this.files = files;
    }

    /// Opens a file, or all `.json`, `.jsonl` and `.ndjson` files of a folder in the order of their names. Reads
    /// nothing yet.
    ///
    /// @throws CorpusException when there is no file
    static Dataset open(Path path) {
        if (Files.isDirectory(path)) {
            return new Dataset(path, list(path));
        }
        if (!Files.exists(path)) {
            throw new CorpusException(String.format(Locale.ROOT, "The data set %s does not exist.", path));
        }
        return new Dataset(path, List.of(path));
    }

    private static List<Path> list(Path folder) {
        try {
            List<Path> files = FolderFiles.list(folder, 1, file -> file.toString().toLowerCase(Locale.ROOT)
                    .matches(".*\\.(json|jsonl|ndjson)"));
            if (files.isEmpty()) {
                throw new CorpusException(
                        String.format(Locale.ROOT, "The folder %s holds no .json or .jsonl file.", folder));
            }
            return files;
        } catch (IOException e) {
            throw new CorpusException(
                    String.format(Locale.ROOT, "The folder %s cannot be read: %s.", folder, FileFailures.reason(e)),
                    e);
        }
    }

    List<Path> files() {
        return files;
    }

    /// Returns the forms that were read so far.
    Set<DatasetForm> forms() {
        return Set.copyOf(forms);
    }

    /// Returns forms and path in one line for the user, once the data set was read.
    String name() {
        return forms.stream().map(DatasetForm::label).collect(Collectors.joining(" and ")) + ", " + path;
    }

    /// Reads all conversations. Blocks.
    void read(Problems problems, Visitor visitor) {
        JsonLines lines = new JsonLines(problems);
        boolean more = true;
        for (Path file : files) {
            more = more && new FileReader(problems, visitor, lines).read(file);
        }
        lines.end();
    }

    /// Reads one file.
    private final class FileReader {
        private final Problems problems;
        private final Visitor visitor;
        private final JsonLines lines;
        private Optional<DatasetForm> form = Optional.empty();

        FileReader(Problems problems, Visitor visitor, JsonLines lines) {
            this.problems = problems;
            this.visitor = visitor;
            this.lines = lines;
        }

        boolean read(Path file) {
            return JsonObjects.read(file, problems, this::object);
        }

        private boolean object(JsonObjects.Place place, ObjectNode object) {
            Optional<DatasetForm> own = DatasetForm.of(object);
            form = form.or(() -> own);
            form.ifPresent(forms::add);
            if (own.isEmpty()) {
                problems.refuse(place + ": this is none of the forms that are read: " + DatasetForm.all() + ".");
                return true;
            }
            if (!own.equals(form)) {
                problems.refuse(place + ": this is of the form " + own.get().label() + ", and the file began with "
                        + form.orElseThrow().label() + ".");
                return true;
            }
            return conversation(own.get(), place, object).map(part -> visitor.visit(own.get(), part)).orElse(true);
        }

        private Optional<Conversation> conversation(DatasetForm kind, JsonObjects.Place place, ObjectNode object) {
            return switch (kind) {
                case LOCOMO -> new LocomoSample(place.withElement("sample").toString(), object, problems).read();
                case LONG_MEM_EVAL ->
                    new LongMemEvalInstance(place.withElement("instance").toString(), object, problems).read();
                case CHATS -> lines.chat(place, object);
                case MESSAGES -> lines.message(place, object);
            };
        }
    }
}
