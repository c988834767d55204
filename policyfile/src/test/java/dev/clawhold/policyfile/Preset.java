package dev.clawhold.policyfile;

import static org.assertj.core.api.Assertions.fail;

import dev.clawhold.policy.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// A preset's file and the file of cases beside it.
///
/// @param name of the file, without its ending
/// @param header what the file says about itself
/// @param casesOf the preset that the cases say they are about
record Preset(
        String name,
        Parsed parsed,
        Map<String, Object> header,
        String casesOf,
        List<PresetCase> cases) {
    private static final Path FOLDER = Path.of("..", "policies");
    private static final String ENDING = ".yaml";
    private static final String CASES = ".cases.yaml";

    /// Every preset, by name.
    static List<Preset> all() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING) && !name.endsWith(CASES))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .map(Preset::read)
                    .toList();
        }
    }

    /// The names of the files of cases, without their ending.
    static List<String> namesWithCases() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(CASES))
                    .map(name -> name.substring(0, name.length() - CASES.length()))
                    .sorted()
                    .toList();
        }
    }

    private static Preset read(String name) {
        var parsed = PolicyFile.parse(name + ENDING, bytes(name + ENDING), 1);
        var cases = yaml(name + CASES);
        return new Preset(
                name,
                parsed,
                Corpus.map(yaml(name + ENDING), "preset"),
                Corpus.text(cases, "policy"),
                Corpus.maps(cases, "cases").map(PresetCase::of).toList());
    }

    private static Map<String, Object> yaml(String file) {
        var load = new Load(LoadSettings.builder().build());
        var text = new String(bytes(file), StandardCharsets.UTF_8);
        return Corpus.map(Map.of(file, load.loadFromString(text)), file);
    }

    private static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(FOLDER.resolve(file));
        } catch (IOException e) {
            return fail("cannot read " + file, e);
        }
    }

    Policy policy() {
        return switch (parsed) {
            case Parsed.Valid(var policy, _) -> policy;
            case Parsed.Invalid(var problems) -> fail("not valid: %s", problems);
        };
    }

    Stream<PresetCase> accepted() {
        return cases.stream().filter(PresetCase::isAccepted);
    }
}
