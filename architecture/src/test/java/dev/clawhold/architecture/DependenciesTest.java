package dev.clawhold.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each module loads, and what ships, is written down: a new dependency shows in review.
class DependenciesTest {
    private static final Path REVIEWED = Path.of("src/test/resources/dependencies");
    private static final Path FOUND = Path.of("target/dependencies");

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleLoadsOnlyWhatWasReviewed(String module) throws IOException {
        verify(module, ModulePath.resolvedFor(ModulePath.ours().get(module)));
    }

    @Test
    void onlyReviewedJarsShip() throws IOException {
        verify("shipped", ModulePath.shipped());
    }

    static SortedSet<String> modules() {
        return new TreeSet<>(ModulePath.ours().keySet());
    }

    private static void verify(String name, SortedSet<String> found) throws IOException {
        var file = name + ".txt";
        Files.createDirectories(FOUND);
        Files.write(FOUND.resolve(file), found);

        assertThat(found)
                .as(
                        "if the change is wanted: cp architecture/%s architecture/%s/",
                        FOUND.resolve(file), REVIEWED)
                .containsExactlyElementsOf(reviewed(file));
    }

    private static List<String> reviewed(String file) throws IOException {
        try {
            return Files.readAllLines(REVIEWED.resolve(file));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
