package io.darsena.engine.registry;

import io.darsena.engine.registry.http.HttpTransport;
import io.darsena.engine.registry.http.Places;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a list goes on (RFC 8288, `Link: <…>; rel="next"`).
final class NextPage {

    private static final Pattern LINK = Pattern.compile("<([^<>]{1,4096})>([^<]*)");
    private static final Pattern NEXT = Pattern.compile(";\\s*rel\\s*=\\s*\"?next\"?", Pattern.CASE_INSENSITIVE);

    private NextPage() {}

    /// At the same place only: a list does not go on elsewhere.
    static Optional<URI> of(URI page, List<String> links) {
        for (String header : links) {
            Matcher link = LINK.matcher(header);
            while (link.find()) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return HttpTransport.resolved(page, link.group(1)).filter(next -> Places.isSameOrigin(page, next));
                }
            }
        }
        return Optional.empty();
    }
}
