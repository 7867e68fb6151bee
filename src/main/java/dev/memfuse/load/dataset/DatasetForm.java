package dev.memfuse.load.dataset;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import tools.jackson.databind.node.ObjectNode;

/// Form of a data set. An object belongs to the first form whose key it has.
public enum DatasetForm {
    /// A sample of LoCoMo: one user with sessions, and questions with evidence.
    LOCOMO("LoCoMo", "conversation"),
    /// An instance of LongMemEval: one user with sessions, and one question with evidence.
    LONG_MEM_EVAL("LongMemEval", "haystack_sessions"),
    /// A chat in the form of OpenAI: one session.
    CHATS("chats", "messages"),
    /// One message with the names of its user and session.
    MESSAGES("messages", "content");

    private final String label;
    private final String key;

    DatasetForm(String label, String key) {
        this.label = label;
        this.key = key;
    }

    /// Returns the name for the user.
    public String label() {
        return label;
    }

    /// Returns whether the form has questions with known evidence.
    public boolean hasQuestions() {
        return this == LOCOMO || this == LONG_MEM_EVAL;
    }

    /// Returns the form of an object; empty when it has none of the keys.
    static Optional<DatasetForm> of(ObjectNode object) {
        return Arrays.stream(values()).filter(form -> object.has(form.key)).findFirst();
    }

    /// Returns all forms with their keys, for a message to the user.
    static String all() {
        return Arrays.stream(values()).map(form -> form.label + " (\"" + form.key + "\")")
                .collect(Collectors.joining(", "));
    }
}
