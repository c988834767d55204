package dev.clawhold.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process that a test has started, with what it says so far. Every wait has a bound, and closing
/// ends the process with all that it has started.
final class Held implements AutoCloseable {
    /// The longest that anything here may take, on a machine that is busy with other things.
    static final Duration BOUND = Duration.ofSeconds(40);

    /// How a process ended and what it said.
    record Finished(int status, String out, String err) {
        /// Both streams, for messages that may stand in either.
        String all() {
            return out + err;
        }
    }

    private final Process process;
    private final Text out;
    private final Text err;
    private final Set<ProcessHandle> seen = new LinkedHashSet<>();

    private Held(Process process) {
        this.process = process;
        this.out = new Text(process.getInputStream());
        this.err = new Text(process.getErrorStream());
    }

    static Held start(List<String> command, Map<String, String> environment) {
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new Held(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a tool that must succeed.
    static String tool(String... command) {
        try (var tool = start(List.of(command), Map.of("PATH", "/usr/bin:/bin:/usr/sbin"))) {
            var finished = tool.finish();
            if (finished.status() != 0) {
                fail("%s: %s", String.join(" ", command), finished);
            }
            return finished.out();
        }
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /// All processes below this one, as the host sees them.
    Set<ProcessHandle> below() {
        process.descendants().forEach(seen::add);
        return Set.copyOf(seen);
    }

    String said() {
        return out.sofar();
    }

    String complained() {
        return err.sofar();
    }

    /// Waits until the process has written this text to its standard output.
    Held says(String text) {
        out.await(text, this);
        return this;
    }

    /// Waits until the process has written this text to its standard error.
    Held complains(String text) {
        err.await(text, this);
        return this;
    }

    Held hear(String line) {
        try {
            var in = process.getOutputStream();
            in.write((line + "\n").getBytes(UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Held hearEnd() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            return this; // it has ended
        }
        return this;
    }

    void signal(String name) {
        tool("kill", "-" + name, Long.toString(process.pid()));
    }

    Finished finish() {
        try {
            if (!process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS)) {
                fail("did not end: %s", this);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return new Finished(process.exitValue(), out.whole(), err.whole());
    }

    /// Waits until the process and all that wrote to its output have ended.
    void awaitSilence() {
        out.whole();
        err.whole();
    }

    @Override
    public void close() {
        var all = below();
        process.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "out: " + out.sofar() + "\nerr: " + err.sofar();
    }

    /// A stream's text as it comes.
    private static final class Text {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> end = new CompletableFuture<>();

        Text(InputStream in) {
            Thread.ofVirtual().start(() -> read(in));
        }

        private void read(InputStream in) {
            var buffer = new byte[8192];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (text) {
                        text.append(new String(buffer, 0, n, UTF_8));
                        text.notifyAll();
                    }
                }
            } catch (IOException _) {
                // closed by the end of its process
            }
            end.complete(sofar());
            synchronized (text) {
                text.notifyAll();
            }
        }

        String sofar() {
            synchronized (text) {
                return text.toString();
            }
        }

        void await(String part, Held whose) {
            long deadline = System.nanoTime() + BOUND.toNanos();
            synchronized (text) {
                while (text.indexOf(part) < 0) {
                    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                    if (left <= 0 || end.isDone()) {
                        fail("no `%s` in\nout: %s", part, whose);
                    }
                    try {
                        text.wait(left);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        }

        String whole() {
            try {
                return end.get(BOUND.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new IllegalStateException("the stream did not end: " + sofar(), e);
            }
        }
    }
}
