package dev.memfuse.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memfuse.store.EngineFixture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Search on a server without pgvector, such as the embedded one.
@Tag("db")
class PgSearchDbTest {

    @Test
    void reportsTheMissingExtensionAndChangesNothing() throws Exception {
        try (EngineFixture fixture = EngineFixture.start()) {
            String problem = new PgSearch(fixture.database()).problem().orElseThrow();

            assertTrue(problem.startsWith("The extension vector is not on this server"), problem);
            assertEquals(0, fixture.count("SELECT count(*) FROM pg_attribute WHERE attname = 'words'"));
            assertEquals(0, fixture.count("SELECT count(*) FROM pg_tables WHERE tablename = 'flyway_search_history'"));
        }
    }
}
