package dev.memfuse.engine.memory.layer;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.memfuse.engine.Message;

/// Formats the messages of a round for a language model: one per line, numbered from 1, with speaker and time.
public final class Transcript {
    private Transcript() {}

    /// Returns the transcript of messages.
    public static String of(List<Message> messages) {
        return IntStream.range(0, messages.size()).mapToObj(at -> line(at + 1, messages.get(at)))
                .collect(Collectors.joining("\n"));
    }

    private static String line(int number, Message message) {
        return String.format(Locale.ROOT, "[%d] %s (%s): %s", number, message.role().label(), message.createdAt(),
                message.content().replaceAll("\\s*\\R\\s*", " "));
    }
}
