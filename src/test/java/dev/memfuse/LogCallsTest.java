package dev.memfuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import org.junit.jupiter.api.Test;

/// The form of the program's log calls: one way to name a logger, and texts that begin with a component, by which the
/// Log page filters.
class LogCallsTest {
    /// A new component is a new entry in the filter of the Log page: reuse one where it fits.
    private static final Set<String> COMPONENTS = Set.of("Advice", "Alert", "Benchmark", "Buffer", "Command", "Compare",
            "Recording", "Configuration",
            "Console", "Database", "Display", "Embedding", "Engine", "Extraction", "Flush", "HTTP", "Index", "Journal",
            "Language model",
            "Load", "Log", "Metrics",
            "Network", "Pool", "PostgreSQL", "Program", "Query", "Re-embedding", "Schema", "Scorecard",
            "Simulator",
            "Speculation", "Target", "Window");
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace", "atError", "atWarn",
            "atInfo", "atDebug", "atTrace", "atLevel", "log");
    private static final Pattern BEGIN = Pattern.compile("([A-Z][\\w-]*(?: [a-z]+)?): .*", Pattern.DOTALL);

    @Test
    void everyLogCallBeginsWithAComponent() throws IOException {
        Calls calls = new Calls();
        scan(sources(), calls);

        assertTrue(calls.count > 50, calls.count + " log calls found");
        assertEquals(List.of(), calls.problems);
    }

    @Test
    void everyLoggerIsNamedAlikeAndMadeForItsClass() throws IOException {
        Loggers loggers = new Loggers();
        scan(sources(), loggers);

        assertTrue(loggers.count > 30, loggers.count + " loggers found");
        assertEquals(List.of(), loggers.problems);
    }

    @Test
    void findsWhatIsWrong() throws IOException {
        Calls calls = new Calls();
        Loggers loggers = new Loggers();
        List<JavaFileObject> wrong = List
                .of(source("Wrong", """
                                    class Wrong {
                                        private static final Logger LOGGER = LoggerFactory.getLogger(Other.class);
                                        void run(Throwable e) {
                                            LOG.info("started");
                                            LOG.warn(MARKER, "Oddity: {}", e);
                                            LOG.error("Journal: " + e);
                                            LOG.error(text, e);
                                            LOG.debug("Pool: fine");
                                        }
                                    }
                                    """));
        scan(wrong, calls);
        scan(wrong, loggers);

        assertEquals(List.of("Wrong:4 started", "Wrong:5 Oddity: {}", "Wrong:6 is concatenated", "Wrong:7 has no text"),
                calls.problems);
        assertEquals(List.of("Wrong:2 LOGGER"), loggers.problems);
    }

    private static List<JavaFileObject> sources() throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
                String text = Files.readString(file);
                // Parsing is what takes the time.
                if (text.contains("Logger") || text.contains("LOG.")) {
                    sources.add(source(file.getFileName().toString().replace(".java", ""), text));
                }
            }
        }
        return sources;
    }

    private static JavaFileObject source(String name, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private static void scan(List<JavaFileObject> sources, Scanner scanner) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        scanner.positions = Trees.instance(task).getSourcePositions();
        for (CompilationUnitTree unit : task.parse()) {
            scanner.unit = unit;
            scanner.scan(unit, true);
        }
    }

    private abstract static class Scanner extends TreePathScanner<Boolean, Boolean> {
        final List<String> problems = new ArrayList<>();
        CompilationUnitTree unit;
        SourcePositions positions;
        int count;

        void problem(Tree tree, String what) {
            String file = unit.getSourceFile().getName().replaceAll("^/|\\.java$", "");
            long start = positions.getStartPosition(unit, tree);
            problems.add(file + ":" + unit.getLineMap().getLineNumber(start) + " " + what);
        }
    }

    private static final class Calls extends Scanner {
        @Override
        public Boolean visitMethodInvocation(MethodInvocationTree call, Boolean nothing) {
            if (call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getExpression().toString().equals("LOG")
                    && LEVELS.contains(select.getIdentifier().toString())) {
                count++;
                check(call, call.getArguments());
            }
            return super.visitMethodInvocation(call, nothing);
        }

        private void check(MethodInvocationTree call, List<? extends ExpressionTree> arguments) {
            boolean marked = arguments.size() > 1 && text(arguments.get(1)).isPresent()
                    && text(arguments.getFirst()).isEmpty();
            ExpressionTree first = arguments.get(marked ? 1 : 0);
            Optional<String> text = text(first);
            if (text.isEmpty()) {
                problem(call, concatenated(first) ? "is concatenated" : "has no text");
                return;
            }
            Matcher begin = BEGIN.matcher(text.get());
            if (!begin.matches() || !COMPONENTS.contains(begin.group(1))) {
                problem(call, text.get());
            }
        }

        private static boolean concatenated(ExpressionTree tree) {
            return tree.getKind() == Tree.Kind.PLUS;
        }

        /// The value of a literal, or of literals that are joined to fit the line.
        private static Optional<String> text(ExpressionTree tree) {
            return switch (tree) {
                case LiteralTree literal when literal.getValue() instanceof String value -> Optional.of(value);
                case ParenthesizedTree inner -> text(inner.getExpression());
                case BinaryTree sum when sum.getKind() == Tree.Kind.PLUS -> text(sum.getLeftOperand())
                        .flatMap(left -> text(sum.getRightOperand()).map(left::concat));
                default -> Optional.empty();
            };
        }
    }

    private static final class Loggers extends Scanner {
        @Override
        public Boolean visitVariable(VariableTree variable, Boolean nothing) {
            if (isLogger(variable) && variable.getInitializer() != null) {
                count++;
                String owner = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
                        ? type.getSimpleName().toString()
                        : "";
                if (!variable.getName().contentEquals("LOG") || !variable.getInitializer().toString()
                        .equals("LoggerFactory.getLogger(" + owner + ".class)")) {
                    problem(variable, variable.getName().toString());
                }
            }
            return super.visitVariable(variable, nothing);
        }

        /// A logger of another kind may only be silenced; that nobody logs through one is a rule of the architecture.
        private boolean isLogger(VariableTree variable) {
            return String.valueOf(variable.getType()).equals("Logger") && unit.getImports().stream()
                    .noneMatch(line -> line.toString().contains("java.util.logging.Logger"));
        }
    }
}
