package dev.memfuse.load.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import dev.memfuse.load.Threshold;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class JUnitXmlTest {

    private static Element parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))).getDocumentElement();
    }

    @Test
    void eachThresholdIsATestCaseThatFailsWhenItWasMissed() throws Exception {
        LoadReport report = SampleReport.check(SampleReport.of("a note"),
                List.of(Threshold.parse("add.p99 < 50 ms"), Threshold.parse("query.p50 < 1 ms")));
        Element suite = parse(JUnitXml.of(report));
        assertEquals("3", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        NodeList cases = suite.getElementsByTagName("testcase");
        assertEquals("query.p50 < 1 ms", ((Element) cases.item(2)).getAttribute("name"));
        assertEquals(0, ((Element) cases.item(1)).getElementsByTagName("failure").getLength());
        Element failure = (Element) ((Element) cases.item(2)).getElementsByTagName("failure").item(0);
        assertTrue(failure.getAttribute("message").startsWith("Missed the threshold query.p50 < 1 ms: measured"),
                failure.getAttribute("message"));
    }

    @Test
    void aGoodRunHasNoFailure() throws Exception {
        Element suite = parse(JUnitXml.of(SampleReport.of("a note")));
        assertEquals("0", suite.getAttribute("failures"));
        assertEquals(1, suite.getElementsByTagName("testcase").getLength());
    }
}
