package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.memfuse.cli.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands `advice` and `tune` on an engine in memory.
final class AdviceAndTuneCommandTest {
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String line, String... more) {
        return MemFuseCommand.run(services, new Terminal(new PrintWriter(out), new PrintWriter(err), false),
                Stream.of(line.split(" "), more).flatMap(Stream::of).toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "minimise speed                               | is no metric; there are",
            "minimise throughput                          | write maximise throughput",
            "minimise query.p99 subject to recall >= 95   | limits recall beyond 1"})
    void aWrongGoalIsRefusedBeforeAnythingStarts(String goal, String sentence) {
        assertEquals(2, run("tune --goal", goal));

        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(List.of(), services.events);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--save-profile legacy   | is a profile of the program",
            "--save-profile mine     | there is a profile mine; choose another name, or give --replace",
            "--save-profile a/b      | a name has letters, digits, - and _",
            "--rate fast             | --rate is a number"})
    void aProfileIsNeverOverwrittenSilentlyAndARateIsANumber(String options, String sentence) {
        assertEquals(2, run("tune --goal=minimise\tquery.p50 " + options.strip()));

        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(List.of(), services.events);
    }

    @Test
    void aBudgetBelowAMinuteIsRefused() {
        assertEquals(2, run("tune --budget 59s --goal", "minimise query.p50"));

        assertTrue(err.toString().contains("A tuning has a budget of 1 minute to 24 hours, not 59.0 s."),
                err.toString());
    }

    @Test
    void tooShortALoadGivesNoAdviceAndSaysWhy(@TempDir Path folder) throws Exception {
        Path json = folder.resolve("advice.json");

        assertEquals(3, run("advice --duration 200ms --warmup 0 --users 2 --concurrency 2 --json " + json));

        assertTrue(out.toString().startsWith("Advice takes at least 5 s of measurements."), out.toString());
        assertTrue(Files.readString(json).contains("\"enough\""), Files.readString(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--try 0                | --try counts the advice from 1",
            "--scenario outage      | advice is about one state of the settings",
            "--recall-turns -1      | --recall-turns must not be negative"})
    void wrongOptionsOfAdviceAreRefusedBeforeAnythingStarts(String options, String sentence) {
        assertEquals(2, run("advice " + options.strip()));

        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(List.of(), services.events);
    }
}
