package dev.memfuse.cli.terminal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.Role;
import dev.memfuse.load.report.TextTable;
import dev.memfuse.metrics.stats.Numbers;

/// Result of a query for people and for machines.
///
/// @param user name of the user
/// @param text the question
/// @param hits best first
/// @param searched number of ranked entries
/// @param byWordsAlone number of those without a usable vector
/// @param leftOut number of hits that the token budget had no room for
/// @param maxTokens the token budget; 0 for none
/// @param degraded whether the database did not answer, so that hits may be missing
public record QueryReport(String user, String text, List<Hit> hits, int searched, int byWordsAlone, int leftOut,
        int maxTokens, boolean degraded) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /// A hit. Time, role and session are those of its first source message.
    ///
    /// @param score 0..1, comparable within one result
    /// @param conflictsWith ids of facts that contradict it, when nothing says which of them holds
    public record Hit(double score, Instant time, Role role, MemoryLayer layer, String text, UUID id, UUID messageId,
            UUID sessionId, List<UUID> conflictsWith) {}

    /// Returns the report of a result.
    public static QueryReport of(String user, QueryRequest request, QueryResult result) {
        return new QueryReport(user, request.text(), result.hits().stream().map(QueryReport::hit).toList(),
                result.searched(), result.byWordsAlone(), result.leftOut(), request.maxTokens(), result.degraded());
    }

    private static Hit hit(QueryResult.Hit hit) {
        return new Hit(hit.score(), hit.message().createdAt(), hit.message().role(), hit.layer(), hit.content(),
                hit.id(), hit.message().id(), hit.message().session().sessionId(), hit.conflictsWith());
    }

    /// Returns the report line by line: a line for each hit, then what limits the result.
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!hits.isEmpty()) {
            TextTable table = new TextTable(5).row("score", "time (UTC)", "role", "layer", "text");
            hits.forEach(hit -> table.row(String.format(Locale.ROOT, "%.3f", hit.score()), TIME.format(hit.time()),
                    hit.role().name().toLowerCase(Locale.ROOT),
                    hit.conflictsWith().isEmpty() ? hit.layer().name() : hit.layer().name() + " !", hit.text()));
            lines.addAll(table.lines());
            lines.add("");
        }
        long disputed = hits.stream().filter(hit -> !hit.conflictsWith().isEmpty()).count();
        if (disputed > 0) {
            lines.add(Numbers.count(disputed, "hit") + (disputed == 1 ? " is" : " are") + " disputed (!): another fact "
                    + "contradicts it, and nothing says which of them holds.");
        }
        lines.add((hits.isEmpty() ? "No hit" : Numbers.count(hits.size(), "hit")) + " among "
                + (searched == 1 ? "1 ranked entry." : Numbers.count(searched) + " ranked entries."));
        if (byWordsAlone > 0) {
            lines.add(Numbers.count(byWordsAlone) + " of them " + (byWordsAlone == 1 ? "was" : "were")
                    + " ranked by words alone: no vector yet, or one that the database did not find near "
                    + "the question.");
        }
        if (leftOut > 0) {
            lines.add(Numbers.count(leftOut, "hit") + (leftOut == 1 ? " was" : " were") + " left out by max_tokens ("
                    + Numbers.count(maxTokens) + ").");
        }
        if (degraded) {
            lines.add("The database did not answer: hits may be missing.");
        }
        return lines;
    }
}
