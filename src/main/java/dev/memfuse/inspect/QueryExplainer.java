package dev.memfuse.inspect;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.engine.Inspection;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.engine.QueryResult.Hit;
import dev.memfuse.engine.QueryResult.Share;
import dev.memfuse.engine.QueryResult.Signal;
import dev.memfuse.inspect.QueryExplanation.LeftOut;
import dev.memfuse.inspect.QueryExplanation.Reason;
import dev.memfuse.inspect.WhyNot.Difference;
import dev.memfuse.inspect.WhyNot.Outcome;

/// Explains queries by repeating them with other bounds, filters and settings. The queries are neither measured nor
/// cached. Thread-safe; every method blocks for model and database.
public final class QueryExplainer {
    private static final int MAX_TOP_K = 1_000;
    /// Number of entries below the hits that an explanation shows.
    private static final int BELOW = 10;
    private static final QueryFilter EVERYTHING = new QueryFilter(Set.of(), Set.of(), Optional.empty(),
            Optional.empty(), EnumSet.allOf(MemoryLayer.class));

    private final MemoryEngine engine;
    private final Inspection inspection;

    public QueryExplainer(MemoryEngine engine) {
        this.engine = engine;
        inspection = engine.inspection();
    }

    /// Answers a query and explains each hit and what was left out.
    public QueryExplanation explain(UUID userId, QueryRequest query) {
        MemFuseConfig now = inspection.config();
        QueryRequest request = resolved(query, now);
        QueryResult result = ask(userId, request, now);
        Set<UUID> taken = ids(result.hits());
        List<LeftOut> leftOut = new ArrayList<>();
        List<Hit> ranked = ask(userId, request.withMaxTokens(0)
                .withTopK(Math.min(MAX_TOP_K, request.topK() + BELOW)), now).hits();
        for (int i = 0; i < ranked.size(); i++) {
            Hit hit = ranked.get(i);
            if (!taken.contains(hit.id())) {
                leftOut.add(i < request.topK()
                        ? new LeftOut(hit, i + 1, Reason.BUDGET, noRoom(request))
                        : new LeftOut(hit, i + 1, Reason.RANK, "Ranked " + (i + 1) + "; the query takes "
                                + request.topK() + "."));
            }
        }
        FilterReasons reasons = new FilterReasons(request.filter(), inspection);
        if (!reasons.excludesNothing()) {
            List<Hit> all = ask(userId, request.withMaxTokens(0).within(EVERYTHING), now).hits();
            for (int i = 0; i < all.size(); i++) {
                Hit hit = all.get(i);
                int rank = i + 1;
                reasons.reason(hit.layer(), hit.message())
                        .ifPresent(reason -> leftOut.add(new LeftOut(hit, rank, Reason.FILTER, reason)));
            }
        }
        leftOut.sort(Comparator.comparing(LeftOut::reason));
        return new QueryExplanation(request, result, leftOut);
    }

    private static QueryRequest resolved(QueryRequest query, MemFuseConfig config) {
        return (query.topK() == 0 ? query.withTopK(config.buffer().query().maxSize()) : query).explained();
    }

    private QueryResult ask(UUID userId, QueryRequest request, MemFuseConfig with) {
        return inspection.query(userId, request, with.retrieval());
    }

    private static Set<UUID> ids(List<Hit> hits) {
        return hits.stream().map(Hit::id).collect(Collectors.toSet());
    }

    private static String noRoom(QueryRequest request) {
        return "Its text does not fit into the rest of " + request.maxTokens() + " tokens.";
    }

    /// Explains why a query does not return a message, or at which rank it does. A chunk or fact from the message
    /// counts as the message.
    public WhyNot whyNot(UUID userId, QueryRequest query, UUID messageId) {
        MemFuseConfig now = inspection.config();
        QueryRequest request = resolved(query, now);
        var read = engine.read(userId, List.of(messageId));
        if (read.isEmpty()) {
            return without(messageId, Outcome.UNKNOWN, read.degraded()
                    ? "The message cannot be read while the database is away."
                    : "The user has no such message.");
        }
        List<Hit> hits = ask(userId, request, now).hits();
        QueryResult ranked = ask(userId, request.withMaxTokens(0).withTopK(MAX_TOP_K), now);
        int index = find(ranked.hits(), messageId);
        if (index < 0) {
            return excluded(read.getFirst(), request)
                    .map(reason -> without(messageId, Outcome.FILTER, reason))
                    .orElseGet(() -> without(messageId, Outcome.NOT_RANKED, notRanked(ranked)));
        }
        Hit hit = ranked.hits().get(index);
        boolean returned = find(hits, messageId) >= 0;
        Outcome outcome = returned ? Outcome.RETURNED : index < request.topK() ? Outcome.BUDGET : Outcome.RANK;
        Optional<Hit> last = hits.isEmpty() ? Optional.empty() : Optional.of(hits.getLast());
        return new WhyNot(messageId, outcome, OptionalInt.of(index + 1), Optional.of(hit), last,
                last.map(other -> differences(other, hit)).orElse(List.of()),
                sentence(outcome, index + 1, hit, last, request, ranked.searched()));
    }

