package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.memfuse.cli.command.TargetsCommand;
import dev.memfuse.cli.option.ValueConverters;
import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.cli.terminal.UsageErrors;
import dev.memfuse.console.target.SampleTargets;
import dev.memfuse.log.LogLocation;
import dev.memfuse.target.TargetState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// `targets` and `targets watch`, on targets that the test sets.
class TargetsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final SampleTargets targets = new SampleTargets();

    private int run(String... arguments) {
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        CommandLine line = TargetsCommand.line(() -> targets, terminal);
        ValueConverters.register(line);
        line.setExecutionExceptionHandler(new ExitCodes(terminal, () -> LogLocation.none("None.")));
        line.setParameterExceptionHandler(new UsageErrors());
        line.setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    @Test
    void theListHasJvmsWithPoolsAndThoseThatDoNotAnswer() {
        assertEquals(0, run());

        assertEquals(List.of("process  JVM                              user     pools",
                "4711     org.example.orders.OrderService  someone  orders, reports"), out.toString().lines().toList());
        assertTrue(err.toString().startsWith("org.example.Batch: Process 6033 does not answer"), err.toString());
        assertEquals(0, run("--all"));
        assertTrue(out.toString().contains("gateway.jar"), out.toString());
    }

    @Test
    void withoutPoolsItSaysWhatAPoolNeeds() {
        targets.jvms = List.of();

        assertEquals(0, run());

        assertTrue(out.toString().contains("registerMbeans=true"), out.toString());
    }

    @Test
    void watchPrintsALineForEachPoolAndWritesThemAsJson(@TempDir Path folder) throws Exception {
        targets.session.fill();
        Path json = folder.resolve("watch.json");

        assertEquals(0, run("watch", "4711", "--duration", "100ms", "--json", json.toString()));

        List<String> lines = out.toString().lines().toList();
        assertEquals(3, lines.size(), out.toString());
        assertTrue(
                lines.getFirst()
                        .matches("time +pool +in use +peak +idle +waiting +peak +open +limit +heap MiB +processor"),
                lines.getFirst());
        assertTrue(lines.get(1).matches("\\d\\d:\\d\\d:\\d\\d +orders +[0-9.]+ +10 .*"), lines.get(1));
        assertTrue(lines.get(2).matches("\\d\\d:\\d\\d:\\d\\d +reports +2 +2 +1 +0 +0 +3 +10 .*"), lines.get(2));
        assertTrue(err.toString().contains("Cost: 10 polls and 27 calls a second, 0.61 ms a poll (p99 1.42 ms)"),
                err.toString());
        String text = Files.readString(json);
        assertTrue(text.contains("\"active_max\" : 10") && text.contains("\"connectionTimeout\" : 30000"), text);
    }

    @Test
    void onePoolCanBeChosenAndAnUnknownOneIsNamed() {
        targets.session.fill();

        assertEquals(0, run("watch", "4711", "--duration", "50ms", "--pool", "reports"));
        assertFalse(out.toString().contains("orders"), out.toString());
        targets.session.fill();
        assertEquals(0, run("watch", "4711", "--duration", "50ms", "--pool", "nothing"));

        assertTrue(err.toString().contains("The JVM has no pool nothing. It has: [orders, reports]"), err.toString());
    }

    @Test
    void whatCannotBeReachedFailsAndWrongUsageIsUsage(@TempDir Path folder) throws Exception {
        targets.session.state = new TargetState.Refused("There is no process 1.");
        assertEquals(1, run("watch", "1"));
        assertTrue(err.toString().contains("There is no process 1."), err.toString());
        assertEquals(2, run("watch", "nonsense"));
        assertEquals(2, run("watch", "a:1", "--user", "admin"));
        assertTrue(err.toString().contains("Give both --user and --password-file"), err.toString());
        assertEquals(2, run("watch", "a:1", "--user", "admin", "--password-file",
                folder.resolve("none").toString()));
    }
}
