package dev.clawhold.app;

import dev.clawhold.cli.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The demo while its agent runs: each report is held against what was promised and becomes a row;
/// where the agent waits, the policy is edited.
final class DemoPlay {
    private static final int SETUP_FAILED = 125;
    private static final int LONGEST_SECONDS = 60;
    private static final int ENDING_SECONDS = 5;

    private final DemoFiles files;
    private final DemoTable table;
    private final List<DemoAttempt> attempts;
    private final Map<String, Boolean> kept = new LinkedHashMap<>();
    private boolean added;
    private boolean explained;
    private long savedAt;

    DemoPlay(DemoFiles files, DemoTable table, List<DemoAttempt> attempts) {
        this.files = files;
        this.table = table;
        this.attempts = attempts;
    }

    /// Runs it to its end.
    ///
    /// @param command the whole of `clawhold run …`
    /// @return how many attempts were as promised
    int run(List<String> command) {
        try {
            var child = start(command);
            var hook = new Thread(() -> end(child), "end");
            Runtime.getRuntime().addShutdownHook(hook);
            read(child);
            int status = child.waitFor();
            forget(hook);
            if (status == SETUP_FAILED) {
                throw setupFailed();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new CommandException("the demo was interrupted", "", e);
        }
        missing();
        return (int) kept.values().stream().filter(Boolean::booleanValue).count();
    }

    private static void forget(Thread hook) throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            hook.join(); // the end has begun
            throw new CommandException("the demo was interrupted", "", e);
        }
    }

    private Process start(List<String> command) throws IOException {
        var child =
                new ProcessBuilder(command)
                        .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                        .redirectError(files.stderr().toFile())
                        .start();
        var _ =
                child.onExit()
                        .orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS)
                        .whenComplete((_, late) -> {
                            if (late != null) {
                                child.destroy();
                            }
                        });
        return child;
    }

    // For Ctrl-C: nothing is left behind then either.
    private void end(Process child) {
        child.destroy();
        try {
            if (!child.waitFor(ENDING_SECONDS, TimeUnit.SECONDS)) {
                child.destroyForcibly();
            }
        } catch (InterruptedException _) {
            child.destroyForcibly();
        }
        files.close();
    }

    private void read(Process child) throws IOException {
        var promised = new HashMap<String, DemoAttempt>();
        attempts.forEach(attempt -> promised.put(attempt.name(), attempt));
        try (var in =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var report = DemoAttempt.Report.parse(line);
                var attempt = promised.get(report.name());
                if (attempt != null) {
                    show(attempt, report);
                } else if (report.name().equals("wait")) {
                    edit();
                }
            }
        }
    }

    private void show(DemoAttempt attempt, DemoAttempt.Report report) {
        boolean good = attempt.isKept(report);
        kept.put(attempt.name(), good);
        table.row(
                attempt,
                good,
                report.outcome().equals("worked"),
                report.told() + attempt.meaning() + afterTheSave());
        if (!explained && !report.hint().isEmpty()) {
            explained = true;
            table.hint(report.hint());
        }
    }

    private String afterTheSave() {
        if (savedAt == 0) {
            return "";
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - savedAt);
        savedAt = 0;
        return ", after " + millis + " ms";
    }

    // What the operator would do in an editor.
    private void edit() {
        if (!added) {
            added = true;
            table.operator("you add `" + DemoAttempt.FILES + "` to the policy and save it");
            savedAt = System.nanoTime();
            files.list(List.of(DemoAttempt.API, DemoAttempt.FILES));
        } else {
            table.operator("you take it out again, in the middle of a download");
            savedAt = System.nanoTime();
            files.list(List.of(DemoAttempt.API));
        }
    }

    private void missing() {
        for (var attempt : attempts) {
            if (!kept.containsKey(attempt.name())) {
                table.missing(attempt);
            }
        }
    }

    private CommandException setupFailed() {
        var said = files.messages();
        var first = said.isEmpty() ? "no reason was given" : said.getFirst();
        var hint =
                said.stream()
                        .filter(line -> line.startsWith("hint: "))
                        .findFirst()
                        .orElse("hint: ");
        return new CommandException(
                first.replaceFirst("^clawhold: ", ""), hint.substring("hint: ".length()));
    }
}
