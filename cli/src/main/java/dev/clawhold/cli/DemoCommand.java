package dev.clawhold.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `clawhold demo`.
@Command(
        name = "demo",
        description = {
            "Shows the main job on this machine, without the internet: what a program in a sandbox"
                    + " tries, what happens, and which layer decides."
        },
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything was as promised",
            "1:something was not",
            "2:the command line is not valid, or the demo could not be set up",
            "70:clawhold itself failed"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  clawhold demo", "  clawhold demo --show"})
final class DemoCommand implements Callable<Integer> {
    private final Demo demo;

    @Spec private CommandSpec spec;

    @Option(
            names = "--show",
            description = "Print the program that it runs and the policy, and run nothing.")
    private boolean show;

    DemoCommand(Demo demo) {
        this.demo = demo;
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (show) {
            demo.show(out);
            return ExitStatus.OK;
        }
        return demo.run(out);
    }
}
