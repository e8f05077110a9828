package io.darsena.runtime.seccomp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/// The numbers of the system calls of one [Abi], as the kernel sees them (x32's marked by their bit). Immutable; read
/// once from the resource `syscalls.tsv`.
public final class SyscallTable {

    private static final List<Abi> COLUMNS = List.of(Abi.X86_64, Abi.I386, Abi.X32, Abi.AARCH64, Abi.ARM);

    private final Map<String, Integer> numbers;
    private final Map<Integer, String> names;

    private SyscallTable(Map<String, Integer> numbers) {
        this.numbers = Map.copyOf(numbers);
        Map<Integer, String> byNumber = new TreeMap<>();
        numbers.forEach((name, number) -> {
            String other = byNumber.putIfAbsent(number, name);
            if (other != null) {
                throw new IllegalStateException("syscalls.tsv gives " + other + " and " + name + " the same number");
            }
        });
        this.names = Map.copyOf(byNumber);
    }

    public static SyscallTable of(Abi abi) {
        SyscallTable table = Tables.ALL.get(abi);
        if (table == null) {
            throw new IllegalStateException("syscalls.tsv has no column for " + abi);
        }
        return table;
    }

    /// Empty when this convention has no such call.
    public OptionalInt number(String name) {
        Integer number = numbers.get(name);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /// The call's name, or `#NUMBER` for a number that stands for none that is known here.
    public String name(int number) {
        return names.getOrDefault(number, "#" + Integer.toUnsignedString(number));
    }

    public Set<String> names() {
        return numbers.keySet();
    }

    /// Loaded at the first use: filters of earlier starts are cached as files and need no table.
    private static final class Tables {
        static final Map<Abi, SyscallTable> ALL = read();

        private static Map<Abi, SyscallTable> read() {
            Map<Abi, Map<String, Integer>> columns = new EnumMap<>(Abi.class);
            COLUMNS.forEach(abi -> columns.put(abi, new HashMap<>()));
            try (InputStream resource = SeccompResource.open("syscalls.tsv");
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(resource, StandardCharsets.US_ASCII))) {
                lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> readLine(line, columns));
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read the resource syscalls.tsv", failure);
            }
            Map<Abi, SyscallTable> tables = new EnumMap<>(Abi.class);
            columns.forEach((abi, numbers) -> tables.put(abi, new SyscallTable(numbers)));
            return tables;
        }

        private static void readLine(String line, Map<Abi, Map<String, Integer>> columns) {
            List<String> fields = List.of(line.split("\t", -1));
            if (fields.size() != COLUMNS.size() + 1) {
                throw new IllegalStateException("syscalls.tsv has a line of " + fields.size() + " fields: " + line);
            }
            for (int column = 0; column < COLUMNS.size(); column++) {
                String number = fields.get(column + 1);
                Abi abi = COLUMNS.get(column);
                Map<String, Integer> numbers = columns.get(abi);
                if (numbers != null && !number.equals("-")) {
                    numbers.put(fields.getFirst(), Integer.parseInt(number) | abi.numberBits());
                }
            }
        }
    }
}
