package io.darsena.app.list;

import io.darsena.app.session.Batch;
import io.darsena.app.session.Failure;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What to say when a request to many things did not reach all of them.
public final class BatchWords {

    private static final int MOST_REASONS = 3;
    private static final int MOST_NAMES = 5;

    private BatchWords() {}

    /// One failure for all that failed: how many of how many, then each reason with the names it holds for.
    ///
    /// @param failed not empty
    /// @param subject of how many (`{0}` of `{1}` containers), as a key of the message bundles
    public static Failure failure(Messages messages, String subject, Batch batch, List<Batch.Failed> failed) {
        Map<String, List<String>> byReason = failed.stream()
                .collect(Collectors.groupingBy(
                        each -> each.failure().reason(),
                        LinkedHashMap::new,
                        Collectors.mapping(Batch.Failed::name, Collectors.toList())));
        EngineWords words = new EngineWords(messages);
        String reasons = byReason.entrySet().stream()
                .limit(MOST_REASONS)
                .map(entry -> names(messages, entry.getValue()) + ": " + words.clause(entry.getKey()))
                .collect(Collectors.joining("\n"));
        String more = byReason.size() > MOST_REASONS
                ? "\n" + messages.text("bulk.moreReasons", byReason.size() - MOST_REASONS)
                : "";
        String details = failed.stream()
                .map(each -> each.name() + ": " + each.failure().details())
                .collect(Collectors.joining("\n\n"));
        return new Failure(
                failed.getFirst().failure().kind(),
                batch.operation(),
                messages.text(subject, failed.size(), batch.size()),
                reasons + more,
                remedy(messages, batch, failed),
                details,
                true);
    }

    private static String names(Messages messages, List<String> names) {
        String listed = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? messages.text("bulk.moreNames", listed, names.size() - MOST_NAMES) : listed;
    }

    /// The engine's own, where it is the same for all.
    private static String remedy(Messages messages, Batch batch, List<Batch.Failed> failed) {
        List<String> remedies =
                failed.stream().map(each -> each.failure().remedy()).distinct().toList();
        String theirs = remedies.size() == 1 ? new EngineWords(messages).sentence(remedies.getFirst()) : "";
        int well = batch.size() - failed.size();
        String others = well == 0 ? "" : messages.text("bulk.othersWell", well);
        return theirs.isEmpty() || others.isEmpty() ? theirs + others : theirs + " · " + others;
    }
}
