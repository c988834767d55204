package dev.clawhold.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `clawhold reap`.
@Command(
        name = "reap",
        description = {
            "Ends sandboxes whose supervisor is gone, for example because it was killed. They have"
                    + " no network from that moment on."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:none is left",
            "2:the command line is not valid, or a sandbox could not be ended",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = "  clawhold reap")
final class ReapCommand implements Callable<Integer> {
    private final Reaper reaper;

    @Spec private CommandSpec spec;

    ReapCommand(Reaper reaper) {
        this.reaper = reaper;
    }

    @Override
    public Integer call() {
        var ended = reaper.reap();
        var out = spec.commandLine().getOut();
        if (ended.isEmpty()) {
            out.println("nothing to end");
        }
        ended.stream().map(TerminalText::escape).forEach(out::println);
        return ExitStatus.OK;
    }
}
