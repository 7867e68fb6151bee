package dev.memfuse.engine.plan;

import java.util.List;
import java.util.Optional;

import dev.memfuse.engine.exception.EngineException;

/// Executes calls of the store on behalf of a person, for a real user, to show the statements that they send and how
/// the database executes each. All of it happens in one transaction that is rolled back. Thread-safe; the methods that
/// execute block.
public interface StatementPlans {

    /// A call whose statements can be explained.
    ///
    /// @param name name on the command line: `page-messages`
    /// @param title what it does, in a few words
    /// @param writes whether its statements write, inside of the transaction that is rolled back
    record Call(String name, String title, boolean writes) {}

    /// Returns the calls, in display order.
    List<Call> calls();

    /// Executes a call and explains each of its statements with `ANALYZE` and `BUFFERS`.
    ///
    /// A call that writes holds the locks of its rows until it is rolled back, at most some seconds: then it fails.
    ///
    /// @param call name of a call
    /// @param user name of the user whose data it reads; empty for the first user with messages
    /// @throws EngineException when there is no such call or no such user, the user has no messages, or the database
    ///         does not answer; the message is for the user
    ExplainedCall explain(String call, Optional<String> user);
}
