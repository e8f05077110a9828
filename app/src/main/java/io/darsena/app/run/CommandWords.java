package io.darsena.app.run;

import java.util.ArrayList;
import java.util.List;

/// A command line split as a shell splits it: blanks part words; `'…'` takes everything as it is; in `"…"` a backslash
/// escapes `"`, `\`, `$` and a backtick; outside quotes it escapes any character. Nothing is expanded: `$HOME` and `*`
/// stay what they are, because no shell runs unless the command is one.
///
/// @param words what will be executed
/// @param unfinished the quote, or the backslash, that waits for its other half; a blank when none does
public record CommandWords(List<String> words, char unfinished) {

    public CommandWords {
        words = List.copyOf(words);
    }

    public static CommandWords of(String line) {
        return new Reading(line).read();
    }

    public boolean isFinished() {
        return unfinished == ' ';
    }

    /// A line that [#of] reads back to the same words.
    public static String line(List<String> words) {
        return String.join(" ", words.stream().map(CommandWords::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static final class Reading {

        private final String line;
        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private boolean inWord;
        private char quote = ' ';

        Reading(String line) {
            this.line = line;
        }

        CommandWords read() {
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                boolean escapes = c == '\\' && quote != '\'';
                if (escapes && i + 1 == line.length() && quote == ' ') {
                    return new CommandWords(words, '\\');
                } else if (escapes && i + 1 < line.length() && isEscapable(line.charAt(i + 1))) {
                    i++;
                    add(line.charAt(i));
                } else {
                    take(c);
                }
            }
            endWord();
            return new CommandWords(words, quote);
        }

        private boolean isEscapable(char next) {
            return quote == ' ' || "\"\\$`".indexOf(next) >= 0;
        }

        private void take(char c) {
            if (quote != ' ') {
                if (c == quote) {
                    quote = ' ';
                } else {
                    add(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                endWord();
            } else {
                add(c);
            }
        }

        private void add(char c) {
            inWord = true;
            word.append(c);
        }

        private void endWord() {
            if (inWord) {
                words.add(word.toString());
                word.setLength(0);
                inWord = false;
            }
        }
    }
}
