package dev.memfuse.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Predicate;

import dev.memfuse.engine.DeadLetter;
import dev.memfuse.engine.DeadLetters;
import dev.memfuse.engine.NewMessage;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes dead letters to a file, one JSON object a line. Other accounts cannot read the file.
public final class DeadLetterExport {
    private final DeadLetters letters;

    public DeadLetterExport(DeadLetters letters) {
        this.letters = letters;
    }

    /// Writes the matching letters; blocks until the file is complete. Replaces an existing file; a name that ends in
    /// `.gz` compresses it.
    ///
    /// @return number of written letters
    /// @throws dev.memfuse.engine.exception.EngineException when the file cannot be written
    public int write(Path file, Predicate<DeadLetter> wanted) {
        int[] count = {0};
        WholeFile.write(file, out -> letters.forEach(letter -> {
            if (wanted.test(letter)) {
                write(out, letter);
                count[0]++;
            }
        }));
        return count[0];
    }

    private static void write(LineWriter out, DeadLetter letter) {
        try {
            out.line(line(letter));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(DeadLetter letter) {
        ObjectNode line = RecordLine.MAPPER.createObjectNode().put("round_id", letter.roundId().toString())
                .put("user_id", letter.session().userId().toString())
                .put("session_id", letter.session().sessionId().toString())
                .put("created_at", letter.createdAt().toString()).put("refused_at", letter.refusedAt().toString())
                .put("reason", letter.reason());
        ArrayNode messages = line.putArray("messages");
        for (NewMessage message : letter.messages()) {
            messages.addObject().put("message_id", message.id().toString()).put("role", message.role().label())
                    .put("content", message.content()).put("created_at", message.createdAt().toString());
        }
        return RecordLine.MAPPER.writeValueAsString(line);
    }
}
