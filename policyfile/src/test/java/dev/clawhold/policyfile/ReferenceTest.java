package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReferenceTest {

    @Test
    void everyExampleOfTheReferenceLoadsWithoutAWarning() throws IOException {
        var examples = examples(Files.readString(reference()));
        assertThat(examples).hasSizeGreaterThan(3);
        for (var example : examples) {
            assertThat(Corpus.problems(example)).as(example).isEmpty();
        }
    }

    private static List<String> examples(String page) {
        var examples = new ArrayList<String>();
        for (int at = page.indexOf("```yaml\n"); at >= 0; at = page.indexOf("```yaml\n", at + 1)) {
            examples.add(page.substring(at + "```yaml\n".length(), page.indexOf("\n```", at)));
        }
        return examples;
    }

    private static Path reference() {
        return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(folder -> folder.resolve("docs/policy-language.md"))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow();
    }
}
