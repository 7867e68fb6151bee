package dev.memfuse.server.rest;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.memfuse.metrics.Operation;

/// A method on a path.
///
/// @param path template, for instance `/api/v1/users/{user_id}`
/// @param id name of the operation in the description
/// @param summary one sentence
/// @param status HTTP status of success
/// @param parameters parameters behind the question mark
/// @param body model of the body; empty without one
/// @param operation operation that it counts as in the metrics; empty for none
/// @param produces media type of success
record Route(String method, String path, String id, String summary, int status, List<Parameter> parameters,
        Optional<Model> body, Optional<Operation> operation, Function<ApiCall, Reply> handler, String produces) {

    /// A parameter behind the question mark.
    ///
    /// @param type its JSON type
    record Parameter(String name, String type, String summary) {}

    static Route get(String path, String id, String summary, Function<ApiCall, Reply> handler) {
        return new Route("GET", path, id, summary, Reply.OK, List.of(), Optional.empty(), Optional.empty(), handler,
                Envelope.MEDIA_TYPE);
    }

    static Route delete(String path, String id, String summary, Function<ApiCall, Reply> handler) {
        return new Route("DELETE", path, id, summary, Reply.OK, List.of(), Optional.empty(),
                Optional.of(Operation.DELETE), handler, Envelope.MEDIA_TYPE);
    }

    static Route of(String method, String path, String id, String summary, int status, Model body,
            Function<ApiCall, Reply> handler) {
        return new Route(method, path, id, summary, status, List.of(), Optional.of(body), Optional.empty(), handler,
                Envelope.MEDIA_TYPE);
    }

    /// Returns the route with parameters.
    Route with(Parameter... added) {
        return new Route(method, path, id, summary, status, Stream.concat(parameters.stream(), Stream.of(added))
                .toList(), body, operation, handler, produces);
    }

    /// Returns the route counted as an operation.
    Route as(Operation counted) {
        return new Route(method, path, id, summary, status, parameters, body, Optional.of(counted), handler,
                produces);
    }

    /// Returns the route with another status of success.
    Route answering(int success) {
        return new Route(method, path, id, summary, success, parameters, body, operation, handler, produces);
    }

    /// Returns the route with another media type of success.
    Route producing(String mediaType) {
        return new Route(method, path, id, summary, status, parameters, body, operation, handler, mediaType);
    }

    Set<String> parameterNames() {
        return parameters.stream().map(Parameter::name).collect(Collectors.toSet());
    }
}
