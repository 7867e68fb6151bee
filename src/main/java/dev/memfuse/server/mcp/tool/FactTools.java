package dev.memfuse.server.mcp.tool;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.memfuse.engine.Fact;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.FactQuery.Versions;

/// The tools that read facts.
final class FactTools {
    private static final int DEFAULT = 20;
    private static final int MAX = 500;
    private static final int ALL = 10_000;
    private static final List<String> TYPES = List.of("personal", "preference", "decision", "temporal", "general");

    private FactTools() {}

    static MemoryTool list() {
        return new MemoryTool.Head("list_facts", "List facts", "Lists what is known about the user as statements: the "
                + "current ones, or those that were valid at a time. The latest observed come first.",
                MemoryTool.Effect.READS).with(
                        List.of(
                                Parameter.text("at", "Facts that were valid at this time, for instance 2026-11-26 or "
                                        + "2026-11-26T10:15:00Z (default: now)."),
                                Parameter.choice("type", "Only facts of this type.", TYPES),
                                Parameter.number("min_confidence", "Lowest confidence (default: 0).", 0, 1),
                                Parameter.whole("limit", "Maximum number of facts (default: " + DEFAULT + ").", 1,
                                        MAX)),
                        FactTools::list);
    }

    private static String list(Memory memory, Arguments arguments) {
        Optional<Instant> at = arguments.time("at");
        int limit = arguments.whole("limit", DEFAULT);
        FactQuery query = new FactQuery(arguments.text("type").map(Set::of).orElse(Set.of()),
                arguments.number("min_confidence", 0), at.isPresent() ? Versions.HISTORY : Versions.CURRENT,
                at.isPresent() ? ALL : limit);
        List<Fact> facts = memory.engine().facts(memory.user().id(), query).stream()
                .filter(fact -> at.isEmpty() || isValid(fact, at.get())).limit(limit).toList();
        String when = at.map(time -> " valid at " + Lines.time(time)).orElse("");
        if (facts.isEmpty()) {
            return "There are no facts" + when + ".";
        }
        List<String> lines = new ArrayList<>(List.of(Lines.count(facts.size(), "fact") + when + ":"));
        facts.forEach(fact -> lines.add(line(fact)));
        return String.join("\n", lines);
    }

    private static boolean isValid(Fact fact, Instant at) {
        return !fact.time().validFrom().isAfter(at) && fact.time().validTo().filter(end -> !end.isAfter(at)).isEmpty();
    }

    private static String line(Fact fact) {
        String until = fact.time().validTo().map(end -> " until " + Lines.time(end)).orElse("");
        String disputed = fact.conflictsWith().isEmpty()
                ? ""
                : "; disputed by " + fact.conflictsWith().stream().map(UUID::toString)
                        .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "- %s (%s, confidence %.2f, since %s%s%s; id %s)",
                Lines.entry(fact.content(), false), fact.type(), fact.confidence(),
                Lines.time(fact.time().validFrom()), until, disputed, fact.id());
    }

    static MemoryTool history() {
        return new MemoryTool.Head("history_of_fact", "History of a fact", "Shows how a fact changed: its versions, "
                + "earliest first, with the time for which each was valid and the messages that state it.",
                MemoryTool.Effect.READS).with(
                        List.of(Parameter.text("fact", "Id of any version, as list_facts shows it.").needed()),
                        FactTools::history);
    }

    private static String history(Memory memory, Arguments arguments) {
        UUID id = arguments.id("fact");
        Map<UUID, Fact> all = memory.engine().facts(memory.user().id(), FactQuery.history(ALL)).stream()
                .collect(Collectors.toMap(Fact::id, Function.identity(), (one, _) -> one, LinkedHashMap::new));
        if (!all.containsKey(id)) {
            throw new ArgumentException("There is no fact " + id + ". list_facts shows the ids of facts.");
        }
        List<Fact> versions = versions(all, id);
        List<String> lines = new ArrayList<>(List.of(Lines.count(versions.size(), "version") + ", earliest first:"));
        for (Fact fact : versions) {
            lines.add(line(fact));
            lines.add("  stated by message " + fact.messageIds().stream().map(UUID::toString)
                    .collect(Collectors.joining(", ")));
        }
        return String.join("\n", lines);
    }

    /// Returns the facts that are connected with one by supersession.
    private static List<Fact> versions(Map<UUID, Fact> all, UUID id) {
        Map<UUID, List<UUID>> predecessors = all.values().stream()
                .filter(fact -> fact.time().supersededBy().isPresent())
                .collect(Collectors.groupingBy(fact -> fact.time().supersededBy().get(),
                        Collectors.mapping(Fact::id, Collectors.toList())));
        Map<UUID, Fact> found = new LinkedHashMap<>();
        Deque<UUID> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            Fact fact = all.get(open.remove());
            if (fact != null && found.put(fact.id(), fact) == null) {
                open.addAll(predecessors.getOrDefault(fact.id(), List.of()));
                fact.time().supersededBy().ifPresent(open::add);
            }
        }
        return found.values().stream().sorted(Comparator.comparing((Fact fact) -> fact.time().validFrom())
                .thenComparing(fact -> fact.time().observedAt())).toList();
    }
}
