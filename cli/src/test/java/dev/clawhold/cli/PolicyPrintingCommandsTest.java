package dev.clawhold.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clawhold.cli.CommandLines.Result;
import dev.clawhold.policyfile.PolicySchema;
import dev.clawhold.policyfile.Presets;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PolicyPrintingCommandsTest {
    private final CommandLines clawhold = new CommandLines();

    @Test
    void theSchemaIsPrinted() {
        assertThat(clawhold.run("policy", "schema"))
                .isEqualTo(new Result(0, PolicySchema.text(), ""));
    }

    @Test
    void everyPresetIsListedWithItsDescription() {
        var lines = clawhold.run("policy", "presets").out().lines().toList();

        assertThat(lines).hasSameSizeAs(Presets.names());
        for (var name : Presets.names()) {
            assertThat(lines)
                    .anyMatch(line ->
                            line.startsWith(name + " ")
                                    && line.endsWith("  " + Presets.description(name)));
        }
    }

    @Test
    void scriptsGetOneArray() {
        var out = clawhold.run("policy", "presets", "--json").out();

        assertThat(out).startsWith("[").endsWith("]\n");
        for (var name : Presets.names()) {
            assertThat(out).contains("{\"name\":\"" + name + "\",\"description\":\"");
        }
    }

    @Test
    void aPresetIsPrintedAsItStands() {
        for (var name : Presets.names()) {
            var text = Presets.bytes(name).orElseThrow().bytes();

            assertThat(clawhold.run("policy", "presets", name))
                    .isEqualTo(new Result(0, new String(text, StandardCharsets.UTF_8), ""));
            assertThat(clawhold.run("policy", "presets", name, "--json").out())
                    .startsWith("{\"name\":\"" + name + "\",")
                    .contains("\"text\":\"");
        }
    }

    @Test
    void aPresetThatThereIsNotIsBadInput() {
        assertThat(clawhold.run("policy", "presets", "no-such-thing"))
                .isEqualTo(
                        new Result(
                                2,
                                "",
                                """
                                clawhold: no preset `no-such-thing`
                                hint: `clawhold policy presets` lists them
                                """));
    }
}
