package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.LayerStep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A step of an image, as the pyramid shows it.
///
/// @param layers how many the image has
/// @param width from 0 to 1: the square root of its size over that of the largest, so that small ones can be told apart
/// @param share of the image's bytes, from 0 to 1
/// @param sharedWith names of the other images that have this layer, sorted
/// @param owner the container whose writable layer it is, if it is one
public record PyramidStep(
        LayerStep step,
        int layers,
        double width,
        double share,
        List<String> sharedWith,
        Optional<WritableLayer.Owner> owner) {

    private static final int ID_DIGITS = 12;
    private static final String BUILDKIT = "# buildkit";

    /// A shell as builders call it, with options as those of `SHELL ["/bin/bash", "-o", "pipefail", "-c"]`.
    private static final String SHELL = "/(?:usr/)?bin/(?:ba|da|a)?sh (?:-[a-z]+ (?:pipefail )?){0,4}?-[a-z]*c ";

    private static final Pattern CONFIGURATION = Pattern.compile("^" + SHELL + "#\\(nop\\) +");

    /// The arguments of a build stand before the shell, as many as the number says.
    private static final Pattern RUN =
            Pattern.compile("^(?:RUN )?(?:\\|[0-9]{1,3} (?:[A-Za-z_][A-Za-z_0-9]*=.*? )?)?" + SHELL);

    private static final Pattern PORTS = Pattern.compile("EXPOSE map\\[([0-9a-z/:{} -]*)]");
    private static final Pattern LIST =
            Pattern.compile("((?:CMD|ENTRYPOINT|SHELL|VOLUME) )(\\[\".*\"])", Pattern.DOTALL);

    public PyramidStep {
        sharedWith = List.copyOf(sharedWith);
    }

    /// The writable layer of a container, on top of the image's; what it holds is told elsewhere, since it changes.
    static PyramidStep ofContainer(WritableLayer.Owner owner, int layers) {
        LayerStep step = new LayerStep(
                OptionalInt.of(layers + 1), Optional.empty(), "", Optional.empty(), "", "", 0, 0, 0, Optional.empty());
        return new PyramidStep(step, layers, 0, 0, List.of(), Optional.of(owner));
    }

    PyramidStep withSharedWith(List<String> names) {
        return new PyramidStep(step, layers, width, share, names, owner);
    }

    public boolean isWritable() {
        return owner.isPresent();
    }

    /// Whether it brings no bytes: the configuration alone has changed, or files are only hidden.
    public boolean isThin() {
        return !isWritable() && step.size() == 0;
    }

    /// The layer's number, the lowest being 1; 0 for a step that changed the configuration alone.
    public int layer() {
        return step.layer().orElse(0);
    }

    public boolean isShared() {
        return !sharedWith.isEmpty();
    }

    /// The beginning of the layer's diff-id; empty for a step without a layer.
    String shortDiffId() {
        return step.diffId()
                .map(id -> id.digest().hex().substring(0, ID_DIGITS))
                .orElse("");
    }

    /// Where in a Dockerfile it was asked for; empty where nobody recorded that.
    String place(Messages messages) {
        return step.lines().map(lines -> SourceWords.place(messages, lines)).orElse("");
    }

    /// The instruction as it can be shown, or that there is none; of a writable layer whose it is.
    String words(Messages messages) {
        if (owner.isPresent()) {
            return messages.text("pyramid.writable", owner.get().name());
        }
        return instruction().isEmpty() ? messages.text("layers.unknown") : PlainText.lines(instruction());
    }

    /// The instruction as a Dockerfile has it: without the shell that a builder has put before it.
    public String instruction() {
        return instruction(step.instruction());
    }

    /// As [#instruction()], of what a history says: that of the classic builder, `/bin/sh -c #(nop) CMD …` and
    /// `|1 A=b /bin/sh -c make`, of BuildKit, `RUN |1 A=b /bin/sh -c make # buildkit`, or of others, as it is.
    public static String instruction(String createdBy) {
        String words = createdBy.strip();
        if (words.endsWith(BUILDKIT)) {
            words = words.substring(0, words.length() - BUILDKIT.length()).strip();
        }
        Matcher configuration = CONFIGURATION.matcher(words);
        if (configuration.find()) {
            return asWritten(words.substring(configuration.end()).strip());
        }
        Matcher run = RUN.matcher(words);
        return run.find() ? "RUN " + words.substring(run.end()).strip() : asWritten(words);
    }

    /// Builders print the lists of some instructions as Go does: `EXPOSE map[80/tcp:{}]`, `CMD ["nginx" "-g"]`.
    private static String asWritten(String words) {
        Matcher ports = PORTS.matcher(words);
        if (ports.matches()) {
            return "EXPOSE " + ports.group(1).replace(":{}", "");
        }
        Matcher list = LIST.matcher(words);
        return list.matches() ? list.group(1) + withCommas(list.group(2)) : words;
    }

    /// Between quoted words; what is not a list of these stays as it is.
    private static String withCommas(String quoted) {
        StringBuilder list = new StringBuilder(quoted.length());
        boolean inside = false;
        for (int i = 0; i < quoted.length(); i++) {
            char each = quoted.charAt(i);
            if (inside && each == '\\' && i + 1 < quoted.length()) {
                list.append(each).append(quoted.charAt(++i));
                continue;
            }
            inside ^= each == '"';
            boolean between = !inside && each == ' ' && quoted.startsWith("\" \"", i - 1);
            if (!inside && each != '"' && !between && i > 0 && i < quoted.length() - 1) {
                return quoted;
            }
            list.append(between ? ", " : each);
        }
        return list.toString();
    }
}
