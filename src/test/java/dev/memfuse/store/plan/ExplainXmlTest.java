package dev.memfuse.store.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import dev.memfuse.engine.plan.PlanNode;
import org.junit.jupiter.api.Test;

class ExplainXmlTest {

    private static String plan(String type, double total, String more) {
        return "<Plan><Node-Type>" + type + "</Node-Type><Actual-Total-Time>" + total
                + "</Actual-Total-Time><Actual-Rows>1.00</Actual-Rows><Actual-Loops>1</Actual-Loops>" + more
                + "</Plan>";
    }

    private static String plans(String... below) {
        return "<Plans>" + String.join("", below) + "</Plans>";
    }

    private static ExplainXml.Plan read(String plan) {
        return ExplainXml.read("<explain xmlns=\"http://www.postgresql.org/2009/explain\"><Query>" + plan
                + "<Planning-Time>0.25</Planning-Time><Execution-Time>12.5</Execution-Time></Query></explain>");
    }

    @Test
    void aCommonTableCountsOnceAndNotForTheScanThatWaitsForIt() {
        String table = plan("ModifyTable", 10, "<Operation>Update</Operation><Relation-Name>sessions</Relation-Name>"
                + "<Parent-Relationship>InitPlan</Parent-Relationship><Subplan-Name>CTE numbered</Subplan-Name>");
        String early = plan("CTE Scan", 0.001, "<CTE-Name>numbered</CTE-Name><Alias>n</Alias>");
        String waiting = plan("CTE Scan", 10.5, "<CTE-Name>numbered</CTE-Name><Alias>numbered</Alias>");

        PlanNode root = read(plan("Aggregate", 11, plans(table, early, waiting))).root();

        assertEquals(List.of("Update on sessions", "CTE Scan on numbered n", "CTE Scan on numbered"),
                root.children().stream().map(PlanNode::title).toList());
        assertEquals(List.of(10.0, 0.001, 0.5), root.children().stream().map(PlanNode::selfMillis).toList());
        assertEquals(0.499, root.selfMillis(), 1e-9);
        assertTrue(root.children().getFirst().slowest());
        assertFalse(root.slowest());
    }

    @Test
    void timesAreThoseOfAllLoopsAndAStepThatNeverRanHasNone() {
        String loops = "<Plan><Node-Type>Index Scan</Node-Type><Index-Name>by_id</Index-Name><Relation-Name>messages"
                + "</Relation-Name><Actual-Total-Time>0.5</Actual-Total-Time><Actual-Rows>2</Actual-Rows>"
                + "<Actual-Loops>4</Actual-Loops><Filter>(a = 1)</Filter><Rows-Removed-by-Filter>0"
                + "</Rows-Removed-by-Filter></Plan>";
        String never = "<Plan><Node-Type>Seq Scan</Node-Type><Relation-Name>users</Relation-Name>"
                + "<Actual-Total-Time>0</Actual-Total-Time><Actual-Rows>0</Actual-Rows>"
                + "<Actual-Loops>0</Actual-Loops></Plan>";

        ExplainXml.Plan plan = read(plan("Nested Loop", 3, plans(loops, never)));

        PlanNode inner = plan.root().children().getFirst();
        assertEquals("Index Scan using by_id on messages", inner.title());
        assertEquals(2, inner.totalMillis(), 1e-9);
        assertEquals(8, inner.rows(), 1e-9);
        assertEquals(List.of("Filter: (a = 1)"), inner.details());
        assertEquals(1, plan.root().selfMillis(), 1e-9);
        assertEquals(0, plan.root().children().getLast().loops());
        assertEquals(0.25, plan.planningMillis());
        assertEquals(12.5, plan.executionMillis());
    }

    @Test
    void whatIsNoPlanIsRefused() {
        assertThrows(IllegalStateException.class, () -> ExplainXml.read("<explain/>"));
        assertThrows(IllegalStateException.class, () -> ExplainXml.read("no XML"));
        assertThrows(IllegalStateException.class,
                () -> ExplainXml.read("<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/hostname\">]><x>&y;</x>"));
    }
}
