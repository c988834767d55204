package dev.clawhold.policyfile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// The language's keys and values for editors. A schema cannot say all that `PolicyFile` checks:
/// what it refuses is refused here too, not the reverse.
public final class PolicySchema {
    private PolicySchema() {}

    /// A JSON Schema (draft 2020-12) in ASCII, with a description of every key.
    public static String text() {
        try (var in =
                Objects.requireNonNull(PolicySchema.class.getResourceAsStream("schema.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the schema", e);
        }
    }
}
