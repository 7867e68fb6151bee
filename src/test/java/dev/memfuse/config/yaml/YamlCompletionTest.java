package dev.memfuse.config.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.config.schema.ConfigKey;
import dev.memfuse.config.schema.ConfigSchema;
import dev.memfuse.config.yaml.YamlCompletion.Proposal;
import org.junit.jupiter.api.Test;

class YamlCompletionTest {

    /// Returns the texts proposed at the bar.
    private static List<String> at(String marked) {
        return proposals(marked).stream().map(Proposal::text).toList();
    }

    private static List<Proposal> proposals(String marked) {
        return YamlCompletion.at(marked.replace("|", ""), marked.indexOf('|'));
    }

    @Test
    void anEmptyTextProposesTheSections() {
        assertEquals(ConfigSchema.namesIn("").stream().map(name -> name + ":").toList(), at("|"));
    }

    @Test
    void aSectionProposesTheKeysThatItLacksWithTheirTitles() {
        List<Proposal> found = proposals("postgres:\n  pool_size: 5\n  pool_|\n  max_overflow: 3\n");

        assertEquals(List.of("pool_timeout: ", "pool_recycle: "), found.stream().map(Proposal::text).toList());
        assertEquals("Pool timeout", found.getFirst().meaning());
    }

    @Test
    void aProposalReplacesWhatWasTyped() {
        String text = "postgres:\n  pool_ti";
        Proposal found = YamlCompletion.at(text, text.length()).getFirst();

        assertEquals("postgres:\n  pool_timeout: ",
                text.substring(0, found.from()) + found.text() + text.substring(found.to()));
    }

    @Test
    void aNestedSectionIsFoundByItsIndentationAcrossBlankLinesAndComments() {
        assertTrue(at("buffer:\n  bypass_mode: true\n  hybrid_buffer:\n    # deeper\n\n    emb|")
                .contains("embedding: "));
        assertTrue(at("buffer:\n  hybrid_buffer:\n    embedding: add\n  byp|").contains("bypass_mode: "));
    }

    @Test
    void aSwitchAndAChoiceProposeTheirValues() {
        assertEquals(List.of(" true", " false"), at("buffer:\n  bypass_mode:|"));
        assertEquals(List.of("true"), at("buffer:\n  bypass_mode: t|"));
        assertEquals(ConfigSchema.require("postgres.manager").range().choices(), at("postgres:\n  manager: |"));
    }

    @Test
    void aRiskIsPartOfTheProposal() {
        assertTrue(proposals("buffer:\n  durability: mem|").getFirst().meaning().contains("lost"));
    }

    @Test
    void freeValuesCommentsAndUnknownSectionsProposeNothing() {
        assertEquals(List.of(), at("postgres:\n  pool_size: |"));
        assertEquals(List.of(), at("postgres: # pool|"));
        assertEquals(List.of(), at("nothing:\n  pool|"));
    }

    @Test
    void everyKeyIsProposedWhereItBelongs() {
        for (ConfigKey key : ConfigSchema.keys()) {
            String[] names = key.path().split("\\.");
            StringBuilder text = new StringBuilder();
            for (int depth = 0; depth < names.length - 1; depth++) {
                text.append("  ".repeat(depth)).append(names[depth]).append(":\n");
            }
            text.append("  ".repeat(names.length - 1));
            assertTrue(at(text + "|").contains(names[names.length - 1] + ": "), key.path());
            assertFalse(at(text + "|").isEmpty(), key.path());
        }
    }
}
