package io.darsena.app.main;

import io.darsena.launch.Serve;
import io.darsena.launch.log.LogPlaces;
import java.util.Arrays;
import java.util.List;

/// Where the program begins: the window, or after the word `serve` the engine without one. It is no application of
/// JavaFX's itself: Java's launcher would start the toolkit, and fail where there is no display, before an option was
/// read.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (!given.isEmpty() && given.getFirst().equals("serve")) {
            Serve.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        if (given.contains("--help")) {
            System.out.println(AppOptions.USAGE);
            return;
        }
        AppOptions options;
        try {
            options = AppOptions.parse(given);
        } catch (IllegalArgumentException wrong) {
            System.err.println("darsena: " + wrong.getMessage());
            System.exit(2);
            return;
        }
        options.root().ifPresent(LogPlaces::below);
        DarsenaApp.open(options, given);
    }
}
