package dev.memfuse.load.report;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import dev.memfuse.load.LoadResult;
import dev.memfuse.load.Threshold;
import dev.memfuse.load.Verdict;

/// The verdict on a load in the XML format of JUnit, which build servers show: one test case for the verdict apart from
/// thresholds, and one for each threshold.
public final class JUnitXml {
    private JUnitXml() {}

    /// Returns the test cases of a load.
    public static String of(LoadReport report) {
        LoadResult result = report.result();
        List<Verdict.Reason> reasons = result.verdict().reasons().stream()
                .filter(reason -> reason.cause() != Verdict.Cause.THRESHOLD).toList();
        long missed = result.thresholds().stream().filter(outcome -> !outcome.kept()).count();
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "load");
            xml.writeAttribute("tests", Integer.toString(1 + result.thresholds().size()));
            xml.writeAttribute("failures", Long.toString(missed + (reasons.isEmpty() ? 0 : 1)));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("timestamp", result.startedAt().toString());
            xml.writeAttribute("time", seconds(result));
            testCase(xml, "verdict", result, reasons.stream().map(Verdict.Reason::sentence).toList());
            for (Threshold.Outcome outcome : result.thresholds()) {
                testCase(xml, outcome.threshold().text(), result,
                        outcome.kept() ? List.of() : List.of(outcome.reason().sentence()));
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The test cases cannot be written.", e);
        }
        return text.append('\n').toString();
    }

    private static String seconds(LoadResult result) {
        return String.format(Locale.ROOT, "%.3f", result.seconds());
    }

    private static void testCase(XMLStreamWriter xml, String name, LoadResult result, List<String> failures)
            throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", "memfuse.load");
        xml.writeAttribute("name", valid(name));
        xml.writeAttribute("time", seconds(result));
        if (!failures.isEmpty()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", valid(failures.getFirst()));
            xml.writeCharacters(valid(String.join("\n", failures)));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /// Replaces characters that XML has no form for, such as control characters in the message of a failure.
    private static String valid(String text) {
        StringBuilder valid = new StringBuilder(text.length());
        text.codePoints().map(character -> isXml(character) ? character : '\uFFFD').forEach(valid::appendCodePoint);
        return valid.toString();
    }

    private static boolean isXml(int character) {
        return character == '\t' || character == '\n' || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF) || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
