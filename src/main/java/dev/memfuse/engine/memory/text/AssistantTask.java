package dev.memfuse.engine.memory.text;

import java.util.regex.Pattern;

/// A task for an assistant with a text of its own behind a colon, such as "Translate this: I live in Oslo." Nobody
/// states that text.
final class AssistantTask {
    private static final Pattern TASK = Pattern.compile(
            """
            ^\\W*(?:(?:please|can\\ you|could\\ you|bitte|por\\ favor)\\W+)?
            (?:(?:translate|write|rewrite|draft|compose|paraphrase|rephrase|summari[sz]e|proofread
                |übersetze?|schreibe?|formuliere|traduis|traduisez|écris|écrivez|traduce|escribe)\\b
            |(?:correct|check|fix|edit|shorten|improve|repeat|continue|classify)\\ (?:this|the|my|these)\\b)
            [^.!?:]{0,80}:(?=\\s|$)
            |^[^。！？]{0,20}(?:翻訳|訳して|翻译|改写)[^。！？：:]{0,20}[：:]""",
            Pattern.COMMENTS | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private AssistantTask() {}

    /// Returns whether a text begins with such a task.
    static boolean begins(String text) {
        return TASK.matcher(text).find();
    }
}
