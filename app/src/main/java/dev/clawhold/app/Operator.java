package dev.clawhold.app;

import dev.clawhold.linux.Terminal;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The machine and the operator, as the process finds them when it begins: the one place that reads
/// its environment.
///
/// @param home the operator's home directory
/// @param state where Clawhold keeps logs and the list of running sandboxes
/// @param installation the directory that Clawhold's own code is in
/// @param environment the variables that a workload may inherit: language and terminal
record Operator(Path home, Path state, Path installation, Map<String, String> environment) {

    static Operator current() {
        var environment = System.getenv();
        return of(environment, home(environment), System.getProperty("jdk.module.path", ""));
    }

    // As a shell finds it: the JDK's own answer for a user without an entry is `?`.
    private static Path home(Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("HOME", ""), System.getProperty("user.home", ""))
                .filter(home -> home.startsWith("/"))
                .findFirst()
                .map(Path::of)
                .orElse(Path.of("/"));
    }

    /// From what was found.
    ///
    /// @param modulePath of this JVM; empty: it runs from its working directory
    static Operator of(Map<String, String> environment, Path home, String modulePath) {
        var state =
                Optional.ofNullable(environment.get("XDG_STATE_HOME"))
                        .map(Path::of)
                        .filter(Path::isAbsolute)
                        .orElse(home.resolve(".local/state"))
                        .resolve("clawhold");
        return new Operator(home, state, jars(modulePath), environment);
    }

    /// Whether stdout is a terminal that shows colours, and the operator likes them (no-color.org).
    boolean colours() {
        return Terminal.is(1)
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }

    /// Where the list of this operator's running sandboxes is kept.
    Path sandboxes() {
        return state.resolve("sandboxes");
    }

    private static Path jars(String modulePath) {
        return Path.of(modulePath).toAbsolutePath().normalize();
    }
}
