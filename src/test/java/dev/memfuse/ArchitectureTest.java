package dev.memfuse;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.GraphicsEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.memfuse.background.BackgroundThreads;
import dev.memfuse.engine.memory.episodic.EpisodeWriter;
import dev.memfuse.engine.memory.layer.PromptData;
import dev.memfuse.engine.model.language.DataBlock;
import dev.memfuse.engine.model.language.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One rule for each direction between packages, and for what is forbidden everywhere. The imported classes are of the
/// instance, not static: they take 270 MB of heap, which the test classes after this one need.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String[] ENGINE_API = {"dev.memfuse.engine", "dev.memfuse.engine.record",
            "dev.memfuse.engine.exception", "dev.memfuse.engine.validation", "dev.memfuse.engine.plan"};
    private static final String ENGINE_SPI = "dev.memfuse.engine.spi";
    private static final String ENGINE_HOST = "dev.memfuse.engine.host";
    private static final String ENGINE = "dev.memfuse.engine..";
    private static final String ENGINE_SERVICE = "dev.memfuse.engine.service..";
    private static final String ENGINE_JOURNAL = "dev.memfuse.engine.journal..";
    private static final String ENGINE_MODEL = "dev.memfuse.engine.model..";
    private static final String CONFIG = "dev.memfuse.config..";
    private static final String METRICS = "dev.memfuse.metrics..";
    private static final String MONITORING = "dev.memfuse.monitoring..";
    private static final String PROGRESS = "dev.memfuse.progress..";
    private static final String BACKGROUND = "dev.memfuse.background..";
    private static final String ENGINE_VALIDATION = "dev.memfuse.engine.validation..";
    private static final String FILE = "dev.memfuse.file..";
    private static final String LOAD = "dev.memfuse.load..";
    private static final String INSPECT = "dev.memfuse.inspect..";
    private static final String LOG = "dev.memfuse.log..";
    private static final String LAB = "dev.memfuse.lab..";
    private static final String SEMANTIC = "dev.memfuse.engine.memory.semantic";
    private static final String BENCH = "dev.memfuse.bench..";
    private static final String FAULT = "dev.memfuse.fault..";
    private static final String TARGET = "dev.memfuse.target..";
    private static final String TRANSFER = "dev.memfuse.transfer..";
    private static final String STORE = "dev.memfuse.store..";
    private static final String POSTGRES = "dev.memfuse.postgres..";
    private static final String SERVER = "dev.memfuse.server..";
    private static final String CLIENT = "dev.memfuse.client";
    private static final String CLI = "dev.memfuse.cli..";
    private static final String CONSOLE = "dev.memfuse.console..";
    private static final String BOOTSTRAP = "dev.memfuse.bootstrap..";
    private static final String LANGUAGE_MODELS = "dev.memfuse.engine.model.language..";
    private static final String[] JACKSON = {"tools.jackson..", "com.fasterxml.jackson.."};
    private static final Set<String> NO_PAGES = Set.of("fx", "action", "chart", "shell", "context");

    /// ArchUnit's own option expects the folder `target/test-classes`; the profile `fast` has another parent.
    private static final ImportOption TEST_CLASSES = location -> location.contains("/test-classes/");

    private final JavaClasses product = new ClassFileImporter()
            .withImportOption(location -> !TEST_CLASSES.includes(location)).importPackages("dev.memfuse");
    private final JavaClasses tests = new ClassFileImporter().withImportOption(TEST_CLASSES)
            .importPackages("dev.memfuse");

    private static String[] packages(Object... names) {
        return Stream.of(names)
                .flatMap(name -> name instanceof String[] several ? Stream.of(several) : Stream.of((String) name))
                .toArray(String[]::new);
    }

    /// Of our own packages, the classes in `from` depend only on `from` itself, on those that are allowed, and on
    /// threads.
    private static ArchRule dependsOnly(String from, Object... allowed) {
        return classes().that().resideInAPackage(from).should().onlyDependOnClassesThat(
                not(resideInAPackage("dev.memfuse..")).or(resideInAnyPackage(packages(allowed)))
                        .or(resideInAnyPackage(from, BACKGROUND)));
    }

    private void onlyIn(String[] places, String... others) {
        noClasses().that().resideOutsideOfPackages(places).should().dependOnClassesThat().resideInAnyPackage(others)
                .check(product);
    }

    @Test
    void consoleDependsOnTheEngineByApiAndHost() {
        dependsOnly(CONSOLE, ENGINE_API, ENGINE_HOST, LOAD, LAB, BENCH, FAULT, TARGET, TRANSFER, INSPECT, LOG, METRICS,
                CONFIG, FILE, PROGRESS, "dev.memfuse.server").check(product);
    }

    @Test
    void commandLineDependsOnTheEngineByApiAndHost() {
        dependsOnly(CLI, ENGINE_API, ENGINE_HOST, LOAD, LAB, BENCH, FAULT, TARGET, TRANSFER, INSPECT, SERVER, LOG,
                METRICS,
                CONFIG, PROGRESS).check(product);
    }

    @Test
    void serverDependsOnTheEngineByItsApi() {
        dependsOnly(SERVER, ENGINE_API, TRANSFER, METRICS, MONITORING, CONFIG, FILE).check(product);
    }

    @Test
    void onlyTheServerKnowsHttpServers() {
        onlyIn(new String[]{SERVER}, "org.eclipse.jetty..", "jakarta.servlet..");
    }

    @Test
    void labDependsOnLoad() {
        dependsOnly(LAB, LOAD, FAULT, METRICS, CONFIG, FILE, PROGRESS, ENGINE_API).check(product);
    }

    @Test
    void loadDependsOnTheEngineByItsApi() {
        dependsOnly(LOAD, ENGINE_API, CLIENT, METRICS, CONFIG, FILE, PROGRESS).check(product);
    }

    @Test
    void theClientDependsOnTheEngineByItsApi() {
        dependsOnly(CLIENT, (Object) ENGINE_API).check(product);
    }

    @Test
    void benchDependsOnTheEngineAndTheBaselines() {
        dependsOnly(BENCH, ENGINE_API, "dev.memfuse.store.baseline", "dev.memfuse.load.corpus", METRICS, CONFIG, FILE,
                PROGRESS).check(product);
    }

    @Test
    void theNetworkKnowsNoProtocol() {
        dependsOnly(FAULT, METRICS, CONFIG).check(product);
    }

    @Test
    void targetsKnowNoEngine() {
        dependsOnly(TARGET, METRICS, CONFIG, FILE).check(product);
        dependsOnly("dev.memfuse.target", METRICS, FILE).check(product);
    }

    @Test
    void onlyTargetsAttachToOtherProcesses() {
        onlyIn(new String[]{"dev.memfuse.target.jmx"}, "com.sun.tools.attach..", "javax.management.remote..",
                "java.rmi..", "javax.rmi..", "javax.naming..");
    }

    @Test
    void transferDependsOnTheEngineByItsApi() {
        dependsOnly(TRANSFER, ENGINE_API, FILE, PROGRESS).check(product);
    }

    @Test
    void inspectionDependsOnTheEngineByItsApi() {
        dependsOnly(INSPECT, ENGINE_API, CONFIG).check(product);
    }

    @Test
    void storeDependsOnThePortsOfTheEngine() {
        dependsOnly(STORE, ENGINE_API, ENGINE_SPI, CONFIG, METRICS).check(product);
    }

    @Test
    void postgresDependsOnTheAddressOfAStore() {
        dependsOnly(POSTGRES, "dev.memfuse.engine.exception", ENGINE_HOST, "dev.memfuse.store.pool",
                "dev.memfuse.store.search", CONFIG, FILE, PROGRESS).check(product);
    }

    @Test
    void engineDependsOnConfigAndMetrics() {
        dependsOnly(ENGINE, CONFIG, METRICS, FILE).check(product);
    }

    @Test
    void apiOfTheEngineDependsOnNoPartOfIt() {
        for (String api : ENGINE_API) {
            dependsOnly(api, ENGINE_API, ENGINE_VALIDATION, CONFIG).check(product);
        }
        dependsOnly(ENGINE_VALIDATION, (Object) ENGINE_API).check(product);
        dependsOnly(ENGINE_SPI, (Object) ENGINE_API).check(product);
        dependsOnly(ENGINE_HOST, (Object) ENGINE_API).check(product);
    }

    @Test
    void onlyTheCompositionRootDependsOnServices() {
        noClasses().that().resideOutsideOfPackages(ENGINE_SERVICE, BOOTSTRAP).should().dependOnClassesThat()
                .resideInAPackage(ENGINE_SERVICE).check(product);
    }

    @Test
    void journalAndModelsDependOnNoOtherRoomOfTheEngine() {
        dependsOnly(ENGINE_JOURNAL, ENGINE_API, CONFIG, METRICS, FILE).check(product);
        dependsOnly(ENGINE_MODEL, ENGINE_API, CONFIG, METRICS, FILE).check(product);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("dev.memfuse.(**)").should().beFreeOfCycles().check(product);
    }

    @Test
    void classesThatRunALoadAreFreeOfCycles() {
        slices().assignedFrom(new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getName();
                return Stream.of("run.", "generator.", "process.").anyMatch(
                        part -> name.startsWith("dev.memfuse.load." + part))
                                ? SliceIdentifier.of(name.replaceFirst("\\$.*", ""))
                                : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the top-level classes of load.run, load.generator and load.process";
            }
        }).should().beFreeOfCycles().check(product);
    }

    @Test
    void configStandsAlone() {
        classes().that().resideInAPackage(CONFIG).should()
                .onlyDependOnClassesThat(resideInAnyPackage(CONFIG, FILE, "java..",
                        "tools.jackson..", "com.fasterxml.jackson..", "org.snakeyaml.engine..", "org.slf4j..",
                        "org.apache.commons.text..", "org.jspecify.."))
                .check(product);
    }

    @Test
    void filesDependOnTheJdkAlone() {
        classes().that().resideInAPackage(FILE).should()
                .onlyDependOnClassesThat(resideInAnyPackage(FILE, "java..", "org.jspecify..")).check(product);
    }

    @Test
    void metricsStandAlone() {
        classes().that().resideInAPackage(METRICS).should().onlyDependOnClassesThat(
                resideInAnyPackage(METRICS, BACKGROUND, "java..", "com.sun.management..", "org.HdrHistogram..",
                        "org.apache.commons.statistics..",
                        "org.jspecify.."))
                .check(product);
    }

    @Test
    void monitoringDependsOnMetricsAndFiles() {
        classes().that().resideInAPackage(MONITORING).should().onlyDependOnClassesThat(
                resideInAnyPackage(MONITORING, METRICS, BACKGROUND, FILE, "java..", "io.prometheus..", "org.slf4j..",
                        "org.jspecify.."))
                .check(product);
        onlyIn(new String[]{MONITORING}, "io.prometheus..");
    }

    @Test
    void progressDependsOnTheJdkOnly() {
        classes().that().resideInAPackage(PROGRESS).should()
                .onlyDependOnClassesThat(resideInAnyPackage(PROGRESS, "java..", "org.jspecify..")).check(product);
    }

    @Test
    void percentilesAreReadInOnePlace() {
        noClasses().that().resideOutsideOfPackage("dev.memfuse.metrics.stats").should()
                .callCodeUnitWhere(target("org.HdrHistogram.AbstractHistogram", "getValueAtPercentile")
                        .or(target("org.HdrHistogram.Histogram", "getValueAtPercentile")))
                .check(product);
    }

    @Test
    void onlyMainKnowsTheCompositionRoot() {
        noClasses().that(not(resideInAPackage(BOOTSTRAP).or(type(Main.class)))).should().dependOnClassesThat()
                .resideInAPackage(BOOTSTRAP).check(product);
    }

    @Test
    void onlyTheConsoleKnowsJavaFxAndChartFx() {
        onlyIn(new String[]{CONSOLE}, "javafx..", "io.fair_acc..", "com.sun.javafx..", "atlantafx..");
    }

    @Test
    void onlyTheStoreDependsOnJdbc() {
        onlyIn(new String[]{STORE, POSTGRES}, "java.sql..", "javax.sql..", "com.zaxxer..", "org.postgresql..",
                "org.flywaydb..");
    }

    @Test
    void logDependsOnTheConfigurationAlone() {
        dependsOnly(LOG, CONFIG, FILE).check(product);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.logging.Logger", "java.lang.System$Logger", "org.apache.commons.logging.Log"})
    void everyoneLogsThroughSlf4j(String other) {
        Set<String> writing = Set.of("log", "logp", "severe", "warning", "warn", "error", "info", "config", "debug",
                "fine", "finer", "finest", "trace");
        noClasses().should().callCodeUnitWhere(DescribedPredicate.describe("log through " + other,
                call -> call.getTargetOwner().getName().equals(other) && writing.contains(call.getName())))
                .check(product);
    }

    @Test
    void onlyTheLogKnowsLogback() {
        onlyIn(new String[]{LOG}, "ch.qos.logback..");
    }

    @Test
    void onlyTheClientsOfOtherProgramsKnowTheClientOfHttp() {
        // A language model, a server with the API, and the server of another process on the data folder.
        onlyIn(new String[]{LANGUAGE_MODELS, CLIENT, "dev.memfuse.server.local", "dev.memfuse.server.stdio"},
                "java.net.http..");
    }

    @Test
    void onlyTheServerKnowsTheModelContextProtocol() {
        onlyIn(new String[]{SERVER}, "io.modelcontextprotocol..", "reactor..");
    }

    /// It masks secrets: a text of a user has no other way into a prompt, and no other class makes prompts.
    @Test
    void textsEnterPromptsThroughPromptDataAlone() {
        noClasses().that().doNotBelongToAnyOf(PromptData.class, DataBlock.class).should()
                .dependOnClassesThat().belongToAnyOf(DataBlock.class).check(product);
        noClasses().that().doNotBelongToAnyOf(Prompt.class, EpisodeWriter.class).and()
                .doNotHaveFullyQualifiedName(SEMANTIC + ".FactFinder").and()
                .doNotHaveFullyQualifiedName(SEMANTIC + ".ConflictPrompt").should()
                .callConstructor(Prompt.class, String.class, String.class, double.class, int.class, Duration.class)
                .check(product);
    }

    @Test
    void onlyTheReadersOfTextKnowOpenNlp() {
        onlyIn(new String[]{"dev.memfuse.engine.memory.text.."}, "opennlp..");
    }

    @Test
    void onlyTheWordsKnowIcuAndAnalyzers() {
        onlyIn(new String[]{"dev.memfuse.engine.words"}, "com.ibm.icu..", "org.apache.lucene.analysis.icu..",
                "org.apache.lucene.analysis.en..", "org.apache.lucene.analysis.standard..");
    }

    @Test
    void onlyReadersAndWritersOfFilesKnowJackson() {
        // A language model answers in JSON, and its simulator asks and answers in it; a tokenizer is a JSON file.
        onlyIn(new String[]{"dev.memfuse.config.yaml", "dev.memfuse.config.memfuse", LOAD, SERVER, CLIENT, TRANSFER,
                LANGUAGE_MODELS,
                "dev.memfuse.engine.model.tokenizer..", "dev.memfuse.lab.simulator"}, JACKSON);
    }

    @Test
    void onlyTheCommandLineWritesToTheTerminal() {
        noClasses().that(not(resideInAPackage(CLI).or(type(Main.class)))).should(ACCESS_STANDARD_STREAMS)
                .check(product);
    }

    private List<String> pages() {
        return product.stream().map(JavaClass::getPackageName).filter(name -> name.startsWith("dev.memfuse.console."))
                .map(name -> name.split("\\.")[3]).filter(name -> !NO_PAGES.contains(name)).distinct().sorted()
                .toList();
    }

    @Test
    void noPageKnowsAnotherOrTheShell() {
        assertTrue(pages().contains("live"), pages().toString());
        for (String page : pages()) {
            Set<String> others = pages().stream().filter(other -> !other.equals(page))
                    .map(other -> "dev.memfuse.console." + other + "..").collect(Collectors.toSet());
            others.add("dev.memfuse.console.shell..");
            noClasses().that().resideInAPackage("dev.memfuse.console." + page + "..").should().dependOnClassesThat()
                    .resideInAnyPackage(others.toArray(String[]::new)).allowEmptyShould(true).check(product);
        }
    }

    @Test
    void theToolkitOfTheConsoleKnowsNoPage() {
        dependsOnly("dev.memfuse.console.fx..", ENGINE_API, ENGINE_HOST, LOG, METRICS, CONFIG, FILE).check(product);
        dependsOnly("dev.memfuse.console.action..", "dev.memfuse.console.fx..").check(product);
        dependsOnly("dev.memfuse.console.palette..", "dev.memfuse.console.fx..").check(product);
        dependsOnly("dev.memfuse.console.chart..", "dev.memfuse.console.fx..", METRICS, FILE).check(product);
    }

    @Test
    void backgroundWorkDependsOnTheJdkAlone() {
        classes().that().resideInAPackage(BACKGROUND).should()
                .onlyDependOnClassesThat(resideInAnyPackage(BACKGROUND, "java..", "org.slf4j..", "org.jspecify.."))
                .check(product);
    }

    /// A statement executed elsewhere would be missing in the cost of an operation.
    @Test
    void statementsOfTheStoreAreExecutedWhereTheyAreCounted() {
        noClasses().that().resideInAnyPackage("dev.memfuse.store.sql..", "dev.memfuse.store.search..").and()
                .doNotHaveSimpleName("Statements").should()
                .callCodeUnitWhere(DescribedPredicate.describe("executes a statement",
                        call -> call.getTargetOwner().isAssignableTo("java.sql.Statement")
                                && call.getName().startsWith("execute")))
                .check(product);
    }

    /// A thread made elsewhere could end in silence.
    @Test
    void threadsAreMadeInOnePlace() {
        noClasses().that().resideOutsideOfPackage(BACKGROUND).should()
                .callCodeUnitWhere(DescribedPredicate.describe("makes a thread", ArchitectureTest::makesAThread))
                .check(product);
    }

    private static boolean makesAThread(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        String name = call.getName();
        boolean pool = Stream
                .of("java.util.concurrent.ThreadPoolExecutor", "java.util.concurrent.ForkJoinPool", "java.util.Timer")
                .anyMatch(owner::isAssignableTo);
        boolean async = owner.isAssignableTo("java.util.concurrent.CompletableFuture") && name.endsWith("Async")
                && call.getTarget().getRawParameterTypes().stream()
                        .noneMatch(type -> type.isAssignableTo("java.util.concurrent.Executor"));
        boolean thread = owner.isAssignableTo(Thread.class)
                && Set.of("ofPlatform", "ofVirtual", "startVirtualThread", "<init>").contains(name);
        boolean newPool = pool && name.equals("<init>");
        return thread || newPool || async || owner.isEquivalentTo(Executors.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"virtual", "platform", "virtualPerTask", "platformPool", "timer", "virtualTimer"})
    void threadsOfTheConsoleAreStartedByItsToolkitOnly(String method) {
        noClasses().that().resideInAPackage(CONSOLE).and().resideOutsideOfPackage("dev.memfuse.console.fx..").should()
                .callCodeUnitWhere(target(BackgroundThreads.class.getName(), method)).check(product);
    }

    @Test
    void onlyTheToolkitHandsWorkToTheFxThread() {
        noClasses().that().resideOutsideOfPackage("dev.memfuse.console.fx..").should()
                .callCodeUnitWhere(target("javafx.application.Platform", "runLater")).check(product);
    }

    /// Waits, ages, leases and time-outs use [System#nanoTime] or the clock of the database: someone may set the wall
    /// clock, and those of two machines differ. These classes use it to state a time: when a row was created, which day
    /// is today.
    @Test
    void theWallClockStatesTimesAndMeasuresNone() {
        Set<String> stating = Set.of("metrics.SteadyClock", "config.schema.LiveTunables", "engine.NewMessage",
                "engine.service.Directory",
                "engine.service.UserWriter", "engine.service.UserQueries", "engine.service.UserSearch",
                "engine.service.DeadLetterOffice", "engine.service.FlushTarget",
                "engine.journal.Journal", "engine.retrieval.IndexRoot",
                "store.sql.DirectorySql", "bootstrap.GraphBenchTarget", "console.log.LogTable",
                "console.database.ServerModel");
        noClasses().that(DescribedPredicate.describe("do not state a time",
                type -> !stating.contains(type.getName().replace("dev.memfuse.", "").replaceFirst("\\$.*", ""))))
                .should()
                .callCodeUnitWhere(DescribedPredicate.describe("read the wall clock", ArchitectureTest::readsTheClock))
                .check(product);
    }

    private static boolean readsTheClock(JavaCall<?> call) {
        String owner = call.getTargetOwner().getName();
        String name = call.getName();
        List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
        return switch (owner) {
            case "java.lang.System" -> name.equals("currentTimeMillis");
            case "java.util.Date" -> name.equals("<init>") && parameters.isEmpty();
            case "java.util.Calendar" -> name.equals("getInstance");
            default -> owner.startsWith("java.time.") && readsTheClock(name, parameters);
        };
    }

    /// Returns whether a method of `java.time` does so: a clock as its parameter is read elsewhere.
    private static boolean readsTheClock(String name, List<JavaClass> parameters) {
        if (name.equals("now")) {
            return parameters.stream().noneMatch(type -> type.isAssignableTo("java.time.InstantSource"));
        }
        return name.startsWith("tick") || (name.startsWith("system") && !name.equals("systemDefault"));
    }

    /// The packaged program has AWT without what its toolkit needs (ADR 0071).
    @Test
    void ofAwtAndSwingOnlyPicturesAreUsed() {
        noClasses().should().dependOnClassesThat(DescribedPredicate.describe("are AWT or Swing beyond pictures",
                used -> (used.getPackageName().startsWith("java.awt")
                        || used.getPackageName().startsWith("javax.swing"))
                        && !used.getPackageName().equals("java.awt.image")
                        && !used.isEquivalentTo(GraphicsEnvironment.class)))
                .check(product);
    }

    @Test
    void nothingSleeps() {
        for (JavaClasses some : List.of(product, tests)) {
            noClasses().should().callCodeUnitWhere(
                    target(Thread.class.getName(), "sleep").or(target(TimeUnit.class.getName(), "sleep"))).check(some);
        }
    }

    private static DescribedPredicate<JavaCall<?>> target(
            String owner, String name) {
        return DescribedPredicate.describe("calls " + owner + "." + name,
                call -> call.getTargetOwner().getName().equals(owner) && call.getName().equals(name));
    }

    @Test
    void noTestIsSwitchedOff() {
        noClasses().should().dependOnClassesThat(
                resideInAnyPackage("org.junit.jupiter.api.condition..").or(named("org.junit.jupiter.api.Disabled"))
                        .or(named("org.junit.jupiter.api.Assumptions")))
                .check(tests);
    }

    private static DescribedPredicate<JavaClass> named(String name) {
        return DescribedPredicate.describe(name, type -> type.getName().equals(name));
    }
}
