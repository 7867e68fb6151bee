package dev.memfuse.cli.option;

import java.util.Locale;

import dev.memfuse.load.Workload.Mix;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Parses a mix of operations such as `add=6,query=3,list=1`. An operation that is not listed has the share 0.
final class MixConverter implements ITypeConverter<Mix> {

    @Override
    public Mix convert(String text) {
        double add = 0;
        double query = 0;
        double list = 0;
        for (String part : text.split(",", -1)) {
            String[] pair = part.split("=", -1);
            if (pair.length != 2) {
                throw wrong(text);
            }
            double share = share(pair[1], text);
            switch (pair[0].strip()) {
                case "add" -> add = share;
                case "query" -> query = share;
                case "list" -> list = share;
                default -> throw wrong(text);
            }
        }
        if (add + query + list <= 0) {
            throw new TypeConversionException(
                    String.format(Locale.ROOT, "'%s' has no operation with a share above 0", text));
        }
        return new Mix(add, query, list);
    }

    private static double share(String number, String text) {
        try {
            double share = Double.parseDouble(number.strip());
            if (share >= 0 && Double.isFinite(share)) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Reported below, with the whole text.
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                String.format(Locale.ROOT, "'%s' is not a mix; an example is add=6,query=3,list=1", text));
    }
}
