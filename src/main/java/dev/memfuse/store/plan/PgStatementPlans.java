package dev.memfuse.store.plan;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.memfuse.engine.Message;
import dev.memfuse.engine.Order;
import dev.memfuse.engine.Session;
import dev.memfuse.engine.User;
import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.engine.plan.ExplainedCall;
import dev.memfuse.engine.plan.StatementPlan;
import dev.memfuse.engine.plan.StatementPlans;
import dev.memfuse.engine.spi.MemoryStore;
import dev.memfuse.engine.validation.TextCheck;
import dev.memfuse.store.PgStore;
import dev.memfuse.store.pool.Database;
import dev.memfuse.store.pool.Rehearsal;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Explains the statements of the store on a connection beside the pool. Thread-safe.
public final class PgStatementPlans implements StatementPlans {
    private static final Logger LOG = LoggerFactory.getLogger(PgStatementPlans.class);
    private static final int SAMPLE = 10;
    private static final int SEARCHED_USERS = 50;
    private static final int LONGEST_TEXT = 4_000;
    private static final String EXPLAIN = "EXPLAIN (ANALYZE, BUFFERS, WAL, FORMAT XML) ";
    private static final Pattern EXPLAINABLE = Pattern.compile("(?i)^\\s*(SELECT|WITH|INSERT|UPDATE|DELETE|MERGE)\\b");

    private final Supplier<Optional<Database>> inUse;
    private final ExplainLimits limits;
    private final List<Explainable> all = StoreCalls.all();

    /// @param inUse the database in use; empty when there is none
    public PgStatementPlans(Supplier<Optional<Database>> inUse) {
        this(inUse, ExplainLimits.USUAL);
    }

    /// @param limits limits of the statements
    PgStatementPlans(Supplier<Optional<Database>> inUse, ExplainLimits limits) {
        this.inUse = inUse;
        this.limits = limits;
    }

    /// Returns the calls of each store, in display order.
    public static List<Call> known() {
        return StoreCalls.all().stream().map(Explainable::call).toList();
    }

    /// The statements that a call sent, and the start of the one that runs.
    private static final class Course {
        private final Map<String, Sent> sent = new LinkedHashMap<>();
        private long began = System.nanoTime();
    }

    /// A statement that a call sent.
    private static final class Sent {
        private final ExplainXml.Plan plan;
        private int executions = 1;

        Sent(ExplainXml.Plan plan) {
            this.plan = plan;
        }
    }

    @Override
    public List<Call> calls() {
        return known();
    }

    @Override
    public ExplainedCall explain(String call, Optional<String> user) {
        Explainable chosen = all.stream().filter(one -> one.call().name().equals(call)).findFirst()
                .orElseThrow(() -> new EngineException("There is no call " + call + "; there are "
                        + all.stream().map(one -> one.call().name()).collect(Collectors.joining(", ")) + "."));
        Database database = inUse.get()
                .orElseThrow(() -> new EngineException("No database is in use: wait for the end of the start."));
        Subject subject = subject(database, user);
        Course course = new Course();
        try (Connection connection = connections(database).getConnection()) {
            connection.setAutoCommit(false);
            try {
                limit(connection);
                new Rehearsal(connection, (on, text, statement) -> observe(course, on, text, statement))
                        .run(() -> chosen.run().on(subject));
            } finally {
                rollBack(connection);
            }
        } catch (SQLException | EngineException e) {
            throw new ExplainFailure(call, limits).of(e, Duration.ofNanos(System.nanoTime() - course.began));
        }
        List<StatementPlan> statements = new ArrayList<>();
        course.sent
                .forEach((text, of) -> statements.add(new StatementPlan(text, of.executions, of.plan.planningMillis(),
                        of.plan.executionMillis(), of.plan.root())));
        return new ExplainedCall(call, subject.user().name(), statements);
    }

    /// Parameters travel as text, arrays included, so that a statement is repeated behind `EXPLAIN` with its values.
    private PGSimpleDataSource connections(Database database) {
        PGSimpleDataSource source = database.target().connections("memfuse-explain");
        source.setBinaryTransfer(false);
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        // A server behind a network that swallows everything would be waited for forever.
        source.setSocketTimeout(limits.answerSeconds());
        return source;
    }

    private void limit(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(limits.sql());
        }
    }

    private static void observe(Course course, Connection connection, String text, PreparedStatement statement)
            throws SQLException {
        course.began = System.nanoTime();
        if (!EXPLAINABLE.matcher(text).find()) {
            return;
        }
        String shown = text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
        Sent known = course.sent.get(shown);
        if (known == null) {
            course.sent.put(shown, new Sent(explain(connection, statement)));
        } else {
            known.executions++;
        }
    }

    /// A connection that is lost has no transaction any more; why it was lost is known from what failed before.
    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("Database: a connection that explained was lost before its rollback", e);
        }
    }

    /// ANALYZE executes the statement; the call does so again, so its effect is taken back before. A statement that
    /// fails ends the call, and with it the transaction.
    private static ExplainXml.Plan explain(Connection connection, PreparedStatement statement) throws SQLException {
        Savepoint before = connection.setSavepoint();
        ExplainXml.Plan plan = analyzed(connection, statement);
        connection.rollback(before);
        return plan;
    }

    private static ExplainXml.Plan analyzed(Connection connection, PreparedStatement statement) throws SQLException {
        try (Statement explain = connection.createStatement()) {
            // A batch is the text of all its statements, of which the first is explained.
            explain.execute(EXPLAIN + statement);
            try (ResultSet rows = explain.getResultSet()) {
                rows.next();
                return ExplainXml.read(rows.getString(1));
            }
        }
    }

    private static Subject subject(Database database, Optional<String> name) {
        MemoryStore store = new PgStore(database);
        if (name.isPresent()) {
            String typed = TextCheck.name("The name of the user", name.get());
            User user = store.accounts().user(typed)
                    .orElseThrow(() -> new EngineException("There is no user " + typed + "."));
            return subject(database, store, user).orElseThrow(() -> new EngineException("The user " + user.name()
                    + " has no stored messages to explain statements with; choose another user."));
        }
        return store.inspection().users("", Optional.empty(), SEARCHED_USERS).stream()
                .flatMap(user -> subject(database, store, user).stream()).findFirst()
                .orElseThrow(() -> new EngineException("No user has stored messages to explain statements with: add "
                        + "messages or run a load that keeps its data, then ask again."));
    }

    private static Optional<Subject> subject(Database database, MemoryStore store, User user) {
        for (Session session : store.accounts().sessions(user.id())) {
            List<Message> messages = store.messages().ofSession(session.key(), SAMPLE, Order.NEWEST_FIRST);
            if (!messages.isEmpty()) {
                return Optional.of(new Subject(database, store, user, session.key(), session.agentId(), messages,
                        SampleVector.of(store, user.id())));
            }
        }
        return Optional.empty();
    }
}
