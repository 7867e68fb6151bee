package dev.memfuse.store.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;

import org.junit.jupiter.api.Test;

class VectorExtensionTest {

    @Test
    void comparesVersionsByTheirNumbers() {
        assertTrue(VectorExtension.tooOld("0.8.3"));
        assertTrue(VectorExtension.tooOld("0.8"));
        assertTrue(VectorExtension.tooOld("0.7.10"));
        assertFalse(VectorExtension.tooOld("0.8.4"));
        assertFalse(VectorExtension.tooOld("0.8.10"));
        assertFalse(VectorExtension.tooOld("0.10.0"));
        assertFalse(VectorExtension.tooOld("1.0"));
        assertFalse(VectorExtension.tooOld("0.8.4-yb"));
    }

    @Test
    void isUsableWhenInstalledOrAvailable() {
        assertEquals(Optional.empty(), new VectorExtension("0.8.6", "0.8.6").problem());
        assertEquals(Optional.empty(), new VectorExtension(null, "0.8.4").problem());
    }

    @Test
    void namesTheProblemAndTheRemedy() {
        assertEquals("The extension vector is not on this server: install pgvector 0.8.4 or newer there, or set "
                + "retrieval.backend to embedded.", new VectorExtension(null, null).problem().orElseThrow());
        assertEquals("pgvector 0.8.2 is too old, 0.8.4 or newer is needed: install a newer one on the server, or set "
                + "retrieval.backend to embedded.", new VectorExtension(null, "0.8.2").problem().orElseThrow());
        assertEquals("pgvector 0.8.2 is too old, 0.8.4 or newer is needed: run ALTER EXTENSION vector UPDATE in this "
                + "database, or set retrieval.backend to embedded.",
                new VectorExtension("0.8.2", "0.8.6").problem().orElseThrow());
    }
}
