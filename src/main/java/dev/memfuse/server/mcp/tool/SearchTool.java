package dev.memfuse.server.mcp.tool;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.memfuse.config.schema.TypedText;
import dev.memfuse.engine.Agent;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.QueryResult;
import dev.memfuse.metrics.Operation;

/// The tool that searches.
///
/// @param sessions finds sessions
record SearchTool(UserSessions sessions) {
    private static final int DEFAULT_HITS = 5;
    private static final int MAX_HITS = 100;
    private static final int MAX_TOKENS = 1_000_000;
    private static final Map<String, MemoryLayer> LAYERS = Map.of("messages", MemoryLayer.M0, "chunks", MemoryLayer.M1,
            "facts", MemoryLayer.M2);

    MemoryTool tool() {
        return new MemoryTool.Head("search_memory", "Search memory", "Searches everything that was remembered about "
                + "the user, best first. Call it before you answer what earlier conversations may bear on. Texts are "
                + "cut at " + Lines.SHORT + " characters, unless max_tokens or full is given.",
                MemoryTool.Effect.READS).as(Operation.QUERY,
                        List.of(
                                Parameter.text("query", "What to look for, as a question or in keywords.").needed(),
                                Parameter.whole("top_k", "Maximum number of hits (default: " + DEFAULT_HITS + ").", 1,
                                        MAX_HITS),
                                Parameter.text("session", "Only this session, by name or id."),
                                Parameter.text("agent", "Only sessions with the agent of this name."),
                                Parameter.text("from", "Only messages from this time on, for instance 2026-11-26 or "
                                        + "2026-11-26T10:15:00Z."),
                                Parameter.text("until", "Only messages before this time."),
                                Parameter.texts("layers", "What to search (default: messages and facts).",
                                        List.of("messages", "chunks", "facts")),
                                Parameter.whole("max_tokens",
                                        "Budget: maximum number of tokens in all hits together, which "
                                                + "are then whole.",
                                        1, MAX_TOKENS),
                                Parameter.flag("full", "Whole texts instead of cut ones (default: false)."),
                                Parameter.flag("ids",
                                        "Ids of messages and facts, for delete_memory and history_of_fact "
                                                + "(default: false)."),
                                Parameter.flag("explain", "The share of each signal in the score (default: false).")),
                        this::search);
    }

    private String search(Memory memory, Arguments arguments) {
        Set<UUID> inSessions = arguments.text("session")
                .map(name -> Set.of(sessions.require(memory, name).key().sessionId())).orElse(Set.of());
        Set<UUID> ofAgents = arguments.text("agent").map(name -> Set.of(agent(memory, name).id())).orElse(Set.of());
        QueryRequest request = QueryRequest
                .of(arguments.required("query"), arguments.whole("top_k", DEFAULT_HITS))
                .withMaxTokens(arguments.whole("max_tokens", 0))
                .within(new QueryFilter(inSessions, ofAgents, arguments.time("from"), arguments.time("until"),
                        layers(arguments)));
        boolean explain = arguments.flag("explain");
        QueryResult result = memory.engine().query(memory.user().id(), explain ? request.explained() : request);
        return print(memory, result, new Style(arguments.flag("full") || arguments.has("max_tokens"),
                arguments.flag("ids"), explain));
    }

    private static Agent agent(Memory memory, String name) {
        return memory.engine().agent(memory.user().id(), name).orElseThrow(() -> new ArgumentException(
                "There is no agent '" + TypedText.excerpt(name, 60) + "'. Leave agent out to search all sessions."));
    }

    private static Set<MemoryLayer> layers(Arguments arguments) {
        return arguments.has("layers")
                ? arguments.texts("layers").stream().map(LAYERS::get).collect(Collectors.toSet())
                : EnumSet.of(MemoryLayer.M0, MemoryLayer.M2);
    }

    /// How a result is printed.
    private record Style(boolean whole, boolean ids, boolean explain) {}

    private String print(Memory memory, QueryResult result, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(result.hits().isEmpty()
                ? "Nothing found among " + entries(result.searched()) + "."
                : Lines.count(result.hits().size(), "hit") + " among " + entries(result.searched()) + ", best first:");
        for (int i = 0; i < result.hits().size(); i++) {
            QueryResult.Hit hit = result.hits().get(i);
            lines.add((i + 1) + ". " + head(memory, hit) + ": " + Lines.entry(hit.content(), style.whole()));
            details(hit, style).ifPresent(lines::add);
        }
        if (result.leftOut() > 0) {
            lines.add(Lines.count(result.leftOut(), "hit") + " did not fit into max_tokens.");
        }
        if (result.degraded()) {
            lines.add("The database does not answer now: hits may be missing.");
        }
        return String.join("\n", lines);
    }

    private static String entries(int number) {
        return number == 1 ? "1 entry" : String.format(Locale.ROOT, "%,d entries", number);
    }

    private String head(Memory memory, QueryResult.Hit hit) {
        String kind = switch (hit.layer()) {
            case M0 -> hit.message().role().label();
            case M1 -> "chunk";
            case M2 -> hit.conflictsWith().isEmpty() ? "fact" : "fact, disputed by another";
        };
        return String.format(Locale.ROOT, "[%.2f] %s, %s, session %s", hit.score(),
                Lines.time(hit.message().createdAt()), kind, sessions.name(memory.engine(), hit.message().session()));
    }

    private static Optional<String> details(QueryResult.Hit hit, Style style) {
        List<String> parts = new ArrayList<>();
        if (style.ids()) {
            parts.add((hit.layer() == MemoryLayer.M0 ? "message " : hit.layer() == MemoryLayer.M2 ? "fact " : "chunk ")
                    + hit.id());
            if (hit.layer() != MemoryLayer.M0) {
                parts.add("from message " + hit.sources().stream().map(UUID::toString)
                        .collect(Collectors.joining(", ")));
            }
        }
        if (style.explain()) {
            parts.add("score: " + hit.shares().stream().map(share -> String.format(Locale.ROOT, "%s %.3f",
                    share.signal().label(), share.points())).collect(Collectors.joining(", ")));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of("   " + String.join("; ", parts));
    }
}
