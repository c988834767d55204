package dev.clawhold.architecture;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The picture in `docs/architecture.md` is true. A module in it is written `[name]`.
class PictureTest {
    private static final Pattern MODULE = Pattern.compile("\\[ *([a-z]+) *\\]");

    @Test
    void thePictureShowsTheModulesThatExist() throws IOException {
        var drawn = MODULE.matcher(Repository.picture()).results().map(r -> r.group(1)).toList();

        assertThat(drawn).containsExactlyInAnyOrderElementsOf(Repository.modules());
    }

    @Test
    void everyPackageIsAModuleOfThePicture() throws IOException {
        var drawn =
                MODULE.matcher(Repository.picture())
                        .results()
                        .map(r -> Repository.PREFIX + r.group(1))
                        .collect(toSet());
        var packages =
                Repository.CLASSES.stream()
                        .map(type -> module(type.getPackageName()))
                        .collect(toSet());

        assertThat(drawn).containsAll(packages);
    }

    /// The module's own package, of one that may lie below it.
    private static String module(String name) {
        int below = name.indexOf('.', Repository.PREFIX.length());
        return below < 0 ? name : name.substring(0, below);
    }
}
