package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;

import dev.memfuse.cli.option.LaunchOptions;
import dev.memfuse.cli.terminal.Terminal;
import dev.memfuse.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainStartTest {
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    private int run(String... arguments) {
        return MemFuseCommand.run(services, new Terminal(new PrintWriter(err), new PrintWriter(err), false),
                arguments);
    }

    @Test
    void anEmptyCommandLineOpensTheWindowAsTheParserWould() {
        assertEquals(0, run());
        LaunchOptions plain = services.launched;
        run("--record");

        assertEquals(plain, services.launched);
        assertEquals(List.of("window", "window"), services.events);
        assertEquals(List.of(List.of(), List.of("--record")), services.logged);
    }

    @Test
    void aDataFolderAloneOpensTheWindowAsTheParserWould() {
        assertEquals(0, run("--data-dir", "/data"));
        LaunchOptions plain = services.launched;
        run("--data-dir=/data");

        assertEquals(plain, services.launched);
        assertEquals(List.of(List.of("--data-dir", "/data"), List.of("--data-dir=/data")), services.logged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--data-dir|", "--data-dir| ", "--data-dir|--ephemeral", "--data-dir", "load",
            "--profile|legacy", "--help"})
    void everythingElseIsLeftToTheParser(String line) {
        assertEquals(Optional.empty(), PlainStart.options(line.split("\\|", -1)));
    }

    @Test
    void withoutADisplayTheLoadRuns() {
        services.windowProblem = Optional.of("No display found");
        run();

        assertEquals(List.of("headless"), services.events);
    }

    @Test
    void aWrongConfigurationHasTheExitCodeOfWrongUsage() {
        services.windowFailure = new ConfigException(List.of());

        assertEquals(2, run());
    }
}
