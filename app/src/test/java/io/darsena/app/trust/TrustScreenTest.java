package io.darsena.app.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.Section;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Rules, keys and signatures as a person uses them.
@Timeout(90)
class TrustScreenTest {

    private static final ImageReference NAME = ImageReference.parse("localhost:5000/team/web:1");

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        FakeEngine engine = new FakeEngine();
        Images images = engine.images();
        images.tag(images.find(FakeEngine.STARTER).orElseThrow().id(), NAME);
        engine.registries().push(NAME, Optional.empty(), told -> {});
        window = new WindowOnFakeEngine(engine, folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    private FakeEngine engine() {
        return (FakeEngine) window.engine();
    }

    private void go(Runnable place) {
        ToolkitStart.onFxThread(() -> {
            place.run();
            return true;
        });
    }

    private void write(String text) {
        Window front = Window.getWindows().stream()
                .filter(shown -> shown.isFocused() && !shown.equals(window.stage()))
                .findFirst()
                .orElse(window.stage());
        window.robot().targetWindow(front).write(text);
    }

    private void press(KeyCode key) {
        window.robot().press(key).release(key);
    }

    @Test
    void aRuleAndAKeyAreMadeByKeyboard() {
        go(() -> window.window().context().navigation().showSettings("trust"));
        TextField scope = window.node("#trust-scope", TextField.class);
        go(scope::requestFocus);
        window.until(scope::isFocused);
        write("Not A Scope");
        window.until(() -> window.says(text -> text.startsWith("A registry or repository in full")));
        go(() -> scope.setText("team/app"));
        window.until(() -> window.says(text -> text.startsWith("A registry or repository in full")));
        go(() -> scope.setText("GHCR.io:443/acme"));
        window.until(() -> window.says("Will be the rule for ghcr.io/acme"::equals));
        go(() -> scope.setText("docker.io/nginx"));
        window.until(() -> window.says(
                "Will be the rule for docker.io/library/nginx, and for everything below docker.io/nginx/"::equals));
        go(scope::clear);
        write("localhost:5000/team");
        press(KeyCode.ENTER);
        window.until(() -> engine().settings().trust().rules().size() == 1);
        ComboBox<?> demand = window.node("#trust-demand-0", ComboBox.class);
        go(demand::requestFocus);
        window.until(demand::isFocused);
        press(KeyCode.DOWN);
        window.until(() -> engine().settings().trust().rules().getFirst().demand() == Demand.REFUSE);

        Button make = window.node("#trust-make-key", Button.class);
        go(make::fire);
        TextField name = window.node("#key-name", TextField.class);
        window.until(name::isFocused);
        write("team");
        press(KeyCode.TAB);
        write("open sesame");
        press(KeyCode.TAB);
        write("open sesame");
        press(KeyCode.ENTER);
        window.until(() -> engine().trust().signingKeys().size() == 1);
        window.until(() -> window.says("Unlocked"::equals));
        assertThat(engine().settings().trust().keys()).hasSize(1);
    }

    @Test
    void aRuleThatWasRemovedComesBackAsItWas() {
        TrustRule first = new TrustRule("ghcr.io/acme", Demand.WARN, List.of(), Optional.empty());
        TrustRule second = new TrustRule("localhost:5000", Demand.REFUSE, List.of(), Optional.empty());
        engine().change(engine().settings()
                .withTrust(engine().settings().trust().with(first).with(second)));
        go(() -> window.window().context().navigation().showSettings("trust"));
        Button remove = window.node("#trust-remove-1", Button.class);
        go(() -> {
            remove.requestFocus();
            remove.fire();
        });
        window.until(() -> engine().settings().trust().rules().equals(List.of(first)));
        window.until(() -> window.says("Removed the rule for localhost:5000"::equals));
        window.until(() -> window.node("#trust-remove-0", Button.class).isFocused());
        window.robot().press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> engine().settings().trust().rules().equals(List.of(first, second)));
        window.until(() -> !window.says("Removed the rule for localhost:5000"::equals));

        // Where no rule is left, the keyboard is in the field for a new one, which keeps Ctrl+Z for itself as a rule.
        engine().change(engine().settings()
                .withTrust(engine().settings().trust().withoutRule(first.scope())));
        window.until(() -> !window.says("ghcr.io/acme"::equals));
        Button last = window.node("#trust-remove-0", Button.class);
        go(() -> {
            last.requestFocus();
            last.fire();
        });
        TextField scope = window.node("#trust-scope", TextField.class);
        window.until(scope::isFocused);
        window.robot().press(KeyCode.CONTROL, KeyCode.Z).release(KeyCode.CONTROL, KeyCode.Z);
        window.until(() -> engine().settings().trust().rules().equals(List.of(second)));
    }

    @Test
    void whatIsNotSignedIsMarkedAndSignedFromItsDetail() {
        engine().change(engine().settings()
                .withTrust(engine().settings()
                        .trust()
                        .with(new TrustRule("localhost:5000", Demand.WARN, List.of(), Optional.empty()))));
        engine().trust().generate("team", new Secret("open sesame"));
        engine().trust().lockAll();
        engine().registries().pull(PullRequest.of(NAME), told -> {});
        go(() -> window.window().context().navigation().go(Section.IMAGES));
        window.until(() -> window.says(NAME.familiarRepository()::equals));
        TrustMark mark = window.node(".trust-mark.warning", TrustMark.class);
        assertThat(mark.getAccessibleText()).isEqualTo("Not signed");
        window.click(NAME.familiarRepository());
        Label sentence = window.node("#trust-sentence", Label.class);
        window.until(() -> sentence.getText().equals("Not signed"));
        Button sign = window.node("#trust-sign", Button.class);
        go(sign::fire);
        window.until(() -> window.says(("Sign " + NAME.familiar())::equals));
        press(KeyCode.ENTER);
        window.until(() -> window.says("Unlock the signing key team"::equals));
        write("open sesame");
        press(KeyCode.ENTER);
        window.until(() -> sentence.getText().equals("Signed with team"));
        assertThat(engine().trust().report().of(NAME).orElseThrow().signatures())
                .isEqualTo(new Signatures.Signed(List.of("team")));
        window.until(() -> window.node(".trust-mark.good", TrustMark.class).isVisible());
    }

    @Test
    void aKeyWithoutAPasswordIsUnlockedWithoutOne() {
        engine().trust().generate("bare", Secret.EMPTY);
        engine().trust().lockAll();
        go(() -> KeyDialog.unlock(window.window().context(), null, "bare", () -> {}));
        window.until(() -> window.says("Unlock the signing key bare"::equals));
        press(KeyCode.ENTER);
        window.until(() -> engine().trust().signingKeys().getFirst().unlocked());
    }
}
