package dev.memfuse.cli.command;

import java.text.Normalizer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.memfuse.cli.option.JsonOutput;
import dev.memfuse.cli.option.LaunchArguments;
import dev.memfuse.cli.option.StandardOptions;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.ExplainedQuery;
import dev.memfuse.cli.terminal.QueryReport;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.engine.MemoryEngine;
import dev.memfuse.engine.MemoryLayer;
import dev.memfuse.engine.QueryFilter;
import dev.memfuse.engine.QueryRequest;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.NotFoundException;
import dev.memfuse.inspect.QueryExplainer;
import dev.memfuse.load.report.ResultJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Queries the memory of a user.
@Command(name = "query", description = "Query the memory of a user and print the hits, best first.",
        exitCodeList = {"0:the query was answered, also without a hit",
                "1:the query failed, or the database did not answer and hits may be missing",
                "2:wrong usage or configuration"})
public final class QueryCommand implements Callable<Integer> {
    private static final int MAX_TOP_K = 1_000;

    private final Terminal terminal;
    private final EngineLauncher launcher;

    @Mixin
    private final StandardOptions standard = new StandardOptions();

    @Mixin
    private final LaunchArguments launch = new LaunchArguments();

    @Mixin
    private final JsonOutput json = new JsonOutput();

    @Parameters(index = "0", paramLabel = "USER", description = "Name of the user.")
    private String user = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The question.")
    private String text = "";

    @Option(names = "--top-k", paramLabel = "N",
            description = "Maximum number of hits, 1..1000 (default: buffer.query.max_size).")
    private @Nullable Integer topK;

    @Option(names = "--max-tokens", paramLabel = "N",
            description = "Maximum number of tokens in all hits together; larger hits are left out and counted.")
    private @Nullable Integer maxTokens;

    @Option(names = "--session", paramLabel = "NAME|ID", description = "Only this session of the user.")
    private @Nullable String session;

    @Option(names = "--from", paramLabel = "TIME",
            description = "Only messages from this time on, for instance 2026-11-26 or 2026-11-26T10:15 (UTC).")
    private @Nullable Instant from;

    @Option(names = "--until", paramLabel = "TIME", description = "Only messages before this time.")
    private @Nullable Instant until;

    @Option(names = "--layer", paramLabel = "LAYER", split = ",",
            description = "Layers of the hits: m0 messages, m1 chunks, m2 facts (default: m0). May be repeated.")
    private Set<MemoryLayer> layers = EnumSet.noneOf(MemoryLayer.class);

    @Option(names = "--explain", description = "Explain each hit by the shares of its score, and print what was left "
            + "out, and what other settings return.")
    private boolean explain;

    @Option(names = "--why-not", paramLabel = "ID", description = "Explain why this message is not among the hits.")
    private @Nullable UUID whyNot;

    /// @param terminal receives the hits
    public QueryCommand(ProgramServices services, Terminal terminal) {
        this.terminal = terminal;
        this.launcher = new EngineLauncher(services, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        QueryRequest request = request();
        standard.name("USER", user);
        json.check(standard.outputs());
        return launcher.run(launch.options(), (running, _) -> query(running.memory(), request));
    }

    private QueryRequest request() {
        standard.require(topK == null || (topK >= 1 && topK <= MAX_TOP_K),
                "--top-k is " + topK + "; it is 1..1000.");
        standard.require(maxTokens == null || maxTokens > 0, "--max-tokens is " + maxTokens + "; it is at least 1.");
        standard.require(from == null || until == null || from.isBefore(until),
                "--from " + from + " is not before --until " + until + ".");
        QueryFilter filter = new QueryFilter(Set.of(), Set.of(), Optional.ofNullable(from), Optional.ofNullable(until),
                layers.isEmpty() ? Set.of(MemoryLayer.M0) : layers);
        return standard.valid(() -> QueryRequest.of(text, topK == null ? 0 : topK)
                .withMaxTokens(maxTokens == null ? 0 : maxTokens).within(filter));
    }

    private int query(MemoryEngine memory, QueryRequest request) {
        User found = UserLookup.find(memory, user);
        QueryRequest asked = session == null ? request : within(request, sessionId(memory, found, session));
        if (explain || whyNot != null) {
            return explain(memory, found, asked);
        }
        QueryReport report = QueryReport.of(found.name(), asked, memory.query(found.id(), asked));
        terminal.print(report.lines());
        json.write(() -> ResultJson.of(report), terminal);
        return report.degraded() ? ExitCodes.FAILED : ExitCodes.FINE;
    }

    private int explain(MemoryEngine memory, User found, QueryRequest asked) {
        ExplainedQuery report = ExplainedQuery.of(found, asked, new QueryExplainer(memory),
                Optional.ofNullable(whyNot));
        terminal.print(report.lines());
        json.write(() -> ResultJson.of(report), terminal);
        return report.degraded() ? ExitCodes.FAILED : ExitCodes.FINE;
    }

    private static QueryRequest within(QueryRequest request, UUID sessionId) {
        QueryFilter filter = request.filter();
        return request.within(new QueryFilter(Set.of(sessionId), filter.agents(), filter.from(), filter.until(),
                filter.layers()));
    }

    private static UUID sessionId(MemoryEngine memory, User user, String nameOrId) {
        String name = composed(nameOrId);
        return memory.sessions(user.id()).stream()
                .filter(one -> composed(one.name()).equals(name)
                        || one.key().sessionId().toString().equals(name.toLowerCase(Locale.ROOT)))
                .map(Session::key).findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "The user " + user.name() + " has no session " + nameOrId + "."))
                .sessionId();
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip();
    }
}