    private static WhyNot without(UUID messageId, Outcome outcome, String sentence) {
        return new WhyNot(messageId, outcome, OptionalInt.empty(), Optional.empty(), Optional.empty(), List.of(),
                sentence);
    }

    private Optional<String> excluded(Message message, QueryRequest request) {
        return new FilterReasons(request.filter(), inspection).reason(MemoryLayer.M0, message);
    }

    private static String notRanked(QueryResult ranked) {
        return ranked.searched() > ranked.hits().size()
                ? "It is not among the first " + ranked.hits().size() + " of " + ranked.searched() + " ranked entries."
                : "It shares neither a word nor a meaning with the question, and no neighbour of it does.";
    }

    private static int find(List<Hit> hits, UUID messageId) {
        for (int i = 0; i < hits.size(); i++) {
            if (hits.get(i).sources().contains(messageId)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Difference> differences(Hit last, Hit hit) {
        Map<Signal, Double> points = new EnumMap<>(Signal.class);
        last.shares().forEach(share -> points.merge(share.signal(), share.points(), Double::sum));
        hit.shares().forEach(share -> points.merge(share.signal(), -share.points(), Double::sum));
        return points.entrySet().stream().map(entry -> new Difference(entry.getKey(), entry.getValue()))
                .filter(difference -> difference.points() != 0)
                .sorted(Comparator.comparingDouble(Difference::points).reversed()).toList();
    }

    private static String sentence(Outcome outcome, int rank, Hit hit, Optional<Hit> last, QueryRequest request,
            int searched) {
        String entry = hit.layer() == MemoryLayer.M0 ? "It" : "Its entry in " + hit.layer();
        return switch (outcome) {
            case RETURNED -> entry + " was returned, ranked " + rank + " of " + searched + ".";
            case BUDGET -> entry + " is ranked " + rank + " of " + searched + ", but its text does not fit into the "
                    + "rest of " + request.maxTokens() + " tokens.";
            case RANK, FILTER, NOT_RANKED, UNKNOWN -> String.format(Locale.ROOT,
                    "%s is ranked %d of %d with a score of %.3f; the query takes %d%s.", entry, rank, searched,
                    hit.score(), request.topK(),
                    last.map(other -> String.format(Locale.ROOT, ", the last with %.3f", other.score())).orElse(""));
        };
    }

    /// Answers a query with other settings of retrieval, one at a time. The settings in force do not change.
    public List<OtherSetting.Outcome> otherSettings(UUID userId, QueryRequest query) {
        MemFuseConfig now = inspection.config();
        QueryRequest request = resolved(query, now);
        List<Hit> before = ask(userId, request, now).hits();
        return OtherSetting.of(now).stream().map(setting -> OtherSetting.Outcome.of(setting,
                ask(userId, request, setting.in(now)).hits(), before)).toList();
    }

    /// Messages beside a hit in its session, whose scores contribute to its own.
    ///
    /// @param share the share of the neighbour in the score of the hit
    public record Neighbour(Signal signal, Message message, Share share) {}

    /// Returns the neighbours of a message whose scores contribute to its own. Empty for chunks and facts: their
    /// neighbours are entries of their layer.
    public List<Neighbour> neighbours(Hit hit) {
        List<Neighbour> found = new ArrayList<>();
        if (hit.layer() == MemoryLayer.M0 && hit.message().sequence() != Message.UNASSIGNED) {
            add(hit, Signal.PREVIOUS, Order.NEWEST_FIRST, found);
            add(hit, Signal.NEXT, Order.OLDEST_FIRST, found);
        }
        return found;
    }

    private void add(Hit hit, Signal signal, Order order, List<Neighbour> found) {
        hit.shares().stream().filter(share -> share.signal() == signal && share.points() > 0).findFirst()
                .ifPresent(share -> inspection.stored(hit.message().session(), hit.message().sequence(), order, 1)
                        .stream().findFirst()
                        .ifPresent(message -> found.add(new Neighbour(signal, message, share))));
    }
}
