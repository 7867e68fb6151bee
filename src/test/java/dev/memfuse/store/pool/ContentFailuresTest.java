package dev.memfuse.store.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentFailuresTest {
    private static boolean isOfContent(String state) {
        return new StoreException("store", new SQLException("refused", state), "").isOfContent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"21000", "22000", "22001", "22003", "22008", "22021", "22P02", "22P05", "23502", "23503",
            "23505", "23514", "23P01", "44000", "54000", "54001", "54023", "P0001", "P0004", "MF042", "U0001"})
    void valuesThatTypesConstraintsLimitsAndTriggersRefuseAreContent(String state) {
        assertTrue(isOfContent(state));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0800", "08000", "08006", "0A000", "25006", "25P02", "26000", "28P01", "40001", "40P01",
            "42501", "42703", "42P01", "53100", "53200", "53300", "55000", "55P03", "57014", "57P01", "58030", "3D000",
            "F0000", "XX000", "XX002"})
    void failuresOfServerConnectionSchemaAndPrivilegesAreNot(String state) {
        assertFalse(isOfContent(state));
    }
}
