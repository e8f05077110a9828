package io.darsena.app.screen;

import io.darsena.app.action.Actions;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.WindowMemory;

/// What every view is given when it is made.
///
/// @param memory what the window keeps between starts
/// @param sections which places the sidebar shows
/// @param actions what can be asked of the window, in the language of `messages`
public record WindowContext(
        EngineSession session,
        Commands commands,
        Transfers transfers,
        KnownRegistries registries,
        FxPump pump,
        Messages messages,
        Navigation navigation,
        Appearance appearance,
        WindowMemory memory,
        ShownSections sections,
        Actions actions) {

    /// The same window in another language; its actions are to be said anew.
    public WindowContext withMessages(Messages others) {
        return new WindowContext(
                session,
                commands,
                transfers,
                registries,
                pump,
                others,
                navigation,
                appearance,
                memory,
                sections,
                new Actions());
    }
}
