package io.darsena.app.compare;

import io.darsena.app.compare.ComparedPair.WithUpdate;
import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Failure;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferJob.Phase;
import io.darsena.app.text.Messages;
import io.darsena.app.transfers.TransferWords;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Subscription;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// In place of the files of an image that is at its registry still: that they are not known, and the way to know them.
/// Visible while that is so.
final class UnpulledFiles extends VBox {

    private static final String ACTION = "unpulled-action";

    private final WindowContext context;
    private final Messages messages;
    private final CompareViewModel model;
    private final TransferWords words;
    private final Runnable left;
    private final ScrollPane scroll = new ScrollPane();
    private Subscription following = Subscription.EMPTY;
    private Subscription progressing = Subscription.EMPTY;

    /// @param left takes the keyboard when the files are known and it is here
    UnpulledFiles(WindowContext context, CompareViewModel model, Runnable left) {
        this.context = context;
        this.messages = context.messages();
        this.model = model;
        this.words = new TransferWords(messages);
        this.left = left;
        getStyleClass().add("unpulled");
        scroll.getStyleClass().add("page-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        model.pulling().job().subscribe(this::follow);
        model.pair().subscribe(this::show);
    }

    private void show(Optional<ComparedPair> pair) {
        boolean unpulled = pair.filter(WithUpdate.class::isInstance).isPresent();
        boolean leaves = isVisible() && !unpulled && hasKeyboard();
        setVisible(unpulled);
        if (leaves) {
            context.pump().run(left::run);
        }
    }

    private void follow(Optional<TransferJob> job) {
        following.unsubscribe();
        progressing.unsubscribe();
        following = job.map(begun -> begun.phase().subscribe(phase -> tell(begun, phase)))
                .orElse(Subscription.EMPTY);
        if (job.isEmpty()) {
            Button pull = pull("compare.pull", Feather.DOWNLOAD_CLOUD);
            pull.getStyleClass().add("primary");
            put(unpulled(pull));
        }
    }

    private void tell(TransferJob job, Phase phase) {
        if (phase == Phase.UNDER_WAY) {
            put(underWay(job));
        } else if (phase == Phase.FAILED) {
            put(unpulled(), failure(job));
        }
    }

    private boolean hasKeyboard() {
        for (Node each = getScene() == null ? null : getScene().getFocusOwner();
                each != null;
                each = each.getParent()) {
            if (each.equals(this)) {
                return true;
            }
        }
        return false;
    }

    /// Who had the keyboard in what was there has it in what takes its place.
    private void put(Region state, Node... above) {
        boolean had = hasKeyboard();
        state.setMinHeight(USE_PREF_SIZE);
        scroll.setContent(state);
        getChildren().setAll(above);
        getChildren().add(scroll);
        if (had) {
            Stream.concat(Stream.of(above), Stream.of(state))
                    .map(each -> each.lookup("." + ACTION))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(Node::requestFocus);
        }
    }

    private Button pull(String key, Feather icon) {
        Button pull = new Button(messages.text(key), new FontIcon(icon));
        pull.setId("compare-pull");
        pull.getStyleClass().add(ACTION);
        pull.setOnAction(event -> model.pull());
        return pull;
    }

    private Region unpulled(Node... actions) {
        return new EmptyState(
                Feather.FOLDER,
                messages.text("compare.unpulled.title"),
                messages.text("compare.unpulled.words"),
                actions);
    }

    private Region underWay(TransferJob job) {
        ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        Label numbers = new Label();
        numbers.getStyleClass().addAll("muted", "number");
        Button cancel = new Button(messages.text("confirm.cancel"));
        cancel.setId("compare-pull-cancel");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.getStyleClass().add(ACTION);
        cancel.setAccessibleText(messages.text("transfer.cancelNamed", job.name()));
        cancel.setOnAction(event -> model.pulling().cancel());
        progressing = job.progress().subscribe(progress -> {
            bar.setProgress(TransferWords.share(progress.now()));
            numbers.setText(words.numbers(progress));
            bar.setAccessibleText(words.sentence(job) + " " + numbers.getText());
        });
        VBox travelling = new VBox(bar, numbers);
        travelling.getStyleClass().add("travelling");
        HBox line = new HBox(travelling, cancel);
        line.getStyleClass().add("pull-line");
        return new EmptyState(
                Feather.DOWNLOAD_CLOUD, words.sentence(job), messages.text("compare.unpulled.pulling"), line);
    }

    private Node failure(TransferJob job) {
        Button logIn = new Button(messages.text("login.verb"), new FontIcon(Feather.LOG_IN));
        logIn.setId("compare-pull-login");
        logIn.setOnAction(event ->
                job.order().registry().ifPresent(host -> context.navigation().login(host, model::pull)));
        FailureBanner banner = new FailureBanner(messages, job.place())
                .withoutDismissal()
                .offering(pull("transfer.retry", Feather.REFRESH_CW), failure -> true)
                .offering(logIn, Failure::wantsLogin);
        banner.setMinHeight(USE_PREF_SIZE);
        return banner;
    }
}
