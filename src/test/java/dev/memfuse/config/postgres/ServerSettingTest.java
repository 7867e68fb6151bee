package dev.memfuse.config.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingTest {

    private static ServerSetting setting(String name) {
        return ServerSettings.find(name).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           work_mem, 8MB, 8MB
                           work_mem, 8 MB, 8MB
                           work_mem, 64, 64
                           work_mem, 1.5GB, 1.5GB
                           work_mem, 65536B, 65536B
                           shared_buffers, 128kB, 128kB
                           shared_buffers, '''256MB''', 256MB
                           checkpoint_timeout, 5min, 5min
                           checkpoint_timeout, 1d, 1d
                           random_page_cost, 1.1, 1.1
                           synchronous_commit, OFF, off
                           synchronous_commit, false, off
                           synchronous_commit, remote_write, remote_write
                           jit, no, off
                           enable_seqscan, 1, on
                           """)
    void readsAValueAsPostgresqlDoes(String name, String text, String kept) {
        assertEquals(Optional.of(kept), setting(name).read(text));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           work_mem, 63
                           work_mem, 63kB
                           work_mem, 3TB
                           work_mem, 8mb
                           work_mem, 8min
                           work_mem, many
                           work_mem, 1e99
                           checkpoint_timeout, 29s
                           checkpoint_timeout, 2d
                           max_connections, 10kB
                           max_connections, 0
                           synchronous_commit, sometimes
                           jit, perhaps
                           """)
    void refusesAValueOfAnotherTypeOrOutOfRange(String name, String text) {
        assertEquals(Optional.empty(), setting(name).read(text));
        assertTrue(setting(name).problem(text).orElseThrow().endsWith(", found " + text));
    }

    @Test
    void saysWhatItAcceptsWithTheUnit() {
        assertEquals("expected a number from 64 kB to 2147483647 kB, with a unit (B, kB, MB, GB, TB), found 1kB",
                setting("work_mem").problem("1kB").orElseThrow());
        assertEquals("expected one of local, remote_write, remote_apply, on, off, found maybe",
                setting("synchronous_commit").problem("maybe").orElseThrow());
    }

    @Test
    void anEmptyValueIsTheDefault() {
        assertEquals(Optional.of(""), setting("work_mem").read(" "));
        assertEquals(Optional.of(""), setting("work_mem").read("\"\""));
    }

    @Test
    void knowsWhatNeedsARestart() {
        assertTrue(setting("shared_buffers").restart());
        assertTrue(setting("max_connections").restart());
        assertFalse(setting("work_mem").restart());
        assertFalse(setting("checkpoint_timeout").restart());
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "data_directory", "listen_addresses", "fsync", "full_page_writes",
            "shared_preload_libraries", "logging_collector", "log_line_prefix", "lc_messages", "TimeZone",
            "search_path", "synchronous_standby_names", "archive_command", "recovery_target_time",
            "password_encryption",
            "ssl", "restart_after_crash", "zero_damaged_pages", "block_size", "dynamic_library_path",
            "statement_timeout",
            "config_file"})
    void whatTheProgramNeedsIsReservedWithAReason(String name) {
        assertEquals(Optional.empty(), ServerSettings.find(name));
        assertTrue(ServerSettings.reserved(name).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_such_setting", "", "work_mem; DROP TABLE users", "pg_stat_statements.max"})
    void anyOtherNameIsUnknown(String name) {
        assertEquals(Optional.empty(), ServerSettings.find(name));
        assertEquals(Optional.empty(), ServerSettings.reserved(name));
    }
}
