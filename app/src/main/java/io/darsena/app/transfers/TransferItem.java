package io.darsena.app.transfers;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferJob.Phase;
import io.darsena.app.session.TransferOrder;
import io.darsena.app.text.Messages;
import io.darsena.app.trust.Signing;
import io.darsena.bridge.image.Digest;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// One transfer in the drawer: what it is, how far, and what can be done about it; its layers and steps on
/// request.
final class TransferItem extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final TransferWords words;
    private final TransferJob job;
    private final FontIcon icon;
    private final Label sentence = new Label();
    private final Label stage = new Label();
    private final Label numbers = new Label();
    private final ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final HBox buttons = new HBox();
    private final HBox line;
    private final VBox failed;
    private final Button expand;
    private final VBox details = new VBox();

    TransferItem(WindowContext context, TransferJob job) {
        this.context = context;
        this.messages = context.messages();
        this.words = new TransferWords(messages);
        this.job = job;
        this.icon = new FontIcon(TransferWords.icon(job.direction()));
        setUserData(job);
        getStyleClass().addAll("card", "transfer");
        expand = iconButton(Feather.CHEVRON_RIGHT, "transfer.expand");
        expand.getStyleClass().add("expand");
        expand.setOnAction(event -> expanded(!details.isVisible()));
        expand.setVisible(job.file().isEmpty());
        expand.setManaged(job.file().isEmpty());
        line = new HBox(stage, numbers);
        line.getStyleClass().add("line");
        failed = failure();
        bar.setMaxWidth(Double.MAX_VALUE);
        details.getStyleClass().add("transfer-details");
        shown(details, false);
        getChildren().addAll(head(), bar, line, failed, details);
        job.progress().subscribe(progress -> showProgress());
        job.phase().subscribe(phase -> showPhase());
    }

    private HBox head() {
        sentence.getStyleClass().add("strong");
        sentence.setWrapText(true);
        sentence.setMinWidth(0);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        stage.getStyleClass().add("muted");
        stage.setMinWidth(0);
        stage.setTooltip(new Tooltip());
        HBox.setHgrow(stage, Priority.ALWAYS);
        stage.setMaxWidth(Double.MAX_VALUE);
        numbers.getStyleClass().add("number");
        numbers.setMinWidth(USE_PREF_SIZE);
        buttons.getStyleClass().add("line");
        HBox head = new HBox(icon, sentence, buttons, expand);
        head.getStyleClass().add("line");
        return head;
    }

    private VBox failure() {
        Button logIn = new Button(messages.text("login.verb"), new FontIcon(Feather.LOG_IN));
        logIn.setId("transfer-login");
        logIn.setOnAction(event -> job.order()
                .registry()
                .ifPresent(host -> context.navigation()
                        .login(host, () -> context.transfers().retry(job))));
        Button later = new Button(messages.text("push.queue"), new FontIcon(Feather.CLOCK));
        later.setId("transfer-queue");
        later.setAccessibleText(messages.text("push.queueNamed", job.name()));
        later.setOnAction(event -> queue());
        return new VBox(new FailureBanner(messages, job.place())
                .withoutDismissal()
                .offering(
                        later,
                        failure -> failure.kind().equals("unavailable") && job.order() instanceof TransferOrder.Push)
                .offering(
                        logIn,
                        failure ->
                                failure.wantsLogin() && job.order().registry().isPresent()));
    }

    /// Leaves a push to the engine; what waits stands in this one's place.
    private void queue() {
        if (job.order() instanceof TransferOrder.Push push) {
            Signing.unlocked(
                    context,
                    this,
                    job.place(),
                    Signing.key(context, push.name()),
                    () -> context.commands()
                            .run(
                                    job.place(),
                                    engine -> engine.sync().queuePush(push.name()),
                                    () -> context.transfers().dismiss(job)));
        }
    }

    /// Its layers are many nodes: they are made when somebody looks at them.
    private void expanded(boolean now) {
        if (now && details.getChildren().isEmpty()) {
            details.getChildren().addAll(new StepLines(messages, job), new LayerLines(messages, job));
        }
        shown(details, now);
        ((FontIcon) expand.getGraphic()).setIconCode(now ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT);
        name(expand, now ? "transfer.collapse" : "transfer.expand");
    }

    private void showProgress() {
        if (job.phase().get() == Phase.UNDER_WAY) {
            bar.setProgress(TransferWords.share(job.progress().get().now()));
            numbers.setText(words.numbers(job.progress().get()));
            say(stage, words.stage(job));
            bar.setAccessibleText(sentence.getText() + " " + numbers.getText());
        }
    }

    private void showPhase() {
        Phase phase = job.phase().get();
        sentence.setText(words.sentence(job));
        icon.setIconCode(
                switch (phase) {
                    case UNDER_WAY -> TransferWords.icon(job.direction());
                    case DONE -> Feather.CHECK;
                    case FAILED -> Feather.ALERT_OCTAGON;
                    case CANCELLED -> Feather.SLASH;
                });
        getStyleClass().removeAll("done", "failed");
        switch (phase) {
            case DONE -> getStyleClass().add("done");
            case FAILED -> getStyleClass().add("failed");
            case UNDER_WAY, CANCELLED -> {}
        }
        shown(bar, phase == Phase.UNDER_WAY);
        shown(failed, phase == Phase.FAILED);
        shown(line, phase == Phase.UNDER_WAY || phase == Phase.DONE);
        buttons.getChildren().setAll(phase == Phase.UNDER_WAY ? new Node[] {cancel()} : over(phase));
        if (phase == Phase.DONE) {
            showOutcome();
        }
    }

    /// When it was and how long it took, how much travelled, and where it was saved.
    private void showOutcome() {
        long done = job.progress().get().now().done();
        numbers.setText(done > 0 ? messages.quantities().size(done) : "");
        String when = words.when(job);
        stage.setText(job.file().map(file -> when + " · " + file).orElse(when));
        stage.getTooltip()
                .setText(job.digest()
                        .map(Digest::toString)
                        .or(() -> job.file().map(String::valueOf))
                        .orElse(when));
        line.getChildren().setAll(stage, numbers);
        job.digest().ifPresent(this::offerDigest);
    }

    /// In the last place, where it is on every card.
    private void offerDigest(Digest digest) {
        CopyButton copy = new CopyButton(messages.text("transfer.copyDigest", job.name()), digest::toString);
        copy.setId("copy-digest");
        line.getChildren().add(copy);
    }

    private Node cancel() {
        Button cancel = new Button(messages.text("import.cancel"));
        cancel.getStyleClass().addAll("small", "cancel");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setAccessibleText(messages.text("transfer.cancelNamed", words.subject(job)));
        cancel.setOnAction(event -> context.transfers().cancel(job));
        return cancel;
    }

    private Node[] over(Phase phase) {
        Button dismiss = iconButton(Feather.X, "transfer.dismiss");
        dismiss.getStyleClass().add("dismiss");
        dismiss.setOnAction(event -> context.transfers().dismiss(job));
        if (phase == Phase.DONE) {
            return new Node[] {dismiss};
        }
        Button again = new Button(messages.text("transfer.retry"), new FontIcon(Feather.ROTATE_CW));
        again.getStyleClass().addAll("small", "retry");
        again.setMinWidth(USE_PREF_SIZE);
        again.setAccessibleText(messages.text("transfer.retryNamed", words.subject(job)));
        again.setOnAction(event -> context.transfers().retry(job));
        return new Node[] {again, dismiss};
    }

    private Button iconButton(Ikon glyph, String key) {
        Button button = new Button("", new FontIcon(glyph));
        button.getStyleClass().addAll("flat", "icon-button");
        name(button, key);
        return button;
    }

    private void name(Button button, String key) {
        String name = messages.text(key, words.subject(job));
        button.setAccessibleText(name);
        button.setTooltip(new Tooltip(name));
    }

    private static void say(Label label, String text) {
        label.setText(text);
        label.getTooltip().setText(text);
    }

    private static void shown(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }
}
