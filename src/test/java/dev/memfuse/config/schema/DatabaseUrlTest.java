package dev.memfuse.config.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://host/db", "jdbc:postgresql://host:5432/db", "jdbc:postgresql:db",
            "jdbc:postgresql://[::1]:65535/db", "jdbc:postgresql://one:1,two:2/db?targetServerType=primary",
            "jdbc:postgresql://host/db?ssl=true&sslmode=verify-full", "jdbc:postgresql://host/user"})
    void acceptsAddressesWithoutSecrets(String url) {
        assertEquals(Optional.empty(), DatabaseUrl.problem(url));
        assertEquals(url, DatabaseUrl.display(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://host/db?user=me&password=s3cret",
            "jdbc:postgresql://host/db?password=s3cret",
            "jdbc:postgresql://host/db?ssl=true&PASSWORD=s3cret", "jdbc:postgresql://host/db?p%61ssword=s3cret",
            "jdbc:postgresql://me:s3cret@host/db", "jdbc:postgresql://host/db?sslpassword=s3cret",
            "jdbc:postgresql://host:99999/db?password=s3cret", "jdbc:postgresql://host/db?user=me"})
    void refusesSecretsInTheAddressWithoutRepeatingThem(String url) {
        String problem = DatabaseUrl.problem(url).orElseThrow();

        assertTrue(problem.startsWith("The address must not contain a user or password"), problem);
        assertTrue(problem.contains("PGPASSWORD") && problem.contains("PGPASSFILE"), problem);
        assertFalse(problem.contains("s3cret"), problem);
        assertFalse(DatabaseUrl.display(url).contains("s3cret"), DatabaseUrl.display(url));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            jdbc:mysql://host/db | \
                                            This is not the address of a PostgreSQL database: write it as \
                                            jdbc:postgresql://host:5432/database.
                                            postgres://host/db | \
                                            This is not the address of a PostgreSQL database: write it as \
                                            jdbc:postgresql://host:5432/database.
                                            jdbc:postgresql://host:abc/db | \
                                            The port 'abc' is not a number from 1 to 65535.
                                            jdbc:postgresql://host:65536/db | \
                                            The port '65536' is not a number from 1 to 65535.
                                            jdbc:postgresql://host:0/db | \
                                            The port '0' is not a number from 1 to 65535.
                                            jdbc:postgresql://a:1,b:/db | \
                                            The port '' is not a number from 1 to 65535.
                                            """)
    void namesTheProblemOfOtherAddresses(String url, String problem) {
        assertEquals(Optional.of(problem), DatabaseUrl.problem(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://host/db\n2026-03-01 ERROR", "jdbc:postgresql://host/\u001b[31mdb",
            "jdbc:postgresql://host/db\u0000", "jdbc:postgresql://host/db\u009b31m"})
    void refusesControlCharactersWithoutRepeatingThem(String url) {
        String problem = DatabaseUrl.problem(url).orElseThrow();

        assertEquals("The address contains a control character, for instance a line feed: remove it.", problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://h/d%ZZ", "jdbc:postgresql://h:99999", "jdbc:postgresql://h h/d",
            "jdbc:postgresql://[::1]:0/d", "jdbc:postgresql://h:1?x=%", "jdbc:postgresql://a,b:70000/d"})
    void refusesWhatTheDriverCannotRead(String url) {
        assertTrue(DatabaseUrl.problem(url).isPresent(), url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://h/d?options=-c x=s3cret", "jdbc:postgresql://h/d?s3cret",
            "jdbc:postgresql://h/d?socketFactoryArg=s3cret", "jdbc:postgresql://h/d?ssl=s3cret"})
    void displaysNoParameterThatMayBeSecret(String url) {
        assertEquals(Optional.empty(), DatabaseUrl.problem(url));
        assertFalse(DatabaseUrl.display(url).contains("s3cret"), DatabaseUrl.display(url));
    }
}
