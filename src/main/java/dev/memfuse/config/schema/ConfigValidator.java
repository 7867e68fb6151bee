package dev.memfuse.config.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;
import dev.memfuse.config.secret.SecretKeys;

/// Finds all problems of a configuration: values outside their ranges, and values that break a rule. The loader, the
/// Flags page and [Tunables] share it.
public final class ConfigValidator {
    private ConfigValidator() {}

    /// Returns all problems, in the order of the file; empty when the configuration is valid.
    public static List<ConfigProblem> problems(MemFuseConfig config) {
        var problems = new ArrayList<ConfigProblem>();
        for (ConfigKey key : ConfigSchema.keys(config)) {
            key.range().problem(RecordAccess.get(config, key.path()))
                    .ifPresent(sentence -> problems.add(problem(key.path(), sentence)));
        }
        config.postgres().server().keySet().stream().map(ServerKeys::path)
                .filter(path -> ConfigSchema.find(path).isEmpty())
                .forEach(path -> problems.add(problem(path, ConfigSchema.unknown(path))));
        problems.addAll(ruleProblems(config));
        return problems;
    }

    /// Returns the configuration itself.
    ///
    /// @throws ConfigException when there are problems
    public static MemFuseConfig requireValid(MemFuseConfig config) {
        List<ConfigProblem> problems = problems(config);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    /// Returns the problems of values that are in range and break a rule: URLs of another kind or with a
    /// secret, settings of the embedded server beside a URL, and origins that no browser sends.
    public static List<ConfigProblem> ruleProblems(MemFuseConfig config) {
        var problems = new ArrayList<ConfigProblem>();
        String url = config.postgres().url();
        if (!url.isEmpty()) {
            databaseProblem(url).ifPresent(sentence -> problems.add(problem("postgres.url", sentence)));
            config.postgres().server().keySet()
                    .forEach(name -> problems.add(problem(ServerKeys.path(name), ServerKeys.EXTERNAL)));
        }
        ServiceUrl.problem(config.llm().baseUrl())
                .ifPresent(sentence -> problems.add(problem("llm.base_url", sentence)));
        OriginList.problem(config.server().origins())
                .ifPresent(sentence -> problems.add(problem("server.allowed_origins", sentence)));
        return problems;
    }

    private static Optional<String> databaseProblem(String url) {
        if (!url.startsWith(DatabaseUrl.SCHEME)) {
            return Optional.of("expected a URL that starts with jdbc:postgresql:, or an empty text for the embedded "
                    + "server");
        }
        return DatabaseUrl.hasPassword(url) ? Optional.of(SecretKeys.PASSWORD_PROBLEM) : DatabaseUrl.problem(url);
    }

    private static ConfigProblem problem(String path, String message) {
        return new ConfigProblem(path, message, Optional.empty());
    }
}
