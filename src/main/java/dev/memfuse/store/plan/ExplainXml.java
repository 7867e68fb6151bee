package dev.memfuse.store.plan;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import dev.memfuse.engine.plan.PlanNode;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// Reads the result of `EXPLAIN (ANALYZE, BUFFERS, FORMAT XML)`. XML, since the JDK reads it.
final class ExplainXml {
    /// Notes of a step that explain its time, in the order in which they are shown.
    private static final List<String> DETAILS = List.of("Index-Cond", "Recheck-Cond", "Hash-Cond", "Merge-Cond",
            "Join-Filter", "Filter", "Rows-Removed-by-Filter", "Rows-Removed-by-Index-Recheck", "Heap-Fetches",
            "Sort-Key", "Sort-Method", "Sort-Space-Used", "Sort-Space-Type", "Group-Key", "Conflict-Resolution",
            "Conflict-Arbiter-Indexes", "Tuples-Inserted", "Conflicting-Tuples", "Peak-Memory-Usage", "Hash-Batches",
            "WAL-Records", "WAL-Bytes", "Subplan-Name");

    private static final Pattern NOTHING = Pattern.compile("0(\\.0+)?");

    /// Time of the longest scan of each common table expression: of several scans, the one that needs a row first waits
    /// for it.
    private final Map<String, Double> longestScans = new HashMap<>();
    private final Map<String, Double> commonTables = new HashMap<>();

    private ExplainXml() {}

    /// A plan with its times.
    record Plan(PlanNode root, double planningMillis, double executionMillis) {}

    /// Reads a plan.
    ///
    /// @throws IllegalStateException when it is not the result of an `EXPLAIN`
    static Plan read(String xml) {
        Element query = child(document(xml), "Query");
        Element plan = query == null ? null : child(query, "Plan");
        if (query == null || plan == null) {
            throw new IllegalStateException("The server sent no plan.");
        }
        ExplainXml reader = new ExplainXml();
        reader.collect(plan);
        PlanNode root = reader.node(plan);
        return new Plan(new Marking(root).marked(root), number(query, "Planning-Time"),
                number(query, "Execution-Time"));
    }

    private static Element document(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The one of the JDK prints.
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("The plan of the server cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getNodeName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static @Nullable Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        if (found == null) {
            return "";
        }
        List<Element> items = children(found, "Item");
        return items.isEmpty()
                ? found.getTextContent().strip()
                : String.join(", ", items.stream().map(item -> item.getTextContent().strip()).toList());
    }

    private static double number(Element parent, String name) {
        String text = text(parent, name);
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    private static List<Element> below(Element plan) {
        Element plans = child(plan, "Plans");
        return plans == null ? List.of() : children(plans, "Plan");
    }

    private static double total(Element plan) {
        return number(plan, "Actual-Total-Time") * number(plan, "Actual-Loops");
    }

    private static boolean isCommonTable(Element plan) {
        return text(plan, "Parent-Relationship").equals("InitPlan") && text(plan, "Subplan-Name").startsWith("CTE ");
    }

    /// The time of a common table expression passes in the steps that scan it, not in the one it stands below.
    private void collect(Element plan) {
        if (isCommonTable(plan)) {
            commonTables.put(text(plan, "Subplan-Name").substring("CTE ".length()), total(plan));
        }
        longestScans.merge(text(plan, "CTE-Name"), total(plan), Math::max);
        below(plan).forEach(this::collect);
    }

    private PlanNode node(Element plan) {
        double total = total(plan);
        double self = total;
        List<PlanNode> children = new ArrayList<>();
        for (Element below : below(plan)) {
            if (!isCommonTable(below)) {
                self -= total(below);
            }
            children.add(node(below));
        }
        String scanned = text(plan, "CTE-Name");
        if (total >= longestScans.getOrDefault(scanned, 0.0)) {
            Double waited = commonTables.remove(scanned);
            self -= waited == null ? 0 : waited;
        }
        double loops = number(plan, "Actual-Loops");
        return new PlanNode(title(plan), details(plan), Math.max(0, self), total,
                number(plan, "Actual-Rows") * loops, number(plan, "Plan-Rows"), Math.round(loops),
                Math.round(number(plan, "Shared-Hit-Blocks")), Math.round(number(plan, "Shared-Read-Blocks")),
                children, false);
    }

    private static String title(Element plan) {
        String type = text(plan, "Node-Type");
        String operation = text(plan, "Operation");
        StringBuilder title = new StringBuilder(type.equals("ModifyTable") ? operation : type);
        String join = text(plan, "Join-Type");
        if (!join.isEmpty() && !join.equals("Inner")) {
            title.append(' ').append(join);
        }
        add(title, " using ", text(plan, "Index-Name"));
        String relation = text(plan, "Relation-Name");
        String scanned = relation.isEmpty() ? text(plan, "CTE-Name") + text(plan, "Function-Name") : relation;
        String alias = text(plan, "Alias");
        add(title, " on ", scanned);
        if (!alias.isEmpty() && !alias.equals(scanned)) {
            title.append(' ').append(alias);
        }
        return title.toString();
    }

    private static void add(StringBuilder title, String word, String name) {
        if (!name.isEmpty()) {
            title.append(word).append(name);
        }
    }

    private static List<String> details(Element plan) {
        List<String> details = new ArrayList<>();
        for (String name : DETAILS) {
            String value = text(plan, name);
            if (!value.isEmpty() && !NOTHING.matcher(value).matches()) {
                details.add(name.replace('-', ' ') + ": " + value);
            }
        }
        return details;
    }

    /// Marks the step with the largest time of its own, the first of equal ones. For one plan.
    private static final class Marking {
        private final double largest;
        private boolean found;

        Marking(PlanNode root) {
            largest = largest(root);
        }

        private static double largest(PlanNode node) {
            double largest = node.selfMillis();
            for (PlanNode child : node.children()) {
                largest = Math.max(largest, largest(child));
            }
            return largest;
        }

        PlanNode marked(PlanNode node) {
            boolean slowest = !found && node.selfMillis() >= largest;
            found |= slowest;
            return new PlanNode(node.title(), node.details(), node.selfMillis(), node.totalMillis(), node.rows(),
                    node.plannedRows(), node.loops(), node.hitBlocks(), node.readBlocks(),
                    node.children().stream().map(this::marked).toList(), slowest);
        }
    }
}
