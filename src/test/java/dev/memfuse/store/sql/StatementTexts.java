package dev.memfuse.store.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.memfuse.store.PgStore;

/// The texts of statements in the compiled program: each string constant that names the rows of a table.
final class StatementTexts {
    /// Where a text is completed at run time: the parts of a concatenation, and the places of a format.
    private static final Pattern HOLE = Pattern.compile("[\\x01\\x02]|%(?:\\d+\\$)?s|%n");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern PARAMETER = Pattern.compile("\\$\\d+");

    private StatementTexts() {}

    /// Returns the constants of all classes of the program that name a table, in upper-case SQL.
    ///
    /// @param tables names of the tables
    static Set<String> of(List<String> tables) throws IOException {
        return of(tables, Set.of());
    }

    /// Returns the same without those of some classes.
    ///
    /// @param without simple names of classes
    static Set<String> of(List<String> tables, Set<String> without) throws IOException {
        Pattern names = Pattern.compile("\\b(?:FROM|JOIN|INTO|UPDATE|COPY)\\s+(?:(?:" + String.join("|", tables)
                + ")\\b|[\\x01\\x02]|%)", Pattern.DOTALL);
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes())) {
            files.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !without.contains(file.getFileName().toString().replaceAll("[$.].*", "")))
                    .forEach(file -> constants(file)
                            .filter(text -> names.matcher(text).find()).forEach(found::add));
        }
        return found;
    }

    private static Path classes() {
        try {
            return Path.of(PgStore.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> constants(Path file) {
        try {
            List<String> found = new ArrayList<>();
            for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
                if (entry instanceof StringEntry text) {
                    found.add(text.stringValue());
                }
            }
            return found.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Returns whether a constant is part of a statement that was sent.
    ///
    /// @param sent statements in the form of [#normal]
    static boolean isPartOf(String constant, Set<String> sent) {
        List<String> parts = Arrays.stream(HOLE.split(constant)).map(StatementTexts::normal)
                .filter(part -> !part.isBlank()).sorted(Comparator.comparingInt(String::length).reversed()).toList();
        return sent.stream().anyMatch(statement -> parts.stream().allMatch(statement::contains));
    }

    /// Returns a text with single spaces, and parameters as question marks.
    static String normal(String text) {
        return PARAMETER.matcher(SPACE.matcher(text).replaceAll(" ").strip()).replaceAll("?");
    }
}
