package dev.clawhold.policyfile;

import dev.clawhold.policy.EgressRequest;
import dev.clawhold.policy.host.Host;
import dev.clawhold.policy.program.Executable;
import dev.clawhold.policy.program.Program;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One line of a preset's file of cases.
///
/// @param is the verdict: `allow`, `ask`, a reason code, or `inspect` for a connection whose
///   requests are judged one by one
/// @param line as the file has it
record PresetCase(EgressRequest connection, String is, Map<String, Object> line) {
    private static final Set<String> ACCEPTED = Set.of("allow", "ask", "inspect");

    static PresetCase of(Map<String, Object> line) {
        var to = Corpus.text(line, "to");
        var host = Host.of(to.substring(0, to.lastIndexOf(':')));
        int port = Integer.parseInt(to.substring(to.lastIndexOf(':') + 1));
        return new PresetCase(
                new EgressRequest(host.orElseThrow(), port, program(line)),
                Corpus.text(line, "is"),
                line);
    }

    private static Program program(Map<String, Object> line) {
        var ancestors =
                line.containsKey("below")
                        ? Corpus.texts(line, "below").map(PresetCase::executable).toList()
                        : List.<Executable>of();
        return new Program.Known(executable(Corpus.text(line, "binary")), ancestors, 7);
    }

    private static Executable executable(String path) {
        return new Executable(path, "0".repeat(64), false);
    }

    boolean isAccepted() {
        return ACCEPTED.contains(is);
    }

    /// Whether the line is about a request, not only about its connection.
    boolean isRequest() {
        return line.containsKey("method");
    }

    /// The verdict about the connection alone: requests are judged on inspected ones.
    String atConnect() {
        return isRequest() ? "inspect" : is;
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
