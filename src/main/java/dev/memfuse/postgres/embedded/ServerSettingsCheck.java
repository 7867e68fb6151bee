package dev.memfuse.postgres.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.config.ConfigException;
import dev.memfuse.config.ConfigProblem;
import dev.memfuse.config.postgres.ServerSetting;
import dev.memfuse.config.postgres.ServerSettings;
import dev.memfuse.config.schema.ServerKeys;
import dev.memfuse.postgres.program.CommandRunner;
import dev.memfuse.postgres.program.ServerPrograms;
import dev.memfuse.postgres.program.ServerStartException;

/// Checks settings of a configuration by PostgreSQL itself, before anything is changed: its program prints a setting
/// with a value that it is given, or says why it does not accept the value. That takes a few milliseconds and does not
/// touch a running server.
///
/// @param folder folder of the server, with a cluster
/// @param programs PostgreSQL's programs
record ServerSettingsCheck(ServerFolder folder, ServerPrograms programs) {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern FAILURE = Pattern.compile("(?m)(?:FATAL|ERROR|^postgres): +(.*)$");
    private static final Pattern DETAIL = Pattern.compile("(?:DETAIL|HINT): +(.*)");
    private static final int LONGEST_REASON = 300;

    /// Requires that PostgreSQL accepts each of some settings by itself.
    ///
    /// @throws ConfigException with the reason of PostgreSQL for each that it does not accept
    void require(Map<String, String> settings) throws IOException {
        List<ConfigProblem> problems = new ArrayList<>();
        for (Map.Entry<String, String> setting : new TreeMap<>(settings).entrySet()) {
            problem(setting.getKey(), setting.getValue()).ifPresent(reason -> problems.add(new ConfigProblem(
                    ServerKeys.path(setting.getKey()), "PostgreSQL does not accept it: " + reason, Optional.empty())));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private Optional<String> problem(String name, String value) throws IOException {
        CommandRunner.Outcome outcome = programs.run(LIMIT, "postgres",
                List.of("-D", folder.cluster().toString(), "-c", name + "=" + value, "-C", name));
        return outcome.succeeded()
                ? Optional.empty()
                : Optional.of(
                        Stream.concat(Stream.of(sentence(failure(outcome.output()))), lines(DETAIL, outcome.output()))
                                .collect(Collectors.joining(" ")));
    }

    private static Stream<String> lines(Pattern kind, String output) {
        return kind.matcher(output).results().map(line -> line.group(1).strip());
    }

    private static String failure(String output) {
        String found = lines(FAILURE, output).findFirst().orElseGet(output::strip);
        return found.length() > LONGEST_REASON ? found.substring(0, LONGEST_REASON) + "…" : found;
    }

    /// Returns the settings that PostgreSQL names; otherwise those that only a start applies, or all of them.
    private static List<String> suspects(Map<String, String> chosen, String output) {
        List<String> all = chosen.keySet().stream().sorted().toList();
        List<String> named = all.stream().filter(name -> output.contains('"' + name + '"')
                || output.contains(name + " (")).toList();
        List<String> atStart = all.stream()
                .filter(name -> ServerSettings.find(name).filter(ServerSetting::restart).isPresent()).toList();
        return !named.isEmpty() ? named : !atStart.isEmpty() ? atStart : all;
    }

    /// Returns the exception of a start whose settings PostgreSQL does not accept.
    static ServerStartException refused(ConfigException refusal) {
        ConfigProblem first = refusal.problems().getFirst();
        return new ServerStartException(sentence(first.path() + ": " + first.message()), advice(first.path()),
                refusal.getMessage(), refusal);
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static String advice(String path) {
        return "Choose another value, or return to the default of the program: leave the key out of the configuration, "
                + "or add --set " + path + "= to the command.";
    }

    /// Returns the exception for a server that starts without the chosen settings and not with them. It names the
    /// setting that PostgreSQL names, or all of them.
    ///
    /// @param output output of the failed start
    static ServerStartException blame(Map<String, String> chosen, String output) {
        List<String> keys = suspects(chosen, output);
        String settings = keys.stream().map(key -> ServerKeys.path(key) + "=" + chosen.get(key))
                .collect(Collectors.joining(", "));
        return new ServerStartException(sentence("PostgreSQL does not start with " + settings + ": " + failure(output)),
                "It starts without. " + advice(ServerKeys.path(keys.getFirst())), output, null);
    }
}
