package dev.memfuse.postgres.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ProbeLogTest {
    @Test
    void theLogHasTheCauseThatTheSentenceReplaces() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Logger logger = (Logger) LoggerFactory.getLogger(PostgresProbe.class);
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        logger.addAppender(events);
        try {
            PostgresProbe probe = new PostgresProbe(Optional::empty,
                    () -> new Credentials(Optional.of("me"), Optional.of("s3cret")));

            assertFalse(probe.test("jdbc:postgresql://127.0.0.1:" + port + "/memory").usable());
        } finally {
            logger.detachAppender(events);
        }

        IThrowableProxy cause = events.list.getFirst().getThrowableProxy();
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        assertEquals(List.of(ConnectException.class.getName(), 1), List.of(cause.getClassName(), events.list.size()));
    }
}
