package dev.memfuse.console.memory.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import dev.memfuse.console.fx.Columns;
import dev.memfuse.console.fx.Formats;
import dev.memfuse.console.fx.NameValueGrid;
import dev.memfuse.console.fx.StatePane;
import dev.memfuse.console.fx.TableCopy;
import dev.memfuse.console.fx.Visibility;
import dev.memfuse.engine.Fact;
import dev.memfuse.engine.Message;
import org.jspecify.annotations.Nullable;

/// Binds the facts of a user to their view model.
public final class FactsController {
    @FXML
    private StatePane states;
    @FXML
    private TextField search;
    @FXML
    private CheckBox history;
    @FXML
    private Label axis;
    @FXML
    private TableView<Fact> table;
    @FXML
    private ScrollPane detail;
    @FXML
    private Label content;
    @FXML
    private GridPane properties;
    @FXML
    private VBox versions;
    @FXML
    private VBox conflicts;
    @FXML
    private VBox sources;

    private final FactsModel model;

    public FactsController(FactsModel model) {
        this.model = model;
    }

    @FXML
    void initialize() {
        states.stateProperty().bind(model.stateProperty());
        search.textProperty().bindBidirectional(model.partProperty());
        history.selectedProperty().bindBidirectional(model.historyProperty());
        model.spanProperty().subscribe(span -> axis.setText("Validity from " + Formats.moment(span.begin()) + " to "
                + Formats.moment(span.end())));
        TableColumn<Fact, Fact> validity = new TableColumn<>("Validity");
        validity.setSortable(false);
        validity.setReorderable(false);
        validity.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        validity.setCellFactory(_ -> new ValidityCell(() -> model.spanProperty().get()));
        TableCopy.text(validity, FactTexts::validity);
        validity.setPrefWidth(180);
        validity.setMinWidth(90);
        TableColumn<Fact, String> text = Columns.text("Fact", Fact::content);
        text.setPrefWidth(280);
        text.setMinWidth(120);
        table.getColumns()
                .setAll(List.of(text, validity, Columns.width(Columns.text("Status", FactTexts::status), 88, 132),
                        Columns.width(Columns.text("Type", Fact::type), 88, 132),
                        Columns.width(Columns.number("Conf.", FactTexts::confidence), 56, 84)));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.setItems(model.shown());
        table.setPlaceholder(new Label("No fact has this text."));
        table.getSelectionModel().selectedItemProperty().addListener((_, _, fact) -> {
            if (fact != null) {
                model.selectedProperty().set(fact);
            }
        });
        model.selectedProperty().subscribe(this::show);
        model.sources().addListener((ListChangeListener<Message>) _ -> sources.getChildren()
                .setAll(SourceList.of(model.sources(), model::showInConversation)));
    }

    private void show(@Nullable Fact fact) {
        Visibility.set(detail, fact != null);
        if (fact == null) {
            table.getSelectionModel().clearSelection();
            return;
        }
        if (!Objects.equals(fact, table.getSelectionModel().getSelectedItem())) {
            table.getSelectionModel().select(fact);
            table.scrollTo(fact);
        }
        content.setText(fact.content());
        NameValueGrid grid = new NameValueGrid(properties);
        grid.add("Status", FactTexts.status(fact));
        grid.add("Valid", FactTexts.validity(fact));
        grid.add("Observed", Formats.moment(fact.time().observedAt()));
        fact.time().happenedAt().ifPresent(at -> grid.add("Happened", Formats.moment(at)));
        grid.add("Type", fact.type());
        grid.add("Confidence", FactTexts.confidence(fact));
        if (!fact.entities().isEmpty()) {
            grid.add("Names", String.join(", ", fact.entities()));
        }
        fact.claim().ifPresent(claim -> grid.add("Asserts", claim.toString()));
        grid.add("Model", fact.model());
        List<Fact> all = model.versions(fact);
        links("Versions, oldest first", all.size() > 1 ? all : List.of(), fact, versions);
        links("Contradicts", model.conflicts(fact), fact, conflicts);
    }

    private void links(String title, List<Fact> facts, Fact shown, VBox into) {
        List<Node> lines = new ArrayList<>();
        if (!facts.isEmpty()) {
            Label heading = new Label(title);
            heading.getStyleClass().add("group-title");
            lines.add(heading);
        }
        for (Fact fact : facts) {
            if (fact.equals(shown)) {
                Label here = new Label(FactTexts.validity(fact) + ": " + fact.content());
                here.setWrapText(true);
                lines.add(here);
            } else {
                Hyperlink link = new Hyperlink(FactTexts.validity(fact) + ": " + fact.content());
                link.setWrapText(true);
                link.setOnAction(_ -> model.select(fact));
                lines.add(link);
            }
        }
        into.getChildren().setAll(lines);
        Visibility.set(into, !lines.isEmpty());
    }

    @FXML
    void onRefresh() {
        model.refresh();
    }
}
