package dev.clawhold.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The root of all commands.
@Command(
        name = "clawhold",
        description = {
            "Runs any program so that it can touch only the files, programs and hosts that one policy"
                    + " gives it."
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeOnExecutionException = ExitStatus.FAILURE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it was done, or the answer is yes",
            "1:the answer is no",
            "2:the command line or an input is not valid",
            "70:clawhold itself failed"
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  clawhold demo",
            "  clawhold run --policy agent.yaml -- claude",
            "  clawhold policy check agent.yaml",
            "  clawhold doctor"
        })
@SuppressWarnings("UnusedVariable") // the parser acts on the options itself
final class ClawholdCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    private boolean version;

    /// The commands about policy files.
    @Command(
            name = "policy",
            description = "Checks, explains, compares, merges, formats and learns policy files.",
            synopsisSubcommandLabel = "COMMAND",
            exitCodeOnExecutionException = ExitStatus.FAILURE,
            exitCodeListHeading = "%nExit status:%n",
            exitCodeList = {
                "0:valid, or allowed",
                "1:denied, or of another layout",
                "2:the command line or a file is not valid",
                "3:the operator would be asked",
                "70:clawhold itself failed"
            },
            commandListHeading = "%nCommands:%n",
            footerHeading = "%nExamples:%n",
            footer = {
                "  clawhold policy check agent.yaml",
                "  clawhold policy explain agent.yaml \\",
                "      --binary /usr/bin/git --host github.com --port 443"
            })
    static final class Policy {}

    /// The commands about audit logs.
    @Command(
            name = "audit",
            description = "Checks and reads audit logs.",
            synopsisSubcommandLabel = "COMMAND",
            exitCodeOnExecutionException = ExitStatus.FAILURE,
            exitCodeListHeading = "%nExit status:%n",
            exitCodeList = {
                "0:the log is intact",
                "1:the log is broken",
                "2:the command line is not valid, or the log cannot be read",
                "70:clawhold itself failed"
            },
            commandListHeading = "%nCommands:%n",
            footerHeading = "%nExamples:%n",
            footer = {
                "  clawhold audit verify ~/.local/state/clawhold/audit.jsonl",
                "  clawhold audit show ~/.local/state/clawhold/audit.jsonl"
            })
    static final class Audit {}
}
