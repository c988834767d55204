package dev.clawhold.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `clawhold doctor`.
@Command(
        name = "doctor",
        description = {
            "Says for every layer whether this machine can set it up, and what to do if not."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every layer is available",
            "1:something is missing",
            "2:the command line is not valid",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  clawhold doctor", "  clawhold doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Doctor doctor;

    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON array.")
    private boolean json;

    DoctorCommand(Doctor doctor) {
        this.doctor = doctor;
    }

    @Override
    public Integer call() {
        var findings = doctor.examine();
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.array(findings.stream().map(DoctorCommand::json).toList()));
        } else {
            lines(findings).forEach(out::println);
        }
        return findings.stream().allMatch(Finding::available) ? ExitStatus.OK : ExitStatus.NO;
    }

    private static List<String> lines(List<Finding> findings) {
        int width = findings.stream().mapToInt(f -> f.layer().length()).max().orElse(0);
        return findings.stream()
                .<String>mapMulti((finding, lines) -> {
                    var state = finding.available() ? "ok       " : "missing  ";
                    var pad = " ".repeat(width - finding.layer().length() + 2);
                    lines.accept(
                            finding.layer() + pad + state + TerminalText.escape(finding.detail()));
                    finding.mend()
                            .map(mend -> " ".repeat(width + 2) + "mend: " + mend)
                            .ifPresent(lines);
                })
                .toList();
    }

    private static JsonText json(Finding finding) {
        var json = JsonText.object().put("layer", finding.layer());
        json.put("available", finding.available()).put("detail", finding.detail());
        finding.mend().ifPresent(mend -> json.put("mend", mend));
        return json;
    }
}
