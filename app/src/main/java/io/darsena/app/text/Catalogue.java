package io.darsena.app.text;

import java.util.ArrayList;
import java.util.List;

/// The entries of a catalogue in gettext's form: `msgctxt`, `msgid` and `msgstr`, each one string or several to be
/// joined, and comments. Entries without a `msgid` are the header.
final class Catalogue {

    /// @param context may be empty
    record Entry(String context, String original, String translation) {}

    private final List<Entry> entries = new ArrayList<>();
    private StringBuilder context = new StringBuilder();
    private StringBuilder original = new StringBuilder();
    private StringBuilder translation = new StringBuilder();
    private StringBuilder present = context;

    /// @throws IllegalArgumentException at a line of another form
    Catalogue(List<String> lines) {
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                read(line.strip());
            }
        }
        end();
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    private void read(String line) {
        if (line.startsWith("msgctxt ")) {
            end();
            present = context;
        } else if (line.startsWith("msgid ")) {
            if (present != context) {
                end();
            }
            present = original;
        } else if (line.startsWith("msgstr ")) {
            present = translation;
        }
        int quote = line.indexOf('"');
        if (quote < 0 || quote == line.length() - 1 || !line.endsWith("\"")) {
            throw new IllegalArgumentException("not a line of a catalogue: " + line);
        }
        present.append(unescaped(line.substring(quote + 1, line.length() - 1)));
    }

    private void end() {
        if (!original.isEmpty()) {
            if (translation.isEmpty()) {
                throw new IllegalArgumentException("without a translation: " + original);
            }
            entries.add(new Entry(context.toString(), original.toString(), translation.toString()));
        }
        context = new StringBuilder();
        original = new StringBuilder();
        translation = new StringBuilder();
        present = context;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\\' && i + 1 < text.length()) {
                i++;
                letter = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
            }
            plain.append(letter);
        }
        return plain.toString();
    }
}
