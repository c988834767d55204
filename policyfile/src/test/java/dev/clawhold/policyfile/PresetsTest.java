package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetsTest {
    private static final Path FOLDER = Path.of("..", "policies");

    @Test
    void theIndexNamesExactlyTheFilesThatAreThere() throws IOException {
        assertThat(Presets.names()).isEqualTo(files());
    }

    @Test
    void everyPresetIsAValidPolicyThatDescribesItself() {
        for (var name : Presets.names()) {
            var text = Presets.bytes(name).orElseThrow().bytes();
            assertThat(PolicyFile.parse(name, text, 1)).as(name).isInstanceOf(Parsed.Valid.class);
            assertThat(Presets.description(name)).as(name).isNotBlank();
        }
    }

    @Test
    void whatIsNoPresetHasNoText() {
        assertThat(Presets.bytes("../presets/index")).isEmpty();
        assertThat(Presets.description("none")).isEmpty();
    }

    private static List<String> files() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.endsWith(".cases.yaml"))
                    .map(name -> name.substring(0, name.length() - ".yaml".length()))
                    .sorted()
                    .toList();
        }
    }
}
