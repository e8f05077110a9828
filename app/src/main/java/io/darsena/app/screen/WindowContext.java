package io.darsena.app.screen;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Imports;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.WindowMemory;

/// What every view is given when it is made.
public record WindowContext(
        EngineSession session,
        Commands commands,
        Imports imports,
        FxPump pump,
        Messages messages,
        Navigation navigation,
        Appearance appearance,
        WindowMemory memory) {

    /// The same window in another language.
    public WindowContext withMessages(Messages others) {
        return new WindowContext(session, commands, imports, pump, others, navigation, appearance, memory);
    }
}
