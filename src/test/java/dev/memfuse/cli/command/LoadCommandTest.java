package dev.memfuse.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memfuse.cli.terminal.ExitCodes;
import dev.memfuse.load.Verdict.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadCommandTest {

    @ParameterizedTest
    @CsvSource({"GOOD, 0", "FAILED, 1", "VOID, 3", "STOPPED, 130"})
    void eachOutcomeHasItsExitCode(Outcome outcome, int code) {
        assertEquals(code, ExitCodes.of(outcome));
    }
}
