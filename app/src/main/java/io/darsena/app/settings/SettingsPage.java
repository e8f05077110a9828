package io.darsena.app.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The pages of the settings, in their order.
public enum SettingsPage {
    APPEARANCE(Feather.SUN),
    DATA(Feather.HARD_DRIVE),
    LOGS(Feather.FILE_TEXT),
    TRASH(Feather.TRASH_2),
    TRUST(Feather.SHIELD),
    ENGINE(Feather.CPU),
    ABOUT(Feather.INFO);

    private final Ikon icon;

    SettingsPage(Ikon icon) {
        this.icon = icon;
    }

    public Ikon icon() {
        return icon;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SettingsPage> parse(String word) {
        return Stream.of(values()).filter(page -> page.word().equals(word)).findFirst();
    }
}
