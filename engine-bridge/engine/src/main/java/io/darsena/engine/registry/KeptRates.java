package io.darsena.engine.registry;

import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.SeenRate;
import io.darsena.engine.paths.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What registries last said of their limits, in a file that outlives the engine: a registry a line. A file that
/// cannot be read or written costs only what was said before. Safe for use by several threads.
final class KeptRates {

    private static final Logger LOG = LoggerFactory.getLogger(KeptRates.class);
    private static final int MEMBERS = 5;

    private final Path file;
    private final Map<RegistryHost, SeenRate> rates = new HashMap<>();

    KeptRates(Path file) {
        this.file = file;
        try {
            Files.readAllLines(file).forEach(this::read);
        } catch (NoSuchFileException first) {
            // nobody has told any yet
        } catch (IOException unreadable) {
            LOG.warn("cannot read {}: {}", file, unreadable.toString());
        }
    }

    private void read(String line) {
        String[] words = line.split(" ");
        try {
            if (words.length == MEMBERS) {
                RateGauge rate = new RateGauge(
                        Long.parseLong(words[1]),
                        Long.parseLong(words[2]),
                        Duration.ofSeconds(Long.parseLong(words[3])));
                RegistryHost host = new RegistryHost(words[0]);
                rates.put(host, new SeenRate(host, rate, Instant.parse(words[4])));
            }
        } catch (IllegalArgumentException | DateTimeException malformed) {
            LOG.warn("{}: what it says is passed over: {}", file, malformed.toString());
        }
    }

    /// Takes over what was seen since, and tells all, sorted by their registries.
    synchronized List<SeenRate> with(List<SeenRate> seen) {
        boolean news = false;
        for (SeenRate each : seen) {
            news |= !each.equals(rates.put(each.registry(), each));
        }
        List<SeenRate> all = rates.values().stream()
                .sorted(Comparator.comparing(SeenRate::registry))
                .toList();
        if (news) {
            write(all);
        }
        return all;
    }

    private void write(List<SeenRate> all) {
        try {
            PrivateFile.replace(file, all.stream().map(KeptRates::line).collect(Collectors.joining()));
        } catch (IOException unwritable) {
            LOG.warn("cannot write {}: {}", file, unwritable.toString());
        }
    }

    private static String line(SeenRate seen) {
        RateGauge rate = seen.rate();
        return String.join(
                        " ",
                        seen.registry().name(),
                        Long.toString(rate.limit()),
                        Long.toString(rate.remaining()),
                        Long.toString(rate.window().toSeconds()),
                        seen.at().toString())
                + "\n";
    }
}
