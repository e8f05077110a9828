package io.darsena.engine.registry;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Places;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What a registry's refusal, or its silence, means to a person.
final class RegistryFailure {

    private static final int LARGEST_BODY = 64 << 10;
    private static final int LONGEST_WORD = 300;

    private RegistryFailure() {}

    /// Closes the answer.
    static EngineException of(Purpose purpose, Answer answer) {
        String said = said(answer);
        answer.close();
        String operation = purpose.operation();
        String subject = purpose.subject();
        return switch (answer.status()) {
            case Answer.UNAUTHORIZED, Answer.FORBIDDEN ->
                new DeniedException(
                        operation,
                        subject,
                        "the registry does not allow it, or there is no such repository" + said,
                        "check the name, or log in as somebody who may");
            case Answer.NOT_FOUND ->
                new NotFoundException(
                        operation,
                        subject,
                        "the registry has no such thing, or shows it to others only" + said,
                        "check the name and the tag");
            case Answer.METHOD_NOT_ALLOWED ->
                new InvalidRequestException(operation, subject, "the registry does not offer that" + said, "");
            case Answer.TOO_MANY ->
                new UnavailableException(
                        operation,
                        subject,
                        "the registry's rate limit is reached" + said,
                        "wait, or log in for a higher one");
            default ->
                answer.status() >= Answer.SERVER_ERROR
                        ? new UnavailableException(
                                operation, subject, "the registry answers " + answer.status() + said, "try again later")
                        : new InvalidRequestException(
                                operation, subject, "the registry answers " + answer.status() + said, "");
        };
    }

    /// The registry's own words (OCI distribution-spec, error codes), as far as they are fit to be shown.
    private static String said(Answer answer) {
        try {
            JsonObject body = JsonObject.parse(answer.body().readNBytes(LARGEST_BODY), "answer");
            return body.objects("errors").stream()
                    .findFirst()
                    .map(error -> words(error.textOrEmpty("code"), error.textOrEmpty("message")))
                    .or(() -> body.optionalText("details").map(details -> words("", details)))
                    .orElse("");
        } catch (IOException | CorruptedException unusable) {
            return "";
        }
    }

    private static String words(String code, String message) {
        String text = code.isEmpty() ? message : message.isEmpty() ? code : code + ", " + message;
        String clean = text.replaceAll("\\p{Cntrl}+", " ").strip();
        String bounded = clean.length() > LONGEST_WORD ? clean.substring(0, LONGEST_WORD) + "…" : clean;
        return bounded.isEmpty() ? "" : " (it says: " + bounded + ")";
    }

    static UnavailableException outOfReach(Purpose purpose, URI uri, IOException failure) {
        UnavailableException told = isTrust(failure)
                ? new UnavailableException(
                        purpose.operation(),
                        purpose.subject(),
                        "the registry at " + place(uri) + " shows a certificate that is not trusted: "
                                + reason(failure),
                        "give its authority in the registry's settings")
                : new UnavailableException(
                        purpose.operation(),
                        purpose.subject(),
                        "the registry at " + place(uri) + " cannot be reached: " + reason(failure),
                        "check the name and the network");
        told.initCause(failure);
        return told;
    }

    private static String place(URI uri) {
        return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }

    /// A certificate is refused, and trying again would change nothing. A handshake that merely breaks off is none.
    static boolean isTrust(IOException failure) {
        boolean certificate = failure instanceof SSLPeerUnverifiedException;
        for (Throwable each = failure; each != null && !certificate; each = each.getCause()) {
            certificate = each instanceof CertificateException;
        }
        return certificate;
    }

    static boolean isNoConnection(IOException failure) {
        return failure instanceof ConnectException;
    }

    static String reason(IOException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return "there is no such host";
            }
        }
        if (failure.getMessage() == null) {
            return isNoConnection(failure)
                    ? "nothing answers there"
                    : failure.getClass().getSimpleName();
        }
        return failure.getMessage();
    }

    static UnavailableException passing(Purpose purpose, URI uri, String reason) {
        return new UnavailableException(
                purpose.operation(), purpose.subject(), reason + " at " + Places.shown(uri), "try again later");
    }

    static DeniedException loginNeeded(Purpose purpose, String registry, Optional<String> refused) {
        return new DeniedException(
                purpose.operation(),
                purpose.subject(),
                refused.orElse(registry + " wants a login for it, or there is no such repository"),
                refused.isPresent()
                        ? "check the name and the password, or log in anew"
                        : "log in first, or check the name");
    }
}
