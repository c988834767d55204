package dev.clawhold.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents point at is there.
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    /// `module: FooTest.aSentence`; the method may be absent.
    private static final Pattern TEST =
            Pattern.compile("`([a-z]+): ([A-Z]\\w+(?:Test|IT|Contract))(?:\\.(\\w+))?`");

    @ParameterizedTest
    @MethodSource("documents")
    void aLinkLeadsToAFile(Path document) throws IOException {
        var links = LINK.matcher(Files.readString(document)).results().map(r -> r.group(1));

        assertThat(links).allSatisfy(link -> assertThat(document.resolveSibling(link)).exists());
    }

    @Test
    void theSpecificationNamesTestsThatExist() throws IOException {
        var specification = Files.readString(Repository.ROOT.resolve("SPECIFICATION.md"));
        var named = TEST.matcher(specification).results().toList();

        assertThat(named).isNotEmpty();
        for (var test : named) {
            verify(test.group(1), test.group(2), Optional.ofNullable(test.group(3)));
        }
    }

    static List<Path> documents() throws IOException {
        try (var atRoot = Files.list(Repository.ROOT);
                var inDocs = Files.walk(Repository.ROOT.resolve("docs"))) {
            return Stream.concat(atRoot, inDocs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static void verify(String module, String type, Optional<String> sentence)
            throws IOException {
        var tests = Repository.ROOT.resolve(module).resolve("src/test/java/dev/clawhold");
        try (var files = Files.walk(tests)) {
            var file = files.filter(path -> path.endsWith(type + ".java")).findFirst();
            assertThat(file).as(type).isPresent();
            assertThat(file.orElseThrow())
                    .content()
                    .contains(sentence.map(name -> name + "(").orElse(""));
        }
    }
}
