package dev.clawhold.cli;

import dev.clawhold.policy.Spelling;
import dev.clawhold.policyfile.Presets;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold policy presets`.
@Command(
        name = "presets",
        description = {
            "Lists the policies that come with Clawhold, or prints one. A policy takes one in by"
                    + " its name: `extends: [github-read]`."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it was printed",
            "2:the command line is not valid, or there is no such preset",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold policy presets",
            "  clawhold policy presets github-read > agent.yaml"
        })
final class PolicyPresetsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = "--json",
            description = "Print one JSON array of names and descriptions, or one object.")
    private boolean json;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The preset to print.")
    private @Nullable String name;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (name == null) {
            list(out);
        } else {
            show(name, out);
        }
        out.flush();
        return ExitStatus.OK;
    }

    private void list(PrintWriter out) {
        var names = Presets.names();
        if (json) {
            out.println(JsonText.array(names.stream().map(PolicyPresetsCommand::asJson).toList()));
            return;
        }
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (var preset : names) {
            var line = preset + " ".repeat(width - preset.length() + 2);
            out.println(TerminalText.escape(line + Presets.description(preset)));
        }
    }

    private static JsonText asJson(String preset) {
        return JsonText.object()
                .put("name", preset)
                .put("description", Presets.description(preset));
    }

    private void show(String preset, PrintWriter out) {
        var content =
                Presets.bytes(preset)
                        .orElseThrow(() ->
                                new CommandException(
                                        "no preset `" + preset + "`", suggestion(preset)));
        var text = new String(content.bytes(), StandardCharsets.UTF_8);
        if (json) {
            out.println(asJson(preset).put("text", text));
        } else {
            out.print(text);
        }
    }

    private static String suggestion(String preset) {
        return Spelling.nearest(preset, Presets.names())
                .map(known -> "did you mean `" + known + "`?")
                .orElse("`clawhold policy presets` lists them");
    }
}
