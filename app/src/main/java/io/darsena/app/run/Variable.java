package io.darsena.app.run;

import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One row of the environment. JavaFX thread only.
public final class Variable {

    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty value = new SimpleStringProperty("");

    Variable() {}

    Variable(String name, String value) {
        this.name.set(name);
        this.value.set(value);
    }

    public StringProperty name() {
        return name;
    }

    public StringProperty value() {
        return value;
    }

    /// Nothing was typed: the row counts for nothing.
    boolean isBlank() {
        return name.get().isBlank() && value.get().isEmpty();
    }

    boolean isValid() {
        return isBlank() || (!name.get().isBlank() && name.get().indexOf('=') < 0);
    }

    String entry() {
        return name.get().strip() + "=" + value.get();
    }

    /// Reads lines as they stand in an environment file: `NAME=value`, also with `export` before them or quotes around
    /// the value; blank lines and `#` comments are left out, and so is a line without `=`.
    static List<Variable> parse(String lines) {
        return lines.lines()
                .map(String::strip)
                .map(line -> line.startsWith("export ") ? line.substring(7).strip() : line)
                .filter(line -> !line.startsWith("#") && line.indexOf('=') > 0)
                .map(line -> new Variable(
                        line.substring(0, line.indexOf('=')).strip(), unquoted(line.substring(line.indexOf('=') + 1))))
                .toList();
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("'") || value.startsWith("\""))
                && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
