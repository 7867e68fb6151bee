package dev.memfuse.server.mcp.tool;

import java.util.ArrayList;
import java.util.List;

import dev.memfuse.engine.DerivedLayer;
import dev.memfuse.engine.ExtractionStatus;
import dev.memfuse.engine.FactQuery;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.VectorBacklog;
import dev.memfuse.engine.exception.StorageUnavailableException;

/// The tool that describes the state of the memory.
final class StatusTool {
    private static final int MAX_FACTS = 10_000;

    private StatusTool() {}

    static MemoryTool tool() {
        return new MemoryTool.Head("memory_status", "Status of memory", "Describes the memory: whose it is, how many "
                + "sessions and facts it holds, and whether storage answers.", MemoryTool.Effect.READS)
                .with(List.of(), (memory, _) -> status(memory));
    }

    private static String status(Memory memory) {
        List<String> lines = new ArrayList<>(List.of("Memory of " + memory.user().name() + ", in use since "
                + Lines.time(memory.user().createdAt()) + "."));
        try {
            lines.addAll(stored(memory));
        } catch (StorageUnavailableException e) {
            lines.add("The database does not answer now. New messages are still accepted and are stored later; "
                    + "answers may lack what is stored.");
        }
        return String.join("\n", lines);
    }

    private static List<String> stored(Memory memory) {
        List<Session> sessions = memory.engine().sessions(memory.user().id());
        int facts = memory.engine().facts(memory.user().id(), FactQuery.current(MAX_FACTS)).size();
        List<String> lines = new ArrayList<>();
        lines.add(Lines.count(sessions.size(), "session") + (sessions.isEmpty()
                ? ""
                : ", the newest " + sessions.getLast().name() + " since "
                        + Lines.time(sessions.getLast().createdAt()))
                + "; " + Lines.count(facts, "current fact") + (facts == MAX_FACTS ? " or more" : "") + ".");
        if (memory.ofAllUsers()) {
            lines.add(backlog(memory));
        }
        return lines;
    }

    /// Returns what waits over all users.
    private static String backlog(Memory memory) {
        ExtractionStatus extraction = memory.engine().extractionStatus();
        VectorBacklog vectors = memory.engine().vectorBacklog();
        return "Waiting over all users: " + Lines.count(vectors.waiting(), "message") + " for a vector, "
                + Lines.count(waiting(extraction, DerivedLayer.M1), "round") + " for episodes, "
                + Lines.count(waiting(extraction, DerivedLayer.M2), "round") + " for facts.";
    }

    private static int waiting(ExtractionStatus status, DerivedLayer layer) {
        return status.of(layer).waiting() + status.of(layer).running();
    }
}
