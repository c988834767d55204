package dev.clawhold.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What fuzz tests share. Each has a `fuzzerTestOneInput`, which Jazzer calls with bytes of its own
/// and the ordinary run with the files of the test's folder.
public final class Fuzz {
    private Fuzz() {}

    /// The inputs that are kept for a test: handwritten seeds, and what was once found.
    public static List<Path> inputs(Class<?> test) {
        var folder =
                Path.of("src/test/resources", test.getPackageName().split("\\."))
                        .resolve(test.getSimpleName() + "Inputs");
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new IllegalStateException("no inputs for " + test, e);
        }
    }

    /// The bytes of one of them.
    public static byte[] bytes(Path input) {
        try {
            return Files.readAllBytes(input);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + input, e);
        }
    }

    /// Text of any kind; what is no UTF-8 becomes a replacement character.
    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// Cheaper than an assertion library, which would be most of a search's time.
    public static void must(boolean holds, String promise, Object subject) {
        if (!holds) {
            throw new AssertionError(promise + ": `" + subject + "`");
        }
    }
}
