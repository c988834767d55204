package dev.clawhold.cli;

import dev.clawhold.audit.AuditReader;
import dev.clawhold.audit.AuditVerification;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `clawhold audit show`.
@Command(
        name = "show",
        description = {
            "Prints an audit log, one line a record: time, kind, verdict, reason, program, what it"
                    + " was about, rule. Then checks it, as `audit verify` does."
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
        footer = {
            "  clawhold audit show ~/.local/state/clawhold/audit.jsonl",
            "  clawhold audit show --json audit.jsonl | jq 'select(.verdict==\"deny\")'"
        })
final class AuditShowCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The audit log.")
    private Path file;

    @Option(names = "--json", description = "Print the records as they are, one a line.")
    private boolean json;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var reading =
                AuditReader.read(
                        file,
                        record ->
                                out.println(
                                        json ? RecordText.json(record) : RecordText.line(record)));
        out.flush();
        return switch (AuditVerification.verify(file)) {
            case AuditVerification.Broken(var record, var cause) -> broken(record, cause);
            case AuditVerification.Intact _ -> status(reading);
        };
    }

    private int status(AuditReader.Reading reading) {
        return switch (reading) {
            case AuditReader.Reading.Stopped(var record, var cause) -> broken(record, cause);
            case AuditReader.Reading.Whole _ -> ExitStatus.OK;
        };
    }

    private int broken(long record, String cause) {
        AuditVerifyCommand.reportBroken(spec.commandLine(), file, record, cause);
        return ExitStatus.NO;
    }
}
