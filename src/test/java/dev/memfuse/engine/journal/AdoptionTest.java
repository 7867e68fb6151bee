package dev.memfuse.engine.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import dev.memfuse.engine.NewMessage;
import dev.memfuse.engine.Role;
import dev.memfuse.engine.SessionKey;
import org.junit.jupiter.api.Test;

class AdoptionTest {
    private final List<Request.Batch> batches = new ArrayList<>();
    private final List<Long> durable = new ArrayList<>();
    private long next = 1;

    private static JournalEntry.Round round(int characters) {
        return new JournalEntry.Round(UUID.randomUUID(), new SessionKey(UUID.randomUUID(), UUID.randomUUID()),
                Instant.EPOCH, List.of(NewMessage.of(Role.USER, "x".repeat(characters))), List.of());
    }

    private void acknowledge(Request request) {
        var batch = (Request.Batch) request;
        batches.add(batch);
        for (Append append : batch.appends()) {
            append.assign(next++, 0);
            append.acknowledge();
        }
    }

    private void adopt(int rounds, int characters) {
        var adoption = new Adoption(this::acknowledge);
        JournalEntry.Round round = round(characters);
        for (int i = 0; i < rounds; i++) {
            adoption.add(round, 0, durable::add);
        }
        adoption.finish();
        assertEquals(LongStream.rangeClosed(1, rounds).boxed().toList(), durable);
    }

    @Test
    void holdsAtMost4096EntriesAtOnce() {
        adopt(10_000, 10);

        assertEquals(List.of(4096, 4096, 1808), batches.stream().map(batch -> batch.appends().size()).toList());
    }

    @Test
    void holdsAtMostFourMebibytesAndOneEntryAtOnce() {
        adopt(30, 1 << 20);

        assertTrue(batches.stream().allMatch(batch -> batch.appends().size() <= 4), batches.size() + " batches");
    }

    @Test
    void appendsNothingWithoutEntries() {
        adopt(0, 1);

        assertEquals(List.of(), batches);
    }

    @Test
    void anEntryThatIsNotAppendedStaysInTheOtherJournal() {
        var adoption = new Adoption(request -> {
            List<Append> appends = ((Request.Batch) request).appends();
            appends.getFirst().acknowledge();
            appends.getLast().fail(new JournalException("The disk is full."));
        });
        adoption.add(round(1), 0, durable::add);
        adoption.add(round(2), 0, durable::add);

        assertThrows(JournalException.class, adoption::finish);
        assertEquals(1, durable.size());
    }
}
