package io.darsena.app.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the person arranged the columns of a list, as it is remembered: `state=148 name=168 -image=220 +id=96; name
/// down`.
///
/// @param columns in their order
/// @param sorting the column that sorts, if one does
record ColumnLayout(List<Column> columns, Optional<Sorting> sorting) {

    private static final Pattern COLUMN = Pattern.compile("([-+]?)([a-zA-Z]{1,32})=([0-9]{1,4})");
    private static final Pattern SORTING = Pattern.compile("([a-zA-Z]{1,32}) (up|down)");

    ColumnLayout {
        columns = List.copyOf(columns);
    }

    /// What the person wants of a column.
    enum Wish {
        /// Nothing: it is shown if there is room for it.
        NONE(""),
        SHOWN("+"),
        HIDDEN("-");

        private final String sign;

        Wish(String sign) {
            this.sign = sign;
        }

        private static Wish of(String sign) {
            return Stream.of(values())
                    .filter(wish -> wish.sign.equals(sign))
                    .findFirst()
                    .orElse(NONE);
        }
    }

    record Column(String id, Wish wish, int width) {
        @Override
        public String toString() {
            return wish.sign + id + "=" + width;
        }
    }

    record Sorting(String id, boolean ascending) {
        @Override
        public String toString() {
            return id + (ascending ? " up" : " down");
        }
    }

    /// Reads what it can: the file is the person's, and what somebody else wrote into it must not break the list.
    static ColumnLayout parse(String text) {
        String[] parts = text.split(";", 2);
        Map<String, Column> columns = new LinkedHashMap<>();
        for (String word : parts[0].strip().split(" +")) {
            Matcher matcher = COLUMN.matcher(word);
            if (matcher.matches()) {
                columns.putIfAbsent(
                        matcher.group(2),
                        new Column(matcher.group(2), Wish.of(matcher.group(1)), Integer.parseInt(matcher.group(3))));
            }
        }
        Optional<Sorting> sorting = Stream.of(parts)
                .skip(1)
                .map(rest -> SORTING.matcher(rest.strip()))
                .filter(Matcher::matches)
                .map(matcher -> new Sorting(matcher.group(1), matcher.group(2).equals("up")))
                .findFirst();
        return new ColumnLayout(List.copyOf(columns.values()), sorting);
    }

    @Override
    public String toString() {
        return columns.stream().map(Column::toString).collect(Collectors.joining(" "))
                + sorting.map(by -> "; " + by).orElse("");
    }
}
