package dev.memfuse.store.plan;

import static dev.memfuse.store.EngineFixture.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.memfuse.engine.SessionKey;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.plan.ExplainedCall;
import dev.memfuse.engine.plan.PlanNode;
import dev.memfuse.engine.plan.PlanText;
import dev.memfuse.engine.plan.StatementPlan;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.store.EngineFixture;
import dev.memfuse.store.sql.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Plans of real statements on a real server.
@Tag("db")
class PgStatementPlansDbTest {
    @SuppressWarnings("NullAway.Init") // started before each test
    private EngineFixture fixture;
    @SuppressWarnings("NullAway.Init")
    private StatementPlans plans;

    private void start(String... settings) throws SQLException {
        fixture = EngineFixture.start(settings);
        plans = new PgStatementPlans(() -> Optional.of(fixture.database()));
    }

    @BeforeEach
    void start() throws SQLException {
        start("buffer.bypass_mode=true");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private SessionKey alice() {
        SessionKey session = fixture.newSession("alice");
        fixture.engine().addBatch(session, EngineFixture.messages("I'd like \"Lisbon\", \\ and a ? mark.", "Two",
                "Three"));
        return session;
    }

    private static List<PlanNode> nodes(PlanNode root) {
        List<PlanNode> all = new ArrayList<>(List.of(root));
        root.children().forEach(child -> all.addAll(nodes(child)));
        return all;
    }

    @Test
    void eachPlanHasItsTimeAndOneSlowestStep() {
        alice();
        for (StatementPlans.Call call : plans.calls()) {
            if (call.name().startsWith("search-")) {
                continue; // Needs pgvector: ExplainedStatementsDbTest has a stand-in, PgvectorPlansTest the real one.
            }
            for (StatementPlan plan : plans.explain(call.name(), Optional.of("alice")).statements()) {
                assertTrue(plan.executionMillis() > 0, call.name());
                assertEquals(1, nodes(plan.root()).stream().filter(PlanNode::slowest).count(),
                        call.name() + ": " + PlanText.of(plan));
            }
        }
    }

    @Test
    void theStepsHaveRowsBlocksAndTimesThatAddUp() {
        alice();

        StatementPlan page = plans.explain("page-messages", Optional.of("alice")).statements().getFirst();

        assertTrue(page.text().contains("FROM messages WHERE user_id = ?"), page.text());
        assertEquals(3, page.root().rows());
        assertTrue(page.root().hitBlocks() + page.root().readBlocks() > 0);
        double selves = nodes(page.root()).stream().mapToDouble(PlanNode::selfMillis).sum();
        assertEquals(page.root().totalMillis(), selves, 0.01);
        String text = String.join("\n", PlanText.of(page));
        assertTrue(text.contains("<- slowest") && text.contains("messages"), text);
    }

    @Test
    void aCommonTableIsCountedWhereItIsScanned() {
        alice();

        StatementPlan store = plans.explain("store-messages", Optional.of("alice")).statements().getFirst();

        assertTrue(store.text().startsWith("WITH numbered AS"), store.text());
        assertTrue(nodes(store.root()).stream().anyMatch(node -> node.title().contains("on messages")),
                String.join("\n", PlanText.of(store)));
        double selves = nodes(store.root()).stream().mapToDouble(PlanNode::selfMillis).sum();
        assertTrue(selves <= store.executionMillis() + 0.1, selves + " of " + store.executionMillis());
    }

    @Test
    void aStatementThatIsSentForEachRowIsMarked() throws SQLException {
        fixture.close();
        start("buffer.bypass_mode=true", "queries.consolidated=false");
        alice();

        ExplainedCall explained = plans.explain("read-messages", Optional.of("alice"));

        assertTrue(explained.statements().stream().anyMatch(plan -> plan.repeated() && plan.executions() == 3),
                explained.statements().toString());
        assertTrue(PlanText.times(explained.statements().stream().filter(StatementPlan::repeated).findFirst()
                .orElseThrow()).contains("sent 3 times (N+1)"));
    }

    @Test
    void withoutAUserTheFirstOneWithMessagesIsTaken() {
        fixture.newSession("nobody");
        alice();

        assertEquals("alice", plans.explain("list-messages", Optional.empty()).user());
    }

    @Test
    void whatCannotBeExplainedIsASentence() {
        assertEquals("No user has stored messages to explain statements with: add messages or run a load that keeps "
                + "its data, then ask again.", refusal("list-messages", Optional.empty()));
        assertEquals("There is no user nobody.", refusal("list-messages", Optional.of("nobody")));
        fixture.newSession("empty");
        assertTrue(refusal("list-messages", Optional.of("empty")).contains("has no stored messages"));
        assertTrue(refusal("drop-all", Optional.empty()).startsWith("There is no call drop-all; there are find-user"));
        assertEquals("No database is in use: wait for the end of the start.", assertThrows(EngineException.class,
                () -> new PgStatementPlans(Optional::empty).explain("list-messages", Optional.empty())).getMessage());
    }

    private String refusal(String call, Optional<String> user) {
        return String.valueOf(assertThrows(EngineException.class, () -> plans.explain(call, user)).getMessage());
    }

    @Test
    void aLostConnectionIsSaidWithItsReason() throws Exception {
        alice();
        try (Connection other = fixture.database().target().connections("memfuse-test").getConnection()) {
            other.setAutoCommit(false);
            Statements.query(other, row -> row.getObject(1), "SELECT user_id FROM users FOR UPDATE");
            CompletableFuture<String> refused = CompletableFuture.supplyAsync(
                    () -> refusal("delete-user", Optional.of("alice")), Thread::startVirtualThread);
            await("the explained statement waits and is ended", this::ended);

            assertTrue(refused.get().contains("terminating connection"), refused.get());
            other.rollback();
        }
        assertFalse(plans.explain("delete-user", Optional.of("alice")).statements().isEmpty());
    }

    /// Refuses a call that writes while another session has locked its rows.
    private String refusalBehindALock(StatementPlans limited, Supplier<Boolean> meanwhile) throws Exception {
        alice();
        try (Connection other = fixture.database().target().connections("memfuse-test").getConnection()) {
            other.setAutoCommit(false);
            Statements.query(other, row -> row.getObject(1), "SELECT user_id FROM users FOR UPDATE");
            CompletableFuture<String> refused = CompletableFuture.supplyAsync(
                    () -> String.valueOf(assertThrows(EngineException.class,
                            () -> limited.explain("delete-user", Optional.of("alice"))).getMessage()),
                    Thread::startVirtualThread);
            await("the statement waits", meanwhile::get);
            String sentence = refused.get(1, TimeUnit.MINUTES);
            other.rollback();
            return sentence;
        }
    }

    private StatementPlans limited(Duration statement, Duration lock) {
        return new PgStatementPlans(() -> Optional.of(fixture.database()), new ExplainLimits(statement, lock));
    }

    @Test
    void aStatementBeyondItsTimeSaysTheLimitAndWhatToDo() throws Exception {
        assertEquals("A statement of delete-user was ended after 0.2 s, the limit of an explanation. Nothing of it "
                + "remains in the database. Choose a user with fewer data, or explain it when the database is less "
                + "busy.", refusalBehindALock(limited(Duration.ofMillis(200), Duration.ofMinutes(1)), () -> true));
        assertEquals(1, fixture.count("SELECT count(*) FROM users"));
    }

    @Test
    void aStatementBehindALockSaysWhoToLookFor() throws Exception {
        String sentence = refusalBehindALock(limited(Duration.ofMinutes(1), Duration.ofMillis(200)), () -> true);

        assertTrue(sentence.startsWith("A statement of delete-user waited 0.2 s for rows that another session has "
                + "locked."), sentence);
    }

    @Test
    void aStatementThatSomebodyCancelsSaysSo() throws Exception {
        assertEquals("A statement of delete-user was cancelled on the server. Nothing of it remains in the database. "
                + "Explain it again.",
                refusalBehindALock(limited(Duration.ofMinutes(1), Duration.ofMinutes(1)),
                        () -> signalled("pg_cancel_backend")));
    }

    @Test
    void aReadOnlyDatabaseExplainsItsReadsAndRefusesItsWritesWithASentence() throws Exception {
        alice();
        try (Connection other = fixture.connect(); Statement statement = other.createStatement()) {
            statement.execute("ALTER DATABASE \"" + other.getCatalog() + "\" SET default_transaction_read_only = on");
        }

        assertFalse(plans.explain("list-messages", Optional.of("alice")).statements().isEmpty());
        assertEquals("The database is read-only, so that delete-user, which writes, cannot be explained on it. Explain "
                + "a call that reads, or connect to the primary server, and without read-only.",
                refusal("delete-user", Optional.of("alice")));
    }

    @Test
    void aTypedNameThatNoUserCanHaveIsASentence() {
        alice();

        for (String typed : List.of("a\0b", "a\uD800", "x".repeat(100_000))) {
            String sentence = refusal("list-messages", Optional.of(typed));

            assertTrue(sentence.length() < 1_000 && sentence.endsWith(".") && !sentence.contains("ERROR"), sentence);
        }
    }

    @Test
    void aNameIsFoundInWhateverFormItIsTyped() {
        SessionKey session = fixture.newSession("Jos\u00e9");
        fixture.engine().addBatch(session, EngineFixture.messages("Hello"));

        assertFalse(plans.explain("list-messages", Optional.of("Jose\u0301")).statements().isEmpty());
    }

    /// Ends the connection whose statement waits for a lock; false while there is none.
    private boolean ended() {
        return signalled("pg_terminate_backend");
    }

    private boolean signalled(String function) {
        try {
            return fixture.count("SELECT count(*) FROM (SELECT " + function + "(pid) FROM pg_stat_activity WHERE "
                    + "datname = current_database() AND application_name = 'memfuse-explain' "
                    + "AND wait_event_type = 'Lock') AS ended") > 0;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void callsOutsideAreCommittedAsAlways() throws SQLException {
        SessionKey session = alice();
        plans.explain("delete-user", Optional.of("alice"));

        fixture.engine().addBatch(session, EngineFixture.messages("after"));

        assertEquals(4, fixture.count("SELECT count(*) FROM messages"));
    }
}
