package dev.memfuse.postgres.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;

import dev.memfuse.config.schema.TypedText;
import dev.memfuse.store.pool.DatabaseTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectFailureTest {
    private static final DatabaseTarget TARGET = new DatabaseTarget("jdbc:postgresql://server:6000/memory", "me",
            "s3cret");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            28P01 | \
                                            The password of user 'me' was not accepted: set PGPASSWORD or correct \
                                            the password file.
                                            3D000 | \
                                            There is no database 'memory' at server:6000: create it there (CREATE \
                                            DATABASE), or correct its name in the address.
                                            57P03 | \
                                            The server at server:6000 is starting or stopping: try again in a moment.
                                            53300 | \
                                            All connections of the server at server:6000 are in use: close some, or \
                                            raise its max_connections.
                                            42501 | \
                                            User 'me' may not connect to database 'memory': ask its owner for GRANT \
                                            CONNECT.
                                            08P01 | \
                                            The program at server:6000 does not use PostgreSQL's protocol: check \
                                            host and port.
                                            XX000 | \
                                            The database at server:6000 refused: message of the server (SQLState XX000).
                                            """)
    void namesUserAddressAndRemedy(String state, String sentence) {
        assertEquals(sentence, new ConnectFailure(TARGET).sentence(new SQLException("message of the server", state)));
    }

    @Test
    void distinguishesUnreachableServers() {
        var failure = new ConnectFailure(TARGET);

        assertEquals("The host in server:6000 is unknown: check its spelling and the network.",
                failure.sentence(new SQLException("failed", "08001", new UnknownHostException("server"))));
        assertEquals("No answer from server:6000 within the timeout: check the network, firewalls and the port.",
                failure.sentence(new SQLException("failed", "08001", new SocketTimeoutException("Connect timed out"))));
        assertEquals("No server accepts connections at server:6000: start PostgreSQL there, or correct host and port.",
                failure.sentence(new SQLException("failed", "08001", new ConnectException("Connection refused"))));
    }

    @Test
    void aServerThatTakesTheConnectionAndNeverAnswersIsATimeout() {
        assertEquals("No answer from server:6000 within the timeout: check the network, firewalls and the port.",
                new ConnectFailure(TARGET).sentence(new SQLException("Connection attempt timed out.", "08001")));
    }

    @Test
    void anAddressWithoutEncryptionHasItInTheRemedy() {
        DatabaseTarget plain = new DatabaseTarget(TARGET.url() + "?sslmode=disable", "me", "");
        SQLException refused = new SQLException("no pg_hba.conf entry, no encryption", "28000");

        assertTrue(new ConnectFailure(plain).sentence(refused).contains("remove sslmode=disable from the address"));
        assertFalse(new ConnectFailure(TARGET).sentence(refused).contains("sslmode"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX000", "08004", "08001"})
    void theTextOfAHostileServerIsOneShortLine(String state) {
        String sentence = new ConnectFailure(TARGET)
                .sentence(new SQLException("no\u202e\n\u001b[31m" + "x".repeat(9_000), state));

        assertTrue(sentence.codePoints().allMatch(TypedText::isVisible), sentence);
        assertTrue(sentence.length() < 700, sentence);
    }
}
