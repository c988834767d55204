package dev.clawhold.policyfile;

import dev.clawhold.policy.Policy;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// One line of a preset's file of cases.
///
/// @param is the verdict: `allow`, `ask`, a reason code, or `inspect` for a connection whose
///   requests are judged one by one
/// @param line as the file has it
record PresetCase(String is, Map<String, Object> line) {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Set<String> ACCEPTED = Set.of("allow", "ask", "inspect");

    /// What became of a line.
    ///
    /// @param rule that decided; empty where none did
    /// @param clauseLine where the clause stands that decided; 0 where none did
    record Told(String verdict, String rule, int clauseLine) {}

    static PresetCase of(Map<String, Object> line) {
        return new PresetCase(Corpus.text(line, "is"), line);
    }

    boolean isAccepted() {
        return ACCEPTED.contains(is);
    }

    Told told(Policy policy) {
        var told = new RequestCase(line).told(policy, NOW);
        var words = told.verdict().split(" ", 2);
        return new Told(words[0], words.length > 1 ? words[1] : "", told.clauseLine());
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
