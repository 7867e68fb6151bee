package dev.memfuse.lab.scorecard;

/// The operations of the plan's user.
public enum PlanStep {
    /// The first access to the user's service.
    FIRST_ACCESS,
    /// `add_batch`.
    ADD_BATCH,
    /// `query` with the 5 best hits.
    QUERY,
    /// `get_messages_by_session` with a limit of 10.
    GET_MESSAGES
}
