package dev.clawhold.cli;

import dev.clawhold.audit.AuditVerification;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold audit verify`.
@Command(
        name = "verify",
        description = {
            "Checks that no record was changed, dropped, repeated or moved. Records cut off at the"
                    + " end are missed if FILE.head still stands beside the log."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the log is intact",
            "1:the log is broken; the first bad record is named",
            "2:the command line is not valid, or the log cannot be read",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = "  clawhold audit verify ~/.local/state/clawhold/audit.jsonl")
final class AuditVerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The audit log.")
    private Path file;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        return switch (AuditVerification.verify(file)) {
            case AuditVerification.Intact(var records, var head) -> {
                out.println(
                        json
                                ? JsonText.object()
                                        .put("intact", true)
                                        .put("records", records)
                                        .put("head", head)
                                        .toString()
                                : "intact: " + records + " records, head " + head);
                yield ExitStatus.OK;
            }
            case AuditVerification.Broken(var record, var cause) -> {
                if (json) {
                    var result = JsonText.object().put("intact", false);
                    out.println(result.put("record", record).put("cause", cause));
                }
                reportBroken(spec.commandLine(), file, record, cause);
                yield ExitStatus.NO;
            }
        };
    }

    static void reportBroken(CommandLine command, Path file, long record, String cause) {
        Failures.report(
                command, "audit log `" + file + "` is broken: record " + record + ": " + cause, "");
    }
}
