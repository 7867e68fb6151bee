package dev.memfuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

import dev.memfuse.cli.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plans that cannot run, each wrong in another part.
final class WrongExperimentTest {
    private final FakeProgramServices services = new FakeProgramServices();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        services.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "compare --set-b postgres.pool_sise=5                              | pool_sise",
            "compare --set-b postgres.pool_size=many                           | postgres.pool_size",
            "compare --set-b postgres.pool_size=-1                             | postgres.pool_size",
            "compare --set-a postgres.pool_size                                | expected KEY=VALUE",
            "compare --set-a postgres.url=jdbc:postgresql://localhost/other    | postgres.url",
            "compare --primary list.p50 --mix add=1                            | no operation for the primary metric",
            "sweep --parameter postgres.pool_sise --values 1,2                 | pool_sise",
            "sweep --parameter postgres.pool_size --values 1..100000           | postgres.pool_size",
            "sweep --parameter buffer.bypass_mode --values 1,2                 | is no number",
            "sweep --parameter postgres.url --values 1,2                       | postgres.url",
            "sweep --parameter concurrency --values 1.5,2                      | must be a whole number",
            "sweep --parameter rate --values 1,2 --rounds 21                   | 1 to 20 rounds",
            "sweep --parameter rate --values 1,2 --parameter rate --values 1,2 | two different parameters",
            "tune --goal minimise\tquery.p50 --budget 1s                       | 1 minute to 24 hours",
            "tune --goal minimise\tquery.p50 --keep layer                      | layer",
            "tune --goal minimise\tlist.p50 --mix add=1                        | no operation for list.p50"})
    void isRefusedBeforeTheEngineStarts(String line, String sentence) {
        int code = MemFuseCommand.run(services,
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false), line.split(" "));

        assertEquals(2, code, err::toString);
        assertTrue(err.toString().contains(sentence), err.toString());
        assertEquals(0, services.starts, "an engine was started");
    }
}
