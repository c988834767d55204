package dev.clawhold.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// `client.py`, running somewhere. It does what it is told and says how long that took.
final class Client implements AutoCloseable {
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    /// Starts it.
    ///
    /// @param command its interpreter, or what starts it in a sandbox
    Client(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        commands = process.outputWriter(StandardCharsets.US_ASCII);
        answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /// The process that was started: in a sandbox's case its gateway.
    long pid() {
        return process.pid();
    }

    /// Has something done.
    ///
    /// @param words as the head of `client.py` lists them
    /// @return nanoseconds of each
    List<Long> tell(String words) {
        try {
            commands.write(words + "\n");
            commands.flush();
            var answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("the client has ended at `" + words + "`");
            }
            return Arrays.stream(answer.split(" ", -1)).map(Long::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        commands.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
