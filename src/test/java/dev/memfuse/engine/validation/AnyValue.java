package dev.memfuse.engine.validation;

import static org.quicktheories.generators.Generate.constant;
import static org.quicktheories.generators.Generate.pick;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.quicktheories.core.Gen;

/// Generators of values of the whole range of a Java type; values that are likely to break storage are frequent.
public final class AnyValue {
    /// Pieces that are special in SQL, in literals of arrays, in JSON and in Unicode, the whole plane of noncharacters
    /// and broken surrogates among them.
    private static final List<String> PIECES = List.of("a", "Zebra", " ", "\t", "\n", "\r\n", "\u0000", "\u0001",
            "\u001f",
            "\u007f", "\u0085", "\u00a0", "é", "e\u0301", "ß", "İ", "\u200b", "\u2028", "\u202e", "\ufeff", "\ufffd",
            "\ufffe", "\uffff", "\ufdd0", "\ud800", "\udfff", "\udbff\udfff", "\ud83d\ude00", "\ude00\ud83d", "中", "'",
            "\"", "\\", "\\000", "\\u0000", "{", "}", "{}", ",", "NULL", "null", "%", "_", "$1", "?", ":x", "--", "/*",
            ";", "1e999", "NaN", "0");

    private AnyValue() {}

    /// Texts of any UTF-16 code units, at most 12 pieces long; one in a few is well-formed.
    public static Gen<String> text() {
        Gen<String> special = pick(PIECES);
        Gen<String> unit = integers().between(0, 0xffff).map(code -> String.valueOf((char) (int) code));
        Gen<String> plain = integers().between('a', 'z').map(letter -> String.valueOf((char) (int) letter));
        return joined(special).mix(joined(unit), 20).mix(joined(plain.mix(special, 20)), 40);
    }

    private static Gen<String> joined(Gen<String> piece) {
        return lists().of(piece).ofSizeBetween(0, 12).map(pieces -> String.join("", pieces));
    }

    /// Any instant; one in two is in the range of storage.
    public static Gen<Instant> time() {
        Gen<Integer> nanos = pick(List.of(0, 1, 999, 1_000, 1_001, 999_999_999, 999_999_499, 123_456_789, 654_321_000));
        Gen<Instant> any = longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()).zip(nanos,
                Instant::ofEpochSecond);
        Gen<Instant> near = longs()
                .between(ValueCheck.FIRST_TIME.getEpochSecond(), ValueCheck.LAST_TIME.getEpochSecond())
                .zip(nanos, Instant::ofEpochSecond);
        Gen<Instant> edges = pick(List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, ValueCheck.FIRST_TIME,
                ValueCheck.LAST_TIME, ValueCheck.FIRST_TIME.minusNanos(1), ValueCheck.LAST_TIME.plusNanos(999),
                ValueCheck.LAST_TIME.plusNanos(1_000), Instant.parse("1582-10-10T12:00:00Z"),
                Instant.parse("2262-04-11T23:47:16.854775807Z"), Instant.parse("2255-06-05T23:47:34.740993Z"),
                Instant.parse("+294277-01-01T00:00:00Z"), Instant.parse("-4713-01-01T00:00:00Z")));
        return near.mix(any, 25).mix(edges, 25);
    }

    /// Any id, the lowest and the highest among them.
    public static Gen<UUID> id() {
        Gen<UUID> edges = pick(List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(Long.MIN_VALUE, 1)));
        Gen<Long> any = longs().all();
        return any.zip(any, UUID::new).mix(edges, 5);
    }

    /// Any `int`, the bounds of the limits of the engine among them.
    public static Gen<Integer> number() {
        Gen<Integer> edges = pick(List.of(Integer.MIN_VALUE, -1, 0, 1, 15, 1_000, 1_001, 10_000, 10_001,
                Integer.MAX_VALUE));
        return edges.mix(integers().all(), 30);
    }

    /// Any `long`, special ones of storage and index among them.
    public static Gen<Long> bigNumber() {
        Gen<Long> edges = pick(List.of(Long.MIN_VALUE, -1L, 0L, 1L, 1L << 31, 1L << 53, (1L << 62) + 1,
                Long.MAX_VALUE - 1, Long.MAX_VALUE));
        return edges.mix(longs().all(), 30);
    }

    /// Any `float`, with NaN, the infinities, both zeros and subnormal numbers.
    public static Gen<Float> real() {
        Gen<Float> edges = pick(List.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, 1f,
                Float.MIN_VALUE, Float.MAX_VALUE, 0.1f, Math.nextDown(1f), Math.nextUp(1f)));
        return edges.mix(integers().all().map(Float::intBitsToFloat), 50);
    }

    /// Vectors: normalised ones, and broken ones of other lengths, values or norms.
    ///
    /// @param dimension length of the normalised ones
    public static Gen<float[]> vector(int dimension) {
        Gen<float[]> broken = integers().between(0, 3).zip(real(), (kind, component) -> {
            float[] vector = new float[kind == 0 ? dimension - 1 : dimension];
            Arrays.fill(vector, kind == 1 ? 0 : component);
            return vector;
        });
        Gen<float[]> normalised = integers().between(0, dimension - 1).map(at -> {
            float[] vector = new float[dimension];
            vector[at] = 1;
            vector[(at + 1) % dimension] = -0f;
            vector[(at + 2) % dimension] = Float.MIN_VALUE;
            vector[(at + 3) % dimension] = 1e-7f / 3;
            return vector;
        });
        return normalised.mix(broken, 60).mix(constant(new float[0]), 3);
    }
}
