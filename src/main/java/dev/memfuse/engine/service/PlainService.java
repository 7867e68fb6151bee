package dev.memfuse.engine.service;

import java.util.function.UnaryOperator;

import dev.memfuse.config.MemFuseConfig;

/// A service with its own parse of the configuration and its own model session. Thread-safe.
final class PlainService {
    private final UserService service;
    private final PrivateSession session;
    private volatile Parse parse;

    private record Parse(MemFuseConfig source, MemFuseConfig parsed) {}

    /// @param source configuration in force
    /// @param parsed its parse
    PlainService(UserService service, PrivateSession session, MemFuseConfig source, MemFuseConfig parsed) {
        this.service = service;
        this.session = session;
        this.parse = new Parse(source, parsed);
    }

    UserService service() {
        return service;
    }

    PrivateSession session() {
        return session;
    }

    /// Returns this service's parse of a configuration; parses it again after a change only.
    @SuppressWarnings("ReferenceEquality") // an equal configuration that was parsed anew is still a change
    MemFuseConfig config(MemFuseConfig source, UnaryOperator<MemFuseConfig> reparse) {
        Parse known = parse;
        if (known.source() != source) {
            known = new Parse(source, reparse.apply(source));
            parse = known;
        }
        return known.parsed();
    }
}
