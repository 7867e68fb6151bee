package dev.memfuse.engine.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;

import dev.memfuse.config.section.BufferConfig;
import dev.memfuse.engine.SessionKey;
import org.junit.jupiter.api.Test;

/// The RoundBuffer's decision table with MemFuse's limits: 800 tokens, 5 rounds.
class RoundBufferTest {
    private final SessionKey session = Rounds.newSession();
    private final RoundBuffer buffer = new RoundBuffer();

    private RoundBuffer.Transfer add(int tokens) {
        return buffer.add(Rounds.counted(session, tokens), Rounds.MEMFUSE);
    }

    private static List<Integer> tokens(RoundBuffer.Transfer transfer) {
        return transfer.rounds().stream().map(BufferedRound::totalTokens).toList();
    }

    @Test
    void keepsFiveRoundsOfOneSession() {
        for (int i = 0; i < 5; i++) {
            RoundBuffer.Transfer transfer = add(100);
            assertFalse(transfer.triggered());
            assertEquals(List.of(), transfer.rounds());
        }
        assertEquals(5, buffer.rounds().size());
        assertEquals(500, buffer.tokens());
    }

    @Test
    void theSixthRoundTransfersFive() {
        for (int i = 1; i <= 5; i++) {
            add(100 + i);
        }
        RoundBuffer.Transfer transfer = add(100);

        assertTrue(transfer.triggered());
        assertEquals(List.of(101, 102, 103, 104, 105), tokens(transfer));
        assertEquals(1, buffer.rounds().size());
        assertEquals(100, buffer.tokens());
    }

    @Test
    void theExactLimitOfTokensIsKept() {
        add(400);
        RoundBuffer.Transfer transfer = add(400);

        assertFalse(transfer.triggered());
        assertEquals(List.of(), transfer.rounds());
        assertEquals(800, buffer.tokens());
    }

    @Test
    void oneTokenMoreTransfersTheEarlierRounds() {
        add(400);
        RoundBuffer.Transfer transfer = add(401);

        assertTrue(transfer.triggered());
        assertEquals(List.of(400), tokens(transfer));
        assertEquals(401, buffer.tokens());
    }

    @Test
    void aRoundAboveTheLimitIsTransferredAtOnceAfterTheEarlierRounds() {
        add(100);
        RoundBuffer.Transfer transfer = add(801);

        assertTrue(transfer.triggered());
        assertEquals(List.of(100, 801), tokens(transfer));
        assertEquals(List.of(), buffer.rounds());
        assertEquals(0, buffer.tokens());
    }

    @Test
    void aChangeOfSessionTransfersWithoutReportingIt() {
        add(100);
        SessionKey other = new SessionKey(session.userId(), UUID.randomUUID());
        RoundBuffer.Transfer transfer = buffer.add(Rounds.counted(other, 50), Rounds.MEMFUSE);

        assertFalse(transfer.triggered());
        assertEquals(List.of(session), transfer.rounds().stream().map(BufferedRound::session).toList());
        assertEquals(List.of(other), buffer.rounds().stream().map(BufferedRound::session).toList());
        assertEquals(50, buffer.tokens());
    }

    @Test
    void lowerLimitsTransferEarlier() {
        RoundBuffer few = new RoundBuffer();
        BufferConfig.RoundBufferConfig twoRounds = new BufferConfig.RoundBufferConfig(800, 2, "gpt-4o-mini");
        few.add(Rounds.counted(session, 1), twoRounds);
        assertFalse(few.add(Rounds.counted(session, 1), twoRounds).triggered());
        assertTrue(few.add(Rounds.counted(session, 1), twoRounds).triggered());

        RoundBuffer small = new RoundBuffer();
        BufferConfig.RoundBufferConfig fiftyTokens = new BufferConfig.RoundBufferConfig(50, 5, "gpt-4o-mini");
        small.add(Rounds.counted(session, 30), fiftyTokens);
        assertTrue(small.add(Rounds.counted(session, 30), fiftyTokens).triggered());
        assertEquals(30, small.tokens());
    }

    @Test
    void recountsTokensAfterADeletion() {
        add(300);
        add(500);
        buffer.replace(List.of(buffer.rounds().getFirst()));

        assertEquals(300, buffer.tokens());
        assertFalse(add(500).triggered());
    }
}
