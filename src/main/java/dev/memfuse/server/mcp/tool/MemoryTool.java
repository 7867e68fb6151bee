package dev.memfuse.server.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

import dev.memfuse.engine.exception.EngineException;
import dev.memfuse.metrics.Operation;

/// A tool. Thread-safe; a call blocks for the engine.
public final class MemoryTool {

    /// Effect of a call on stored data.
    public enum Effect {
        READS,
        ADDS,
        DELETES
    }

    private final String name;
    private final String title;
    private final String description;
    private final Effect effect;
    private final Optional<Operation> operation;
    private final List<Parameter> parameters;
    private final BiFunction<Memory, Arguments, String> handler;

    private MemoryTool(Head head, Optional<Operation> operation, List<Parameter> parameters,
            BiFunction<Memory, Arguments, String> handler) {
        this.name = head.name();
        this.title = head.title();
        this.description = head.description();
        this.effect = head.effect();
        this.operation = operation;
        this.parameters = parameters;
        this.handler = handler;
    }

    /// What a client lists of a tool.
    ///
    /// @param description for the language model: purpose and use
    record Head(String name, String title, String description, Effect effect) {
        /// Returns the tool.
        ///
        /// @param handler returns the text of the result
        MemoryTool with(List<Parameter> parameters, BiFunction<Memory, Arguments, String> handler) {
            return new MemoryTool(this, Optional.empty(), parameters, handler);
        }

        /// Returns the tool, whose calls count as an operation.
        MemoryTool as(Operation operation, List<Parameter> parameters,
                BiFunction<Memory, Arguments, String> handler) {
            return new MemoryTool(this, Optional.of(operation), parameters, handler);
        }
    }

    /// Result of a call.
    ///
    /// @param text for the language model
    /// @param refused whether the call did nothing, for the reason in the text
    public record Result(String text, boolean refused) {}

    /// Returns the name of the tool.
    public String name() {
        return name;
    }

    /// Returns the name for people.
    public String title() {
        return title;
    }

    /// Returns the description for the language model.
    public String description() {
        return description;
    }

    /// Returns the effect on stored data.
    public Effect effect() {
        return effect;
    }

    /// Returns the operation of the engine that a call is counted as; empty when it is counted as none.
    public Optional<Operation> operation() {
        return operation;
    }

    /// Returns the JSON schema of the arguments.
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        parameters.forEach(parameter -> properties.put(parameter.name(), parameter.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = parameters.stream().filter(Parameter::required).map(Parameter::name).toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    /// Runs a call. Blocks. A wrong argument is a refused result.
    ///
    /// @throws EngineException when the engine fails
    public Result call(Memory memory, Map<String, Object> arguments) {
        try {
            return new Result(handler.apply(memory, Arguments.check(parameters, arguments)), false);
        } catch (ArgumentException e) {
            return new Result(String.valueOf(e.getMessage()), true);
        }
    }
}
