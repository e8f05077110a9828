package io.darsena.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CommandWordsProperties {

    @Property
    void aLineOfWordsIsReadBack(@ForAll List<String> words) {
        CommandWords read = CommandWords.of(CommandWords.line(words));
        assertThat(read.words()).isEqualTo(words);
        assertThat(read.isFinished()).isTrue();
    }

    @Property
    void noLineIsTooStrange(@ForAll String line) {
        assertThat(CommandWords.of(line)).isNotNull();
    }
}
