package io.darsena.app.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.app.action.Action.Group;
import io.darsena.app.text.Messages;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

class ActionsTest {

    private static final KeyCombination CONTROL_N = new KeyCodeCombination(KeyCode.N, KeyCombination.SHORTCUT_DOWN);

    private final Actions actions = new Actions();
    private final AtomicInteger times = new AtomicInteger();

    private Action action(String id, boolean possible, KeyCombination... keys) {
        return new Action(id, Group.COMMANDS, id, Feather.BOX, List.of(keys), () -> possible, times::incrementAndGet);
    }

    private static KeyEvent control(KeyCode code) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, true, false, false);
    }

    @Test
    void aKeyDoesWhatItStandsForAndIsConsumed() {
        actions.add(action("run", true, CONTROL_N));
        KeyEvent event = control(KeyCode.N);
        actions.hear(event, any -> true);
        assertThat(times).hasValue(1);
        assertThat(event.isConsumed()).isTrue();
    }

    @Test
    void aKeyOfWhatIsImpossibleOrNotAdmittedDoesNothing() {
        actions.add(action("run", false, CONTROL_N));
        KeyEvent event = control(KeyCode.N);
        actions.hear(event, any -> true);
        assertThat(event.isConsumed()).isFalse();
        Actions others = new Actions();
        others.add(action("run", true, CONTROL_N));
        others.hear(control(KeyCode.N), none -> false);
        assertThat(times).hasValue(0);
    }

    @Test
    void twoActionsCannotHaveOneKeyOrOneIdentity() {
        actions.add(action("run", true, CONTROL_N));
        assertThatThrownBy(() -> actions.add(action("other", true, CONTROL_N))).hasMessageContaining("run");
        assertThatThrownBy(() -> actions.add(action("run", true))).hasMessageContaining("run");
    }

    @Test
    void theOverviewIsToldEveryKeyAndShowsEachThatIsPrintedOtherwiseOnce() {
        KeyCombination pad = new KeyCodeCombination(KeyCode.ADD, KeyCombination.SHORTCUT_DOWN);
        KeyCombination plus =
                new KeyCodeCombination(KeyCode.PLUS, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY);
        KeyCombination equals =
                new KeyCodeCombination(KeyCode.EQUALS, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_ANY);
        KeyCombination f1 = new KeyCodeCombination(KeyCode.F1);
        actions.add(action("zoom", true, plus, equals, pad, f1));
        actions.add(action("none", true));
        List<Shortcut> told = actions.shortcuts();
        assertThat(told).hasSize(1);
        assertThat(told.getFirst().keys()).containsExactly(plus, equals, pad, f1);
        assertThat(KeyWords.distinct(told.getFirst(), Messages.in(Locale.ENGLISH)))
                .containsExactly(List.of("Ctrl", "+"), List.of("F1"));
    }

    @Test
    void keysAreNamedAsTheyArePrinted() {
        KeyCombination palette =
                new KeyCodeCombination(KeyCode.P, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);
        assertThat(KeyWords.of(palette, Messages.in(Locale.ENGLISH))).isEqualTo("Ctrl+Shift+P");
        assertThat(KeyWords.of(palette, Messages.in(Locale.ITALIAN))).isEqualTo("Ctrl+Maiusc+P");
        assertThat(KeyWords.of(
                        new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN), Messages.in(Locale.ENGLISH)))
                .isEqualTo("Alt+←");
    }
}
