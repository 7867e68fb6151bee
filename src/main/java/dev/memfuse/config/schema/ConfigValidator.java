package dev.memfuse.config.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.MemFuseConfig;
import dev.memfuse.config.Tunables;

/// Says everything that is wrong with a configuration: values outside their ranges, and values that do not go
/// together. The loader, the Flags page and [Tunables] use the same one.
public final class ConfigValidator {
    private ConfigValidator() {}

    /// All problems, in the order of the file; empty when the configuration can be used.
    public static List<ConfigProblem> problems(MemFuseConfig config) {
        var problems = new ArrayList<ConfigProblem>();
        for (ConfigKey key : ConfigSchema.keys()) {
            key.fault(RecordAccess.get(config, key.path()))
                    .ifPresent(fault -> problems.add(problem(key.path(), fault)));
        }
        problems.addAll(rules(config));
        return problems;
    }

    /// The configuration itself.
    ///
    /// @throws ConfigException when there are problems
    public static MemFuseConfig requireValid(MemFuseConfig config) {
        List<ConfigProblem> problems = problems(config);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    /// Rules that are not a range of one key.
    public static List<ConfigProblem> rules(MemFuseConfig config) {
        var problems = new ArrayList<ConfigProblem>();
        String url = config.postgres().url();
        if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
            problems.add(problem("postgres.url", "expected a URL that starts with jdbc:postgresql:, or an empty text "
                    + "for the embedded server"));
        } else if (holdsPassword(url)) {
            problems.add(problem("postgres.url", SecretKeys.SENTENCE));
        }
        String service = config.llm().baseUrl();
        if (!service.startsWith("http://") && !service.startsWith("https://")) {
            problems.add(problem("llm.base_url", "expected a URL that starts with http:// or https://"));
        } else if (service.contains("@") || service.contains("?")) {
            problems.add(problem("llm.base_url", SecretKeys.KEY_SENTENCE));
        }
        return problems;
    }

    private static boolean holdsPassword(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return url.contains("@");
        }
        return url.substring(0, query).contains("@")
                || List.of(url.substring(query + 1).toLowerCase(Locale.ROOT).split("&")).stream()
                        .anyMatch(parameter -> SecretKeys.isSecret(parameter.split("=", 2)[0]));
    }

    private static ConfigProblem problem(String path, String message) {
        return new ConfigProblem(path, message, Optional.empty());
    }
}
