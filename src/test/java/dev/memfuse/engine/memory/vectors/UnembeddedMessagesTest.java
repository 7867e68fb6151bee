package dev.memfuse.engine.memory.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.memfuse.engine.memory.vectors.UnembeddedMessages.Portion;
import org.junit.jupiter.api.Test;

/// Which messages wait for a vector.
class UnembeddedMessagesTest {
    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private final UnembeddedMessages messages = new UnembeddedMessages();

    private Optional<Portion> next() throws InterruptedException {
        return messages.next(32, () -> true);
    }

    private void add(UUID user) {
        messages.add(user, List.of(UUID.randomUUID()));
    }

    /// The last portion of all was read before the message was stored.
    @Test
    void aMessageThatIsAddedDuringTheLastPortionOfAllIsSoughtAgain() throws InterruptedException {
        messages.addAll(ALICE, 1);
        Portion last = next().orElseThrow();
        assertTrue(last.all());
        add(ALICE);

        messages.done(last, 1, true);

        assertEquals(1, messages.waiting());
        Portion again = next().orElseThrow();
        assertTrue(again.all());
        messages.done(again, 1, true);
        assertEquals(Optional.empty(), next());
        assertEquals(0, messages.waiting());
    }

    @Test
    void anImportDuringTheLastPortionOfAllIsSoughtToo() throws InterruptedException {
        messages.addAll(ALICE, 0);
        Portion last = next().orElseThrow();
        messages.addAll(ALICE, 0);

        messages.done(last, 0, true);

        assertTrue(next().orElseThrow().all());
    }

    /// A text that always fails may not keep other users waiting.
    @Test
    void aPortionThatFailedIsSoughtAgainBehindTheOtherUsers() throws InterruptedException {
        add(ALICE);
        add(BOB);
        Portion failed = next().orElseThrow();
        assertEquals(ALICE, failed.userId());

        messages.failed(failed);

        assertEquals(2, messages.waiting());
        Portion ofBob = next().orElseThrow();
        assertEquals(BOB, ofBob.userId());
        messages.done(ofBob, 1, false);
        assertEquals(new Portion(ALICE, List.of()), next().orElseThrow());
    }
}
