package dev.memfuse.engine.host;

import java.util.List;

/// Result of distributing the tables over a cluster, or of a dry run.
///
/// @param statements statements that were executed, or would be, in their order; empty when the tables are distributed
/// @param problems sentences about what is not as it should be; empty when the cluster can be used
/// @param verified number of statements whose plan leads to one shard; 0 for a dry run
public record DistributionReport(List<String> statements, List<String> problems, int verified) {
    public DistributionReport {
        statements = List.copyOf(statements);
        problems = List.copyOf(problems);
    }
}
