package dev.memfuse.cli.option;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.memfuse.load.Workload.Mix;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses a mix of operations such as `add=6,query=3,list=1`. An operation that is not listed has the share 0.
final class MixConverter implements ITypeConverter<Mix> {
    private static final Set<String> OPERATIONS = Set.of("add", "query", "list");
    /// Shares beyond it, of which the others are a millionth, are mistakes.
    private static final double MAX_SHARE = 1e6;

    @Override
    public Mix convert(String text) {
        Map<String, Double> shares = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] pair = part.split("=", -1);
            if (pair.length != 2 || !OPERATIONS.contains(pair[0].strip())) {
                throw wrong(text);
            }
            if (shares.put(pair[0].strip(), share(pair[1], text)) != null) {
                throw ValueConverters.wrong(text, "gives the share of " + pair[0].strip() + " twice");
            }
        }
        Mix mix = new Mix(shares.getOrDefault("add", 0.0), shares.getOrDefault("query", 0.0),
                shares.getOrDefault("list", 0.0));
        if (mix.add() + mix.query() + mix.list() <= 0) {
            throw ValueConverters.wrong(text, "has no operation with a share above 0");
        }
        return mix;
    }

    private static double share(String number, String text) {
        try {
            double share = ValueConverters.decimalNumber(number);
            if (share >= 0 && share <= MAX_SHARE) {
                return share;
            }
        } catch (TypeConversionException e) {
            // Reported below, with the whole text.
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return ValueConverters.wrong(text,
                "is not a mix of shares from 0 to 1000000; an example is add=6,query=3,list=1");
    }
}
