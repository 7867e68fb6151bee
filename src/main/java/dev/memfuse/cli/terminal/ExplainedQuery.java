package dev.memfuse.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.engine.User;
import dev.memfuse.inspect.OtherSetting;
import dev.memfuse.inspect.QueryExplainer;
import dev.memfuse.inspect.QueryExplanation;
import dev.memfuse.inspect.QueryExplanation.LeftOut;
import dev.memfuse.inspect.QueryExplanation.Reason;
import dev.memfuse.inspect.WhyNot;
import dev.memfuse.load.report.TextTable;
import org.jspecify.annotations.Nullable;

/// Explained result of a query for people and for machines: that of [QueryReport], the shares of each score, what was
/// left out, and what other settings return.
///
/// @param degraded whether the database did not answer, so that hits may be missing
/// @param whyNot null when no message was asked for
public record ExplainedQuery(QueryReport query, List<Explained> hits, List<Missed> leftOut,
        List<Alternative> otherSettings, @Nullable Why whyNot, boolean degraded) {

    /// Shares of the score of a hit by signal, in points of the score.
    ///
    /// @param neighbours ids of the messages beside it, by signal
    public record Explained(int rank, UUID id, double score, Map<String, Double> shares,
            Map<String, UUID> neighbours) {}

    /// An entry that was left out.
    public record Missed(int rank, UUID id, double score, Reason reason, String sentence, String text) {}

    /// What another setting returns.
    ///
    /// @param setting keys and values
    public record Alternative(String label, Map<String, String> setting, List<UUID> hits, String difference) {}

    /// Why a message is not among the hits.
    ///
    /// @param rank null when it is not ranked
    /// @param lastHitHasMore points of the last hit minus points of the message, by signal
    public record Why(UUID messageId, WhyNot.Outcome outcome, @Nullable Integer rank, String sentence,
            Map<String, Double> lastHitHasMore) {}

    /// Asks a query and explains it. Blocks for model and database.
    ///
    /// @param whyNot a message to explain
    public static ExplainedQuery of(User user, QueryRequest request, QueryExplainer explainer,
            Optional<UUID> whyNot) {
        QueryExplanation explanation = explainer.explain(user.id(), request);
        QueryResult result = explanation.result();
        List<Explained> hits = new ArrayList<>();
        for (QueryResult.Hit hit : result.hits()) {
            hits.add(new Explained(hits.size() + 1, hit.id(), hit.score(), points(hit.shares()),
                    explainer.neighbours(hit).stream().collect(Collectors.toMap(one -> one.signal().label(),
                            one -> one.message().id()))));
        }
        return new ExplainedQuery(QueryReport.of(user.name(), explanation.request(), result), hits,
                explanation.leftOut().stream().map(ExplainedQuery::missed).toList(),
                explainer.otherSettings(user.id(), request).stream().map(ExplainedQuery::alternative).toList(),
                whyNot.map(id -> why(explainer.whyNot(user.id(), request, id))).orElse(null), result.degraded());
    }

    private static Map<String, Double> points(List<Share> shares) {
        return shares.stream().filter(share -> share.points() != 0)
                .collect(Collectors.toMap(share -> share.signal().label(), Share::points, Double::sum,
                        LinkedHashMap::new));
    }

    private static Missed missed(LeftOut out) {
        return new Missed(out.rank(), out.hit().id(), out.hit().score(), out.reason(), out.sentence(),
                out.hit().content());
    }

    private static Alternative alternative(OtherSetting.Outcome other) {
        return new Alternative(other.setting().label(), other.setting().values().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey,
                        value -> String.valueOf(value.getValue()).toLowerCase(Locale.ROOT), (one, _) -> one,
                        TreeMap::new)),
                other.hits().stream().map(QueryResult.Hit::id).toList(), other.sentence());
    }

    private static Why why(WhyNot why) {
        return new Why(why.messageId(), why.outcome(), why.rank().isPresent() ? why.rank().getAsInt() : null,
                why.sentence(), why.differences().stream().collect(Collectors.toMap(one -> one.signal().label(),
                        WhyNot.Difference::points, Double::sum, LinkedHashMap::new)));
    }

    /// Returns the report line by line: the hits, the shares of each, what was left out, and other settings.
    public List<String> lines() {
        List<String> lines = new ArrayList<>(query.lines());
        if (!hits.isEmpty()) {
            lines.add("");
            lines.addAll(shares());
        }
        if (!leftOut.isEmpty()) {
            TextTable table = new TextTable(5).row("left out", "rank", "score", "why", "text");
            leftOut.forEach(out -> table.row(out.reason().name().toLowerCase(Locale.ROOT),
                    Integer.toString(out.rank()), number(out.score()), out.sentence(), out.text()));
            lines.add("");
            lines.addAll(table.lines());
        }
        if (!otherSettings.isEmpty()) {
            TextTable table = new TextTable(2).row("other setting", "difference");
            otherSettings.forEach(other -> table.row(other.label(), other.difference()));
            lines.add("");
            lines.addAll(table.lines());
        }
        if (whyNot != null) {
            lines.add("");
            lines.add("Message " + whyNot.messageId() + ": " + whyNot.sentence());
        }
        return lines;
    }

    private List<String> shares() {
        List<String> signals = Arrays.stream(Signal.values()).map(Signal::label)
                .filter(signal -> hits.stream().anyMatch(hit -> hit.shares().containsKey(signal))).toList();
        TextTable table = new TextTable(0);
        List<String> head = new ArrayList<>(List.of("hit", "score"));
        head.addAll(signals);
        table.row(head.toArray(String[]::new));
        for (Explained hit : hits) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(hit.rank()), number(hit.score())));
            signals.forEach(
                    signal -> row.add(hit.shares().containsKey(signal) ? number(hit.shares().get(signal)) : ""));
            table.row(row.toArray(String[]::new));
        }
        return table.lines();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
