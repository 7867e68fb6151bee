package dev.memfuse.engine.spi;

/// Durable storage, as one port per kind of data. A class that needs a single port takes that port alone. Each method
/// returns the same port every time.
public interface MemoryStore {

    /// Returns users with their agents and sessions.
    AccountStore accounts();

    /// Returns ids that stand for others.
    AliasStore aliases();

    /// Returns the storage of rounds.
    RoundStore rounds();

    /// Returns the reads of messages.
    MessageStore messages();

    /// Returns the changes of messages.
    MessageChangeStore messageChanges();

    /// Returns the deletions.
    DeletionStore deletions();

    /// Returns the times of the last deletions.
    ErasureStore erasures();

    /// Returns the rounds that became dead letters.
    RefusedRoundStore refusedRounds();

    /// Returns the layers M1 and M2.
    LayerStore layers();

    /// Returns the work list of the extraction.
    WorkStore work();

    /// Returns the rounds to build layers for.
    LayerBuildStore layerBuilds();

    /// Returns the reads of facts.
    FactStore facts();

    /// Returns the facts by hand.
    KnowledgeStore knowledge();

    /// Returns the vectors of chunks and facts.
    VectorStore vectors();

    /// Returns the vectors of messages.
    MessageVectorStore messageVectors();

    /// Returns the entries of an index.
    IndexStore index();

    /// Returns the reads of all records of a user.
    ExportStore exports();

    /// Returns the creation of users from records.
    ImportStore imports();

    /// Returns what servers need of users and sessions.
    DirectoryStore directories();

    /// Returns the agents that belong to no user.
    SharedAgentStore sharedAgents();

    /// Returns the keys of clients.
    ApiKeyStore apiKeys();

    /// Returns the users that loads made.
    LoadStore loads();

    /// Returns the runs of loads.
    LoadRunStore loadRuns();

    /// Returns pages for a person who examines the storage.
    InspectionStore inspection();

    /// Returns the reads that a replica may answer.
    ReplicaStore replicas();

    /// Returns whether the database is there.
    Availability availability();
}
